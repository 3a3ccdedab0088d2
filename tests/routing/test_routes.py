"""Where a need goes: the inner place before the outer one, the smaller number first; what no route matches goes to the nearest body."""

import io
from datetime import date, datetime
from importlib import import_module

import pytest
from cases.conftest import MONDAY, Town, about
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.commons.deadlines.models import Todo
from linli.commons.routing import actions
from linli.commons.routing.models import Category, Hours, Question, Route
from linli.commons.routing.queries import Need, NoLead, active_routes, route_of, tried
from linli.flows.cases.models import Helper, LeadBy
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from linli.ground.organisations.models import Body

LAMP = "street-light"
FACTS = {"place_path": "1503", "lead_at": "subdistrict_office", "reason": "市政设施由街道牵头。"}


def add(name: str, **facts: object) -> Route:
    return actions.add(route=Route(name=name, **(FACTS | facts)), by=SYSTEM)


def need(town: Town, code: str = LAMP, at: datetime = MONDAY, **answers: str) -> Need:
    return Need(town.east.path, about(code), answers, at)


def test_a_route_by_category_leads_elsewhere_and_says_why(town: Town) -> None:
    route = add("路灯", category=about(LAMP))
    case = town.receive(category=LAMP)
    assert (case.lead.kind.code, case.lead_by, case.route) == ("subdistrict_office", LeadBy.ROUTE, route)
    assert case.lead_reason == "市政设施由街道牵头。"
    event = Event.objects.get(verb="cases.case.receive")
    assert (event.data["route"], event.data["category"]) == (route.pk, LAMP)
    assert town.receive(category="waste").lead.kind.code == "workstation"


def test_field_answer_and_hours_narrow_a_route(town: Town) -> None:
    add("整条路", category=about(LAMP), question="extent", answer="整条路")
    add("安全", field="safety")
    add("夜间", category=about("noise"), hours=Hours.CLOSED)
    leads = {
        "一盏": route_of(need(town, extent="一盏")).lead.kind.code,
        "整条路": route_of(need(town, extent="整条路")).lead.kind.code,
        "安全": route_of(need(town, "dispute")).lead.kind.code,
        "白天": route_of(need(town, "noise")).lead.kind.code,
        "夜里": route_of(need(town, "noise", MONDAY.replace(hour=15))).lead.kind.code,
    }
    office, station = "subdistrict_office", "workstation"
    assert leads == {"一盏": station, "整条路": office, "安全": office, "白天": station, "夜里": office}


def test_the_inner_place_is_asked_first_and_then_the_smaller_number(town: Town) -> None:
    add("全市", category=about(LAMP), position=1)
    add("区", place_path="150302", category=about(LAMP), lead_at="residents_committee", position=9)
    add("区里靠后", place_path="150302", category=about(LAMP), position=10)
    assert route_of(need(town)).route == Route.objects.get(name="区")


def test_co_handlers_come_with_the_route_and_owe_their_part(town: Town) -> None:
    add(
        "路灯",
        category=about(LAMP),
        lead_at="workstation",
        helpers_at=["subdistrict_office", "workstation", "department:housing"],
    )
    case = town.receive(category=LAMP)
    office = town.bodies["subdistrict_office", "150302006"]
    assert list(Helper.objects.filter(case=case).values_list("body", flat=True)) == [office.pk]
    assert Todo.objects.open().filter(about=ref(case), verb="cases.contribute", body=office).count() == 1


def test_a_route_that_leads_nowhere_is_passed_over_and_raises_a_todo(town: Town) -> None:
    [keeper] = set_up_bodies([BodyPlan("reviewing_office", town.places["1503"], date(2020, 1, 1))], by=SYSTEM)
    gone = town.bodies["residents_committee", "150302006001"]
    broken = add("已撤销", category=about(LAMP), lead_at="", lead=gone)
    Body.objects.filter(pk=gone.pk).update(ended_on=date(2026, 1, 1))
    for _number in range(2):
        assert town.receive(category=LAMP).lead.kind.code == "workstation"
    todo = Todo.objects.open().get(verb=actions.MEND)
    assert (todo.about, todo.body) == (ref(broken), keeper)
    assert Route.objects.get(pk=broken.pk).status == "active", "it never switches itself off"
    actions.end(broken, by=SYSTEM)
    assert not Todo.objects.open().filter(verb=actions.MEND).exists()


def test_without_any_body_there_is_no_lead(town: Town) -> None:
    with pytest.raises(NoLead):
        route_of(Need("1503", about(LAMP), {}, MONDAY))


def test_a_revised_route_leaves_the_words_of_old_cases_alone(town: Town) -> None:
    route = add("路灯", category=about(LAMP))
    case = town.receive(category=LAMP)
    changed = Route(name="路灯", **(FACTS | {"reason": "换了说法。", "category": about(LAMP)}))
    actions.revise(route, into=changed, by=SYSTEM)
    case.refresh_from_db()
    assert case.lead_reason == "市政设施由街道牵头。"
    assert [one.reason for one in active_routes()] == ["换了说法。"]
    with pytest.raises(Refused):
        actions.end(route, by=SYSTEM)


