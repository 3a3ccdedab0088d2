"""A program brings a request: with the key of a post, by the same way as every need; on the test endpoint nothing is kept."""

from typing import Any

import pytest
from cases.conftest import PHONE, Town
from django.test import Client

from linli.flows.cases.models import Case, Channel
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body

from .spec import said
from .test_reading import FORMATS

LAMP = {
    "service_code": "street-light",
    "description": "东门外路灯四晚不亮。",
    "address_id": "150302006001",
    "address_string": "东门",
    "first_name": "三",
    "last_name": "张",
    "phone": "139 0473 0001",
    "attribute[extent]": "一盏",
    "attribute[pole]": "7",
    "email": "zhang@example.org",
    "device_id": "tt222111",
    "account_id": "123456",
}


def key_of(town: Town, who: str = "worker") -> str:
    return ApiToken.issue(post=town.actor(who).post_ref, label="311", by=SYSTEM)[1]


def bring(
    town: Town,
    way: str = "json",
    *,
    status: int = 200,
    at: str = "v2",
    headers: dict[str, str] | None = None,
    **changed: str,
) -> Any:
    """Bring a request as the worker's program does; what is None is left out."""
    need = {"api_key": key_of(town)} | LAMP | changed
    sent = {name: value for name, value in need.items() if value is not None}
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/open311/{at}/requests.{way}", sent, headers=headers or {})
    return said(answer, "post" if status == 200 else "errors", status)


@pytest.mark.parametrize("way", FORMATS)
def test_a_request_comes_in_as_every_need_does(town: Town, way: str) -> None:
    (told,) = bring(town, way)
    case = Case.objects.get()
    assert told["service_request_id"] == case.reference
    assert case.lead.name in told["service_notice"]
    assert (case.channel, case.category.code, case.place, case.where) == (
        Channel.API,
        "street-light",
        town.east,
        "东门",
    )
    assert (case.text, case.answers) == (LAMP["description"], {"extent": "一盏", "pole": "7"})
    assert (case.reporter.name, case.reporter.phone) == ("张三", PHONE)
    received = Event.objects.get(verb="cases.case.receive")
    assert (received.post, received.actor) == (town.actor("worker").post_ref, town.actor("worker").ref)


def test_who_brings_it_need_not_be_named(town: Town) -> None:
    bring(town, first_name="", last_name="", phone="", **{"attribute[pole]": ""})
    case = Case.objects.get()
    assert (case.reporter.name, case.reporter.phone, case.answers) == ("", "", {"extent": "一盏"})
    more = {"first_name": "Ann", "last_name": "Lee", "address_string": "西门"}
    bring(town, **more, **{"attribute[extent]": None, "attribute[extent][]": "几盏"})
    assert Case.objects.latest("pk").reporter.name == "Ann Lee"


def test_the_address_of_a_picture_stands_below_the_words(town: Town) -> None:
    bring(town, media_url="https://example.org/1.jpg")
    assert Case.objects.get().text == f"{LAMP['description']}\nhttps://example.org/1.jpg"


def test_the_test_endpoint_answers_in_earnest_and_keeps_nothing(town: Town) -> None:
    before = Event.objects.count()
    key = key_of(town)
    (told,) = bring(town, at="test/v2", api_key=key)
    assert len(told["service_request_id"]) == 8
    assert (Case.objects.count(), Event.objects.count()) == (0, before + 1 + 1)  # the two keys
    assert bring(town, at="test/v2", status=400, description="")[0]["description"].startswith("description: ")


def test_a_request_sent_again_with_its_key_comes_in_once(town: Town) -> None:
    headers = {"idempotency-key": "311-7"}
    (first,), (again,) = bring(town, headers=headers), bring(town, headers=headers)
    assert (first["service_request_id"], Case.objects.count()) == (again["service_request_id"], 1)


def test_what_is_known_already_is_supported(town: Town) -> None:
    (first,), (again,) = bring(town), bring(town, last_name="李", phone="13904730077")
    assert (first["service_request_id"], Case.objects.count()) == (again["service_request_id"], 1)
    assert ["已有人反映" in one["service_notice"] for one in (first, again)] == [False, True]


def test_a_key_may_come_as_a_bearer_s(town: Town) -> None:
    bring(town, api_key=None, headers={"authorization": f"Bearer {key_of(town)}"})
    assert Case.objects.count() == 1


