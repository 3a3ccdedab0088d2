"""The pages of whoever keeps categories and routes."""

from datetime import date

import pytest
from cases.conftest import Town, _staff, about
from django.test import Client

from linli.commons.routing.models import Category, Route
from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from tests.factories.people import sign_in

ROUTE = {
    "name": "路灯",
    "place": "150302",
    "about": "street-light",
    "answer": "",
    "hours": "any",
    "lead_at": "subdistrict_office",
    "lead": "",
    "position": "100",
    "reason": "市政设施由街道牵头。",
}


@pytest.fixture
def keeper(town: Town) -> Client:
    """Somebody of the reviewing office of the city."""
    [office] = set_up_bodies([BodyPlan("reviewing_office", town.places["1503"], date(2020, 1, 1))], by=SYSTEM)
    account, _actor = _staff("keeper", office, "officer")
    client = Client()
    sign_in(client, account)
    return client


def test_a_route_is_tried_out_then_put_in_force_and_revised(keeper: Client, town: Town) -> None:
    case = town.receive(category="street-light")
    assert "还没有派单规则" in keeper.get("/routing/").text
    tried = keeper.post("/routing/add/", ROUTE | {"try": "1"})
    assert (tried.status_code, case.reference in tried.text, Route.objects.count()) == (200, True, 0)
    made = keeper.post("/routing/add/", ROUTE)
    route = Route.objects.get()
    assert made.headers["Location"] == f"/routing/{route.pk}/"
    assert "市政设施由街道牵头。" in keeper.get(f"/routing/{route.pk}/").text
    again = keeper.post("/routing/add/", ROUTE)
    assert (again.status_code, "市政设施由街道牵头。" in again.text) == (422, True)
    assert keeper.post(f"/routing/{route.pk}/revise/", ROUTE | {"position": "5", "try": "1"}).status_code == 200
    assert keeper.post(f"/routing/{route.pk}/revise/", ROUTE | {"position": "5"}).status_code == 302
    assert list(Route.objects.active().values_list("position", flat=True)) == [5]
    newest = Route.objects.active().get()
    assert keeper.post(f"/routing/{newest.pk}/end/").status_code == 302
    assert keeper.post(f"/routing/{newest.pk}/end/").status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"lead_at": ""},
        {"lead": "NOBODY22"},
        {"answer": "fire-hazard|place|楼道"},
        {"place": "11"},
        {"position": "0"},
        {"name": ""},
        {"about": "nothing"},
    ],
)
def test_a_route_that_makes_no_sense_comes_back(keeper: Client, wrong: dict[str, str]) -> None:
    page = keeper.post("/routing/add/", ROUTE | wrong)
    assert (page.status_code, "市政设施由街道牵头。" in page.text, Route.objects.count()) == (422, True, 0)


def test_a_category_is_added_changed_and_offered_no_longer(keeper: Client, town: Town) -> None:
    typed = {"field": "safety", "code": "dogs", "name": "犬只管理", "examples": "不拴绳", "urgency": "priority"}
    typed |= {"questions": "*有没有伤人：有/没有\n品种（知道就填）"}
    assert keeper.post("/routing/categories/add/", typed).status_code == 302
    dogs = about("dogs")
    assert [(one.text, one.options, one.is_required) for one in dogs.questions.all()] == [
        ("有没有伤人", ["有", "没有"], True),
        ("品种（知道就填）", [], False),
    ]
    page = keeper.get("/routing/categories/dogs/")
    assert ("有没有伤人" in page.text, "犬只管理" in keeper.get("/routing/").text) == (True, True)
    assert keeper.post("/routing/categories/add/", typed).status_code == 422
    assert "*有没有伤人：有/没有" in keeper.get("/routing/categories/dogs/edit/").text
    changed = {"name": "养犬管理", "urgency": "normal", "is_public": "on", "questions": ""}
    assert keeper.post("/routing/categories/dogs/edit/", changed).status_code == 302
    assert (about("dogs").name, about("dogs").is_public, about("dogs").questions.count()) == ("养犬管理", True, 0)
    for wrong in (
        {"questions": "x\n" * 7},
        {"questions": "a:" + "/".join("abcdefghijklm")},
        {"questions": "长" * 61},
        {"questions": "#犬牌号\n#芯片号"},
        {"questions": "#犬牌号：1/2"},
        {"name": "路灯照明"},
    ):
        assert keeper.post("/routing/categories/dogs/edit/", changed | wrong).status_code == 422
    named = changed | {"questions": "有没有伤人：有/没有\n＃＊犬牌号"}
    assert keeper.post("/routing/categories/dogs/edit/", named).status_code == 302
    assert [(one.text, one.is_required, one.names_object) for one in about("dogs").questions.all()] == [
        ("有没有伤人", False, False),
        ("犬牌号", True, True),
    ]
    assert "*#犬牌号" in keeper.get("/routing/categories/dogs/edit/").text
    assert "同一社区内编号相同" in keeper.get("/routing/categories/dogs/").text
    assert keeper.post("/routing/categories/dogs/end/").status_code == 302
    assert not Category.objects.open().filter(code="dogs").exists()
    assert keeper.post("/routing/categories/safety-other/end/").status_code == 409


