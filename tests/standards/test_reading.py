"""A program reads the city by Open311: what is offered, what is asked, what was reported; nobody learns by whom."""

from typing import Any

import pytest
from cases.conftest import PHONE, TEXT, Town, about
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.flows.cases import actions
from linli.flows.cases.models import Case, Ground
from linli.ground.authority.actors import SYSTEM

from .spec import published, said, validate_as_published

FORMATS = ("json", "xml")
PUBLIC = {"category": "street-light", "answers": {"extent": "一盏", "pole": "7 号杆"}, "same": "another"}


def read(address: str, kind: str, status: int = 200, /, **asked: object) -> Any:
    """Ask an address for the same in both formats, find both the same and return it."""
    answers = [Client().get(f"/open311/v2/{address}.{one}", asked) for one in FORMATS]
    as_json, as_xml = (said(answer, kind, status) for answer in answers)
    assert as_json == as_xml
    return as_json


@pytest.fixture
def lamp(town: Town) -> Case:
    """A lamp that is out."""
    return town.receive(**PUBLIC)


def test_the_discovery_names_the_city_and_an_endpoint_that_keeps_nothing(town: Town) -> None:
    told = read("discovery", "discovery")
    assert [(one["type"], one["url"]) for one in told["endpoints"]] == [
        ("production", "http://testserver/open311/v2"),
        ("test", "http://testserver/open311/test/v2"),
    ]
    assert Client().get("/open311/test/v2/discovery.json").json() == told


def test_what_everybody_may_read_is_offered_as_a_service(town: Town) -> None:
    services = read("services", "services")
    assert {one["service_code"] for one in services} == {
        "sports-grounds",
        "manhole",
        "street-light",
        "water-power-gas",
        "sewer",
        "waste",
        "parking",
        "greening",
        "roads",
        "lift",
    }
    (light,) = [one for one in services if one["service_code"] == "street-light"]
    assert (light["service_name"], light["metadata"], light["group"]) == ("路灯照明", True, "环境与设施")
    about("street-light").end(by=SYSTEM)
    assert "street-light" not in {one["service_code"] for one in read("services", "services")}


def test_a_service_says_what_it_asks(town: Town) -> None:
    light = read("services/street-light", "service_definition")
    extent, pole = light["attributes"]
    assert (extent["code"], extent["datatype"], extent["required"], extent["order"]) == (
        "extent",
        "singlevaluelist",
        True,
        1,
    )
    assert [one["key"] for one in extent["values"]] == ["一盏", "几盏", "整条路"]
    assert (pole["datatype"], pole["required"], pole["values"]) == ("string", False, [])
    assert read("services/waste", "service_definition")["attributes"] == []


@pytest.mark.parametrize("code", ["heating", "no-such-thing"])
def test_a_service_that_is_not_everybodys_is_not_there(town: Town, code: str) -> None:
    assert [one["code"] for one in read(f"services/{code}", "errors", 404)] == [404]