def test_a_changed_route_is_tried_out_on_the_needs_of_the_past(town: Town) -> None:
    lamp = town.receive(category=LAMP)
    town.receive(category="waste")
    draft = Route(name="路灯", **(FACTS | {"category": about(LAMP)}))
    count, moved = tried(draft, town.actor("officer"), instead_of=None, last=200)
    assert (count, [one.sample.url for one in moved]) == (2, [lamp.get_absolute_url()])
    assert (moved[0].before, moved[0].after) == (lamp.lead.name, town.bodies["subdistrict_office", "150302006"].name)
    assert not Route.objects.exists()
    assert tried(draft, VISITOR, instead_of=None, last=200) == (0, [])
    Body.objects.update(ended_on=date(2026, 9, 1))
    assert tried(draft, town.actor("officer"), instead_of=None, last=200) == (2, [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"lead_at": ""},
        {"question": "extent"},
        {"question": "extent", "answer": "一盏"},
        {"field": "safety", "category": True},
        {"status": "ended"},
    ],
)
def test_the_database_refuses_a_route_that_makes_no_sense(town: Town, wrong: dict[str, object]) -> None:
    facts = FACTS | wrong
    if facts.get("category"):
        facts["category"] = about(LAMP)
    with pytest.raises(IntegrityError), transaction.atomic():
        Route.objects.bulk_create([Route(name="错", **facts)])


def test_names_are_taken_once(town: Town) -> None:
    add("路灯")
    with pytest.raises(ValidationError):
        add("路灯")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["1503", "150302", "150302006"]),
            st.integers(1, 5),
            st.sampled_from(["", LAMP, "waste"]),
            st.sampled_from(["subdistrict_office", "residents_committee", "workstation"]),
        ),
        max_size=6,
    )
)
def test_the_first_match_counts_whatever_the_routes(rows: list[tuple[str, int, str, str]], town: Town) -> None:
    category = about(LAMP)
    routes = [
        Route(
            pk=number,
            name=str(number),
            place_path=path,
            position=position,
            category=category if code == LAMP else None,
            field="safety" if code == "waste" else "",
            lead_at=lead,
            reason="x",
        )
        for number, (path, position, code, lead) in enumerate(rows, start=1)
    ]
    order = sorted(routes, key=lambda one: (-len(one.place_path), one.position, one.pk))
    expected = next((one.lead_at for one in order if not one.field), "workstation")
    assert route_of(Need(town.east.path, category, {}, MONDAY), order).lead.kind.code == expected


def test_the_categories_of_the_file_are_there_once_and_one_a_field_takes_the_rest(town: Town) -> None:
    assert actions.load_categories(by=SYSTEM) == 0
    rests = Category.objects.filter(is_rest=True)
    assert (rests.count(), rests.values("field").distinct().count()) == (9, 9)
    with pytest.raises(Refused):
        rests[0].end(by=SYSTEM)


def test_what_the_city_has_changed_stays(town: Town) -> None:
    lamp = about(LAMP)
    said = {"name": "路灯和楼道灯", "name_en": "", "examples": "", "urgency": "normal"}
    actions.edit_category(lamp, questions=[], is_shared=True, is_public=False, **said, by=SYSTEM)
    assert actions.load_categories(by=SYSTEM) == 0
    assert (about(LAMP).name, about(LAMP).questions.count()) == ("路灯和楼道灯", 0)
    with pytest.raises(ValidationError):
        actions.edit_category(about("waste"), questions=[], is_shared=True, is_public=True, **said, by=SYSTEM)
    lamp.end(by=SYSTEM)
    assert LAMP not in set(Category.objects.open().values_list("code", flat=True))


def test_what_the_city_does_not_know_yet_is_added_by_the_command(town: Town) -> None:
    Category.objects.filter(code__in=["parking", "manhole"]).delete()
    said = io.StringIO()
    call_command("load_categories", stderr=said)
    assert "2 categories of needs added" in said.getvalue()
    assert [one.code for one in about("manhole").questions.all()] == ["guarded", "cover"]


def test_one_question_of_a_category_names_the_object_in_words_of_its_own(town: Town) -> None:
    lamp = about(LAMP)
    for wrong in ({"code": "second"}, {"category": about("waste"), "code": "which", "options": ["1", "2"]}):
        question = Question(**({"category": lamp, "text": "编号", "names_object": True} | wrong))
        with pytest.raises(ValidationError):
            question.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            question.save()


def test_the_lamp_that_a_city_has_is_known_by_its_number_from_the_migration_on(town: Town) -> None:
    asked = Question.objects.filter(names_object=True)
    asked.update(names_object=False)
    migration = import_module("linli.commons.routing.migrations.0003_names_object").Migration
    with connection.cursor() as cursor:
        cursor.execute(migration.operations[-1].sql)
    assert [(one.category.code, one.code) for one in asked.all()] == [("street-light", "pole")]


def test_without_a_reviewing_office_nobody_owes_the_mending(town: Town) -> None:
    actions.mend(add("路灯", category=about(LAMP)), by=SYSTEM)
    assert not Todo.objects.filter(verb=actions.MEND).exists()


def test_routes_and_categories_are_called_by_their_names(town: Town) -> None:
    route = add("路灯", category=about(LAMP))
    assert (str(route), str(about(LAMP)), route.get_absolute_url()) == ("路灯", "路灯照明", f"/routing/{route.pk}/")
    with translation.override("en"):
        assert str(about(LAMP)) == "street lights"
