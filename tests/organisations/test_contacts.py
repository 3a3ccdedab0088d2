"""How people reach a body: what the keepers put down, and what everybody sees of it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core.models import Event
from linli.ground.organisations import queries
from linli.ground.organisations.forms import CorrectForm
from linli.ground.organisations.models import Body, Contact

from . import town as stage
from .town import text

TODAY = date(2026, 11, 23)
HOURS = "周一至周五 8:30—12:00"


def reached(body: Body, **facts: Any) -> Body:
    body.correct(founded_on=body.founded_on, contact=Contact(**facts), by=SYSTEM)
    return body


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0473-1234567", "0473-1234567"),
        ("(0473) 123 4567", "0473-1234567"),
        ("０４７３—１２３４５６７", "0473-1234567"),
        ("010 12345678", "010-12345678"),
        ("138 0000 0001", "13800000001"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_telephone_is_understood_however_it_is_typed(town: stage.Town, typed: str, number: str) -> None:
    form = CorrectForm({"founded_on": "2020-01-01", "phone": typed}, body=stage.body("workstation", town.east))
    assert form.is_valid(), form.errors
    assert form.facts()["contact"].phone == number


@pytest.mark.parametrize(
    ("typed", "said"), [("1234567", "no telephone"), ("2026001", "area code"), ("call us", "no tele")]
)
def test_what_is_no_telephone_is_said_so(town: stage.Town, typed: str, said: str) -> None:
    form = CorrectForm({"founded_on": "2020-01-01", "phone": typed}, body=stage.body("workstation", town.east))
    assert said in str(form.errors["phone"])


def test_the_database_takes_no_other_telephone_and_no_post_of_others(town: stage.Town) -> None:
    station, committee = stage.body("workstation", town.east), stage.full_committee(town.east)
    with pytest.raises(IntegrityError), transaction.atomic():
        reached(station, phone="1-2-3")
    with pytest.raises(ValidationError):
        reached(station, duty=committee.posts.get(code="chair"))


def test_what_is_put_down_is_one_event_without_its_text(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    head = station.posts.get(code="head")
    reached(station, phone="0473-0000001", address="湖东路8号", hours=HOURS, duty=head)
    event = Event.objects.latest("pk")
    assert event.verb == "organisations.body.correct"
    assert event.data == {"phone": None, "address": None, "hours": None, "duty_id": [None, head.pk]}
    station.correct(founded_on=date(2019, 1, 1), by=SYSTEM)
    assert (station.phone, station.duty) == ("0473-0000001", head)


def test_one_holder_is_named_several_are_a_post(town: stage.Town) -> None:
    station = stage.body("workstation", town.east)
    worker = station.posts.get(code="worker")
    reached(station, duty=worker)
    assert queries.contact_of(station, VISITOR, TODAY).holder == ""
    stage.appointed(worker, stage.resident(town.east, "王秀兰"), TODAY)
    found = queries.contact_of(station, VISITOR, TODAY)
    assert (found.duty, found.holder, found.is_empty, found.may_enter) == ("社区工作者", "王某某", False, False)
    stage.appointed(worker, stage.resident(town.east, "李梅"), TODAY)
    assert queries.contact_of(station, VISITOR, TODAY).holder == ""


def test_a_place_shows_whom_to_turn_to(town: stage.Town, browser: Client, officer: Client) -> None:
    station = stage.body("workstation", town.east)
    page = text(officer.get(town.east.get_absolute_url()))
    assert ("not yet registered" in page, f"/organisations/{station.reference}/correct/" in page) == (True, True)
    browser.logout()
    assert "Put them down" not in text(browser.get(town.east.get_absolute_url()))
    reached(station, phone="0473-0000001", address="湖东路8号", hours=HOURS)
    for address in (town.east.get_absolute_url(), f"/completeness/{town.east.path}/", station.get_absolute_url()):
        page = text(browser.get(address))
        assert ("tel:04730000001" in page, "湖东路8号" in page, HOURS in page) == (True, True, True)
    assert queries.contact_at(town.village, VISITOR, TODAY) is None
    assert queries.section_of(town.city, VISITOR) is None


def test_the_keepers_put_it_down_at_the_desk(town: stage.Town, officer: Client) -> None:
    station = stage.body("workstation", town.east)
    head = station.posts.get(code="head")
    typed = {
        "founded_on": "2020-01-01",
        "phone": "0473 0000001",
        "address": "湖东路8号",
        "hours": HOURS,
        "duty": head.pk,
    }
    address = f"/organisations/{station.reference}/correct/"
    wrong = officer.post(address, typed | {"phone": "12"})
    assert (wrong.status_code, "湖东路8号" in text(wrong)) == (422, True)
    assert officer.post(address, typed).status_code == 302
    station.refresh_from_db()
    assert (station.phone, station.duty) == ("0473-0000001", head)
    body = officer.get(f"/api/organisations/bodies/{station.reference}").json()["body"]
    assert (body["phone"], body["duty"]) == ("0473-0000001", "head")
