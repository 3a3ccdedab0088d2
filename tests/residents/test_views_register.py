"""The desk's register: masked, scoped, on the record."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people.town import GOOD_ID, STAGE, WOMAN_ID, Town, enter, post

from linli.ground.authority.actors import Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event
from linli.ground.people import queries as who
from linli.ground.people.models import Kinship
from linli.ground.people.models import Person as Resident
from residents.desk import PHONE, at


def test_the_register_is_listed_masked(browser: Client, worker: Person, somebody: Resident) -> None:
    page = browser.get(at("list")).content.decode()
    assert ("王某某" in page, "139****0001" in page) == (True, True)
    assert [secret for secret in ("王秀兰", PHONE, GOOD_ID, "501") if secret in page] == []


def test_the_register_leaves_masked(browser: Client, worker: Person, somebody: Resident) -> None:
    answer = browser.get(at("download"))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert (rows[1][:3], answer["Content-Disposition"][:10]) == ((somebody.pk, "王某某", "139****0001"), "attachment")


@pytest.mark.parametrize(
    ("text", "found"), [("王秀兰", 1), ("王", 1), (PHONE, 1), (GOOD_ID, 1), ("秀兰", 0), ("x" * 500, 0)]
)
def test_the_register_is_searched(browser: Client, worker: Person, somebody: Resident, text: str, found: int) -> None:
    assert len(browser.get(at("list"), {"q": text}).context["page"].items) == found


def test_the_list_pages_by_key_and_costs_the_same_for_one_and_thirty(
    browser: Client, worker: Person, town: Town
) -> None:
    assert browser.get(at("list")).status_code == 200
    enter(town.east)
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get(at("list"))
    for number in range(35):
        enter(town.east, f"王{number}")
    with CaptureQueriesContext(connection) as many:
        page = browser.get(at("list"))
    assert (len(one), len(page.context["page"].items)) == (len(many), 30)
    later = browser.get(at("list"), {"page": page.context["page"].next})
    assert (len(later.context["page"].items), later.context["page"].previous is not None) == (6, True)
    assert browser.get(at("list"), {"page": "forged"}).status_code == 400


def test_another_communitys_person_is_not_found_by_any_door(browser: Client, worker: Person, town: Town) -> None:
    stranger = enter(town.west, "赵刚", phone=PHONE)
    got = [browser.get(at(name, stranger.pk)).status_code for name in ("show", "correct")]
    names = ("unmask", "mark_died", "mark_left", "declare_kinship", "confirm")
    assert (got, [browser.post(at(name, stranger.pk)).status_code for name in names]) == ([404] * 2, [404] * 5)
    assert Event.objects.filter(verb="people.person.unmask").count() == 0


@pytest.mark.parametrize(
    "role", [RoleCode.MEMBER, RoleCode.DEPARTMENT, RoleCode.REVIEWER, RoleCode.ADMINISTRATOR, RoleCode.SUBDISTRICT]
)
def test_only_those_who_keep_the_register_enter_it(
    browser: Client, town: Town, somebody: Resident, role: RoleCode
) -> None:
    STAGE["actor"] = post(role, town.east.path[:9])
    doors = ("list", "enter", "download", "requests")
    assert [browser.get(at(name)).status_code for name in doors] == [403] * 4
    assert browser.get(at("show", somebody.pk)).status_code == 404


def test_a_person_without_a_phone_is_entered(browser: Client, worker: Person, town: Town) -> None:
    assert browser.get(at("enter")).status_code == 200
    given = {
        "name": "王秀兰",
        "place": town.east.pk,
        "residence": "registered",
        "electoral": "registered",
        "verification": "document",
    }
    answer = browser.post(at("enter"), given)
    person = Resident.objects.get()
    assert (answer.url, person.source, person.verification) == (at("show", person.pk), "desk", "document")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "王" * 51},
        {"id_number": "123"},
        {"phone": "139"},
        {"born_on": "2999-01-01"},
        {"born_on": "x"},
        {"residence": "none"},
        {"place": "0"},
        {"id_number": GOOD_ID},
    ],
)
def test_a_wrong_entry_is_refused_with_what_was_typed(
    browser: Client, worker: Person, town: Town, wrong: dict[str, str]
) -> None:
    enter(town.east, "李明", id_number=GOOD_ID)
    given = {
        "name": "王秀兰",
        "place": town.east.pk,
        "residence": "registered",
        "electoral": "registered",
        "verification": "declared",
    }
    assert browser.post(at("enter"), given | wrong).status_code == 422
    assert Resident.objects.count() == 1


def test_a_worker_cannot_enter_people_into_another_community(browser: Client, worker: Person, town: Town) -> None:
    given = {
        "name": "王秀兰",
        "place": town.west.pk,
        "residence": "registered",
        "electoral": "registered",
        "verification": "declared",
    }
    assert browser.post(at("enter"), given).status_code == 422


def test_full_data_are_shown_only_on_the_record(browser: Client, worker: Person, somebody: Resident) -> None:
    masked = browser.get(at("show", somebody.pk)).content.decode()
    assert [secret for secret in ("王秀兰", PHONE, GOOD_ID, "501") if secret in masked] == []
    assert browser.get(at("unmask", somebody.pk)).status_code == 405
    full = browser.post(at("unmask", somebody.pk)).content.decode()
    assert [secret for secret in ("王秀兰", PHONE, GOOD_ID, "501") if secret not in full] == []
    browser.post(at("unmask", somebody.pk))
    assert Event.objects.filter(verb="people.person.unmask").count() == 1


def test_a_correction_opens_the_full_entry_on_the_record(browser: Client, worker: Person, town: Town) -> None:
    person = enter(town.grid, "王秀兰", phone=PHONE, address="3号楼501")
    other = enter(town.east, "李明", id_number=WOMAN_ID)
    page = browser.get(at("correct", person.pk))
    initial = page.context["form"].initial
    assert (initial["phone"], initial["address"], initial["place"]) == (PHONE, "3号楼501", town.grid)
    assert Event.objects.filter(verb="people.person.unmask").count() == 1
    given = {
        "name": "王秀芝",
        "place": town.grid.pk,
        "residence": "living",
        "electoral": "registered",
        "verification": "document",
    }
    assert browser.post(at("correct", person.pk), given | {"id_number": WOMAN_ID}).status_code == 422
    assert browser.post(at("correct", person.pk), given | {"name": ""}).status_code == 422
    assert browser.post(at("correct", person.pk), given).url == at("show", person.pk)
    person = Resident.objects.get(pk=person.pk)
    assert (person.name, person.residence, person.source, other.pk) == ("王秀芝", "living", "desk", other.pk)


def test_death_and_removal_are_marked_with_their_day(browser: Client, worker: Person, town: Town) -> None:
    one, two = enter(town.east, id_number=GOOD_ID), enter(town.east, "李明")
    for wrong in ("", "2999-01-01", "1950-01-01"):
        assert browser.post(at("mark_died", one.pk), {"on": wrong, "sure": "on"}).status_code == 422
    assert browser.post(at("mark_died", one.pk), {"on": "2026-05-01"}).status_code == 422
    assert browser.post(at("mark_left", two.pk), {"on": ""}).status_code == 422
    browser.post(at("mark_died", one.pk), {"on": "2026-05-01", "sure": "on"})
    browser.post(at("mark_left", two.pk), {"on": "2026-05-01", "sure": "on"})
    assert browser.get(at("list")).context["page"].items == []
    for person in (one, two):
        assert browser.get(at("show", person.pk)).status_code == 200
    found = browser.get(at("list"), {"q": "李明"}).content.decode()
    assert "moved away" in found
    assert "died" in browser.get(at("list"), {"q": GOOD_ID}).content.decode()


def test_a_relative_is_declared_by_number(browser: Client, worker: Person, town: Town, somebody: Resident) -> None:
    child = enter(town.east, "李明", id_number=WOMAN_ID)
    enter(town.west, "赵刚", phone="13900000009")
    for number in ("13900000009", "nobody", "", GOOD_ID):
        answer = browser.post(at("declare_kinship", somebody.pk), {"who": number, "relation": "child"})
        assert answer.status_code == 422
    browser.post(at("declare_kinship", somebody.pk), {"who": WOMAN_ID, "relation": "child"})
    assert Kinship.objects.get().relative == child
    shown = [browser.get(at("show", one.pk)).context["kin"] for one in (somebody, child)]
    assert shown == [[(child, "child")], [(somebody, "parent")]]


def test_the_person_confirms_at_the_desk_by_code(browser: Client, worker: Person, somebody: Resident) -> None:
    address = at("confirm", somebody.pk)
    assert browser.post(address).url == at("show", somebody.pk)
    assert browser.get(at("show", somebody.pk)).context["code"] is not None
    assert browser.post(address).status_code == 422
    for wrong in ("", "x"):
        assert browser.post(address, {"code": wrong}).status_code == 422
    assert browser.post(address, {"code": who.last_code(PHONE)}).status_code == 302
    somebody.refresh_from_db()
    assert (somebody.confirmed_at is None, "confirming" in browser.session) == (False, False)