def test_a_request_tells_what_where_and_how_far_but_not_who(town: Town, lamp: Case) -> None:
    (request,) = read(f"requests/{lamp.reference}", "requests")
    assert request == {
        "service_request_id": lamp.reference,
        "status": "open",
        "status_notes": "待受理",
        "service_name": "路灯照明",
        "service_code": "street-light",
        "description": TEXT,
        "agency_responsible": lamp.lead.name,
        "service_notice": None,
        "requested_datetime": "2026-09-14T10:12:00+08:00",
        "updated_datetime": "2026-09-14T10:12:00+08:00",
        "expected_datetime": request["expected_datetime"],
        "address": "海勃湾区滨河街道湖东社区 东门",
        "address_id": "150302006001",
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
    assert request["expected_datetime"] > request["requested_datetime"]
    text = Client().get(f"/open311/v2/requests/{lamp.reference}.json").content.decode()
    assert (PHONE in text, "张" in text) == (False, False)


def test_what_the_standard_has_no_word_for_is_told_on_demand(town: Town, lamp: Case) -> None:
    (request,) = read(f"requests/{lamp.reference}", "requests", extensions="true")
    assert request["extended_attributes"] == {
        "status": "received",
        "round": 1,
        "urgency": "urgent",
        "attributes": [{"code": "extent", "name": "不亮的有多少", "value": "一盏"}],
    }
    assert read("requests", "requests", extensions="true") == [request]
    assert "extended_attributes" not in read("requests", "requests", extensions="false")[0]


def test_only_cases_of_public_things_are_read(town: Town, lamp: Case) -> None:
    own = town.receive(category="heating", answers={"temperature": "低于 14 ℃"})
    secret, unlawful, court = (town.receive(**PUBLIC) for _each in range(3))
    for case, ground in ((secret, Ground.SECRET), (unlawful, Ground.UNLAWFUL), (court, Ground.COURT)):
        actions.refuse(case, ground=ground, text="说明", by=town.actor("worker"))
    assert {one["service_request_id"] for one in read("requests", "requests")} == {lamp.reference, court.reference}
    for hidden in (own, secret, unlawful):
        read(f"requests/{hidden.reference}", "errors", 404)
        read(f"tokens/{hidden.reference}", "errors", 404)
    numbers = ",".join(one.reference for one in (own, secret, lamp))
    named = read("requests", "requests", service_request_id=numbers)
    assert [one["service_request_id"] for one in named] == [lamp.reference]
    (refused,) = read(f"requests/{court.reference}", "requests")
    assert (refused["status"], "12348" in refused["status_notes"]) == ("closed", True)


def test_a_case_that_stands_promises_no_day(town: Town, lamp: Case) -> None:
    worker = town.actor("worker")
    actions.accept(lamp, by=worker)
    actions.suspend(lamp, text="等路灯配件。", by=worker)
    (request,) = read(f"requests/{lamp.reference}", "requests")
    assert (request["status"], request["expected_datetime"]) == ("open", None)


def test_a_token_is_the_number_itself(town: Town, lamp: Case) -> None:
    (told,) = read(f"tokens/{lamp.reference}", "token")
    assert told == {"service_request_id": lamp.reference, "token": lamp.reference}


def test_another_city_is_not_here(town: Town, lamp: Case) -> None:
    assert [one["code"] for one in read("services", "errors", 404, jurisdiction_id="city.gov")] == [404]
    assert [len(read("requests", "requests", jurisdiction_id=one)) for one in ("1503", "150300", "")] == [1, 1, 1]


def test_another_format_is_not_there(town: Town) -> None:
    assert Client().get("/open311/v2/services.yaml").status_code == 404


def test_it_is_read_in_the_reader_s_language_and_from_any_page(town: Town) -> None:
    answer = Client().get("/open311/v2/services.json", headers={"accept-language": "en"})
    assert "street lights" in {one["service_name"] for one in answer.json()}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_list_asks_as_often_for_thirty_as_for_one(town: Town, lamp: Case) -> None:
    def asked(**wanted: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            read("requests", "requests", **wanted)
        return len(queries)

    asked()
    one = asked(), asked(extensions="true")
    for number in range(29):
        town.receive(**PUBLIC | {"where": f"{number} 号杆"})
    assert (len(read("requests", "requests")), asked(), asked(extensions="true")) == (30, *one)


@published
@pytest.mark.parametrize(
    ("address", "kind"), [("services", "services"), ("services/street-light", "service_definition")]
)
def test_what_is_offered_is_as_the_published_schema_wants_it(town: Town, address: str, kind: str) -> None:
    validate_as_published(read(address, kind), kind)


@published
def test_requests_are_as_the_published_schema_wants_them(town: Town, lamp: Case) -> None:
    for address in ("requests", f"requests/{lamp.reference}"):
        validate_as_published(read(address, "requests"), "requests")