def test_routes_are_shut_to_others(town: Town) -> None:
    for who in ("worker", "officer"):
        for address in ("/routing/", "/routing/add/", "/routing/categories/street-light/"):
            assert town.client(who).get(address).status_code == 403


def test_a_route_may_lead_to_one_body_and_does_not_take_another_s_name(keeper: Client, town: Town) -> None:
    body = town.bodies["subdistrict_office", "150302006"]
    assert keeper.post("/routing/add/", ROUTE | {"lead_at": "", "lead": body.reference}).status_code == 302
    assert keeper.post("/routing/add/", ROUTE | {"name": "井盖", "about": "manhole"}).status_code == 302
    first, second = Route.objects.order_by("pk")
    assert (body.name in keeper.get("/routing/").text, first.lead) == (True, body)
    assert f'value="{body.name}"' in keeper.get(f"/routing/{first.pk}/revise/").text
    page = keeper.post(f"/routing/{second.pk}/revise/", ROUTE)
    assert (page.status_code, Route.objects.active().count()) == (422, 2)
    taken = {"field": "safety", "code": "lamps", "name": "路灯照明", "urgency": "normal", "questions": ""}
    assert keeper.post("/routing/categories/add/", taken).status_code == 422


def fixed(keeper: Client, lead: str, **more: str) -> tuple[int, dict[str, list[str]], list[str]]:
    """Post a route that always leads to one body; return the status, the errors and the bodies to choose among."""
    page = keeper.post("/routing/add/", ROUTE | {"lead_at": "", "lead": lead} | more)
    if page.status_code != 422:
        return page.status_code, {}, []
    form = page.context["form"]
    assert form["lead"].value() == lead
    offered = form.fields["lead_one"].choices if "lead_one" in form.fields else []
    return 422, dict(form.errors), [label for _reference, label in offered]


def test_the_body_that_always_leads_is_named_in_words(keeper: Client, town: Town) -> None:
    body = town.bodies["workstation", "150302006001"]
    assert fixed(keeper, f" {body.name} ")[0] == 302
    assert Route.objects.get().lead == body


def test_where_several_bodies_fit_one_is_chosen_and_stays_chosen(keeper: Client, town: Town) -> None:
    body = town.bodies["workstation", "150302006001"]
    status, errors, offered = fixed(keeper, "湖东 社区")
    assert (status, errors) == (422, {"lead_one": ["符合的单位不止一个，请选定其中一个。"]})
    assert len(offered) > 1
    assert any(label.startswith(f"{body.name} · ") for label in offered)
    assert fixed(keeper, "湖东 社区", lead_one="NOBODY22")[1] == errors
    assert fixed(keeper, "湖东 社区", lead_one=body.reference)[0] == 302
    route = Route.objects.get()
    assert route.lead == body
    page = keeper.post(
        f"/routing/{route.pk}/revise/", ROUTE | {"lead_at": "", "lead": "社区", "lead_one": body.reference}
    )
    assert (page.status_code, Route.objects.active().get().lead) == (302, body)


def test_a_body_is_told_from_its_namesakes_by_its_place(keeper: Client, town: Town) -> None:
    offices = [
        BodyPlan("department", town.places[path], date(2020, 1, 1), slot="housing") for path in ("1503", "150302")
    ]
    city, district = set_up_bodies(offices, by=SYSTEM)
    city.name = district.name = "住房和城乡建设局"
    for one in (city, district):
        one.save(update_fields=["name"])
    status, _errors, offered = fixed(keeper, "住房和城乡建设局")
    assert (status, offered) == (422, [f"{one.name} · {one.place.title}" for one in (city, district)])
    assert fixed(keeper, "住房和城乡建设局", lead_one=district.reference)[0] == 302
    page = keeper.get(f"/routing/{Route.objects.get().pk}/revise/")
    assert page.context["form"]["lead_one"].value() == district.reference


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("没有这样的单位", "本区域内没有可以承办诉求的单位叫这个名称，请换用名称里的其他字词。"),
        ("居务监督委员会", "本区域内没有可以承办诉求的单位叫这个名称，请换用名称里的其他字词。"),
        ("局" * 101, "确保该变量包含不超过 100 字符"),
    ],
)
def test_a_body_that_is_none_is_said_at_its_field(keeper: Client, typed: str, told: str) -> None:
    status, errors, offered = fixed(keeper, typed)
    assert (status, offered, list(errors)) == (422, [], ["lead"])
    assert errors["lead"][0].startswith(told)


def test_where_too_many_bodies_fit_more_of_the_name_is_asked(
    keeper: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.commons.routing.forms.MOST_BODIES", 1)
    status, errors, offered = fixed(keeper, "湖东 社区")
    assert (status, offered) == (422, [])
    assert errors == {"lead": ["符合的单位超过 1 个，请把名称写得更完整。"]}


def test_neither_a_kind_nor_a_body_is_no_lead(keeper: Client) -> None:
    assert fixed(keeper, "   ")[1] == {"lead_at": ["牵头单位请在“同类最近的单位”和“固定单位”中选择一项。"]}