@pytest.mark.parametrize("key", [None, "", "xyz"])
@pytest.mark.parametrize("way", FORMATS)
def test_without_a_key_nothing_comes_in(town: Town, way: str, key: str | None) -> None:
    (fault,) = bring(town, way, status=403, api_key=key)
    assert (fault["code"], Case.objects.count()) == (403, 0)


def test_a_key_in_the_address_or_a_session_is_no_key(town: Town) -> None:
    answer = town.client("worker").post(f"/open311/v2/requests.json?api_key={key_of(town)}", LAMP)
    assert said(answer, "errors", 403)[0]["code"] == 403


def test_the_key_of_a_post_that_takes_no_needs_down_is_none(town: Town) -> None:
    token, key = ApiToken.issue(post=town.actor("worker").post_ref, label="311", by=SYSTEM)
    token.revoke(by=SYSTEM)
    assert bring(town, status=403, api_key=key)[0]["code"] == 403
    assert bring(town, status=403, headers={"authorization": "Basic eA=="}, api_key="")[0]["code"] == 403


@pytest.mark.parametrize(
    ("wrong", "status", "begins"),
    [
        ({"service_code": ""}, 400, "service_code: "),
        ({"service_code": "heating"}, 404, "service_code: "),
        ({"description": "啊"}, 400, "description: "),
        ({"description": "长" * 2001}, 400, "description: "),
        ({"description": "长" * 1999, "media_url": "https://example.org/1.jpg"}, 400, "description: "),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url: "),
        ({"phone": "1390473000"}, 400, "phone: 手机号少了 1 位"),
        ({"address_id": "", "address_string": ""}, 400, "address_string: "),
        ({"address_id": "150302099001"}, 400, "address_id: "),
        ({"address_id": "110101001001"}, 400, "address_id: "),
        ({"address_id": "", "address_string": "月亮背面"}, 400, "address_id: "),
        ({"address_id": "x"}, 400, "address_id: "),
        ({"lat": "39.65"}, 400, "lat: "),
        ({"lat": "91", "long": "106"}, 400, "lat: "),
        ({"attribute[extent]": ""}, 400, "attribute[extent]: "),
        ({"attribute[extent]": "一百盏"}, 400, "attribute[extent]: "),
        ({"jurisdiction_id": "city.gov"}, 404, "jurisdiction_id: "),
    ],
)
@pytest.mark.parametrize("way", FORMATS)
def test_what_makes_no_sense_is_named_and_not_taken_in(
    town: Town, way: str, wrong: dict[str, str], status: int, begins: str
) -> None:
    fault = bring(town, way, status=status, **wrong)[0]
    assert (fault["code"], fault["description"][: len(begins)]) == (status, begins)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ({"address_string": "湖东社区东门"}, "150302006001"),
        ({"address_string": "滨河街道，河边"}, "150302006"),
        ({"address_string": "海勃湾区滨河街道湖西社区"}, "150302006002"),
        ({"address_string": "河边", "lat": "39.69", "long": "106.81"}, "150302"),
        ({"lat": "39.69", "long": "106.81"}, "150302"),
        ({"address_id": "150302006"}, "150302006"),
    ],
)
def test_the_place_is_found_by_its_code_its_name_or_the_district_of_its_point(
    town: Town, where: dict[str, str], path: str
) -> None:
    body = town.bodies["subdistrict_office", "150302006"]
    Body.objects.filter(pk=body.pk).update(place=town.places[path[:9]] if len(path) >= 9 else town.places[path])
    bring(town, **{"address_id": "", "address_string": ""} | where)
    case = Case.objects.get()
    assert case.place.path == path
    point = "39.69000,106.81000" if "lat" in where else ""
    assert case.where == " ".join(one for one in (where.get("address_string", ""), point) if one)


def test_a_place_where_nobody_takes_needs_is_named(town: Town) -> None:
    (fault,) = bring(town, status=400, address_id="150302")
    assert fault["description"].startswith("address_id: ")
    assert Case.objects.count() == 0


def test_two_places_of_one_name_are_not_told_apart(town: Town) -> None:
    (fault,) = bring(town, status=400, address_id="", address_string="湖东社区和湖西社区之间")
    assert (fault["code"], Case.objects.count()) == (400, 0)
