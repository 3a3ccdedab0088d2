"""The residents' register: entries, corrections, looks, and what the database refuses."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people import actions
from linli.ground.people import models as facts
from linli.ground.people.models import (
    Household,
    PersonalData,
    Residence,
    Sex,
    Source,
)

from .town import GOOD_ID, WOMAN_ID, Town, enter, post

DAY = date(2026, 5, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WORKER = "people.account:900"


def test_a_person_without_phone_or_internet_is_entered_on_the_record(town: Town) -> None:
    worker = post(RoleCode.WORKER, town.east.path)
    entry = actions.Entry(name=" 王  秀兰 ", place=town.east, residence=Residence.REGISTERED, source=Source.DESK)
    person = actions.enter_person(entry, by=worker)
    assert (person.name, person.personal.phone, person.confirmed_at) == ("王 秀兰", "", None)
    event = Event.objects.get(verb="people.person.enter")
    assert (event.subject, event.place_path, event.actor, event.data) == (
        ref(person),
        town.east.path,
        WORKER,
        {"source": "desk"},
    )


def test_personal_data_are_unreadable_in_the_database(town: Town) -> None:
    enter(town.east, "王秀兰", phone="13900000001", id_number=GOOD_ID, address="3号楼2单元501")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(d)::text FROM people_personaldata d UNION SELECT row_to_json(h)::text FROM people_household h"
        )
        stored = "".join(row[0] for row in cursor.fetchall())
    assert [secret for secret in ("王秀兰", "13900000001", GOOD_ID, "3号楼2单元501") if secret in stored] == []


def test_day_of_birth_and_sex_come_from_the_identity_number(town: Town) -> None:
    person = enter(town.east, id_number=WOMAN_ID)
    assert (person.born_on, person.sex) == (date(1960, 5, 1), Sex.FEMALE)


def test_a_name_is_needed_and_an_identity_number_stands_once(town: Town) -> None:
    with pytest.raises(ValidationError):
        enter(town.east, " ")
    enter(town.east, id_number=GOOD_ID)
    with pytest.raises(ValidationError) as refusal:
        enter(town.west, "李明", id_number=GOOD_ID)
    assert refusal.value.messages == ["This identity number is in the register already."]
    entries = [
        actions.Entry(name="甲", place=town.east, residence=Residence.LIVING, source=Source.IMPORT, id_number=WOMAN_ID)
    ] * 2
    with pytest.raises(ValidationError):
        actions.enter_people(entries, by=SYSTEM)


def test_people_behind_one_door_are_one_household(town: Town) -> None:
    one, two = enter(town.east, address="3号楼 2单元 501"), enter(town.east, "李明", address=" 3号楼2单元501")
    assert one.household == two.household
    assert enter(town.west, "赵刚", address="3号楼2单元501").household != one.household
    assert [str(row).split()[0] for row in Household.objects.all()] == ["household", "household"]


def test_a_correction_is_one_event_and_names_fields_not_values(town: Town) -> None:
    person = enter(town.east, phone="13900000001")
    entry = actions.Entry(
        name="王秀兰",
        place=town.east,
        residence=Residence.LIVING,
        source=Source.DESK,
        phone="13900000002",
        address="1号楼",
    )
    assert actions.correct_person(person, entry, by=SYSTEM) is True
    verbs = {event.verb: event.data for event in Event.objects.filter(verb__contains=".correct")}
    assert verbs["people.personaldata.correct"] == {"phone": None}
    assert verbs["people.person.correct"]["residence"] == ["registered", "living"]
    assert actions.correct_person(person, entry, by=SYSTEM) is False
    assert Event.objects.filter(verb__contains=".correct").count() == 2
    enter(town.west, "李明", id_number=GOOD_ID)
    with pytest.raises(ValidationError):
        actions.correct_person(
            person,
            actions.Entry(
                name="王秀兰", place=town.east, residence=Residence.LIVING, source=Source.DESK, id_number=GOOD_ID
            ),
            by=SYSTEM,
        )


def test_a_look_is_written_once_per_matter_and_day(town: Town) -> None:
    person = enter(town.east, phone="13900000001")
    worker, other = (
        post(RoleCode.WORKER, town.east.path),
        post(RoleCode.CHAIR, town.east.path, account="people.account:901"),
    )
    for at, by, matter in [
        (NOON, worker, "cases.case:1"),
        (NOON + timedelta(hours=11), worker, "cases.case:1"),
        (NOON, worker, "cases.case:2"),
        (NOON, other, "cases.case:1"),
        (NOON + timedelta(hours=13), worker, "cases.case:1"),
        (NOON, Person(ref="people.account:9", person=person.pk), "cases.case:1"),
    ]:
        with clock.stopped_at(at):
            assert actions.unmask(person, matter=matter, by=by).phone == "13900000001"
    assert [
        event.data["matter"][-1] for event in Event.objects.filter(verb="people.person.unmask").order_by("pk")
    ] == list("1211")


def test_the_keeper_sees_the_own_place_a_resident_only_themselves(town: Town) -> None:
    here, grid, there = enter(town.east), enter(town.grid, "李明"), enter(town.west, "赵刚")
    staff = enter(None, "刘洋", residence=Residence.NONE, source=Source.STAFF)
    seen = lambda actor: set(facts.Person.objects.visible_to(actor))  # noqa: E731
    assert seen(post(RoleCode.WORKER, town.east.path)) == {here, grid}
    assert seen(post(RoleCode.WORKER, town.east.path, person=there.pk)) == {here, grid, there}
    assert seen(Person(ref="people.account:1", person=there.pk)) == {there}
    assert seen(post(RoleCode.SUBDISTRICT, town.town.path)) == set()
    assert seen(VISITOR) == set()
    assert seen(SYSTEM) == {here, grid, there, staff}


def test_a_resident_is_found_by_whole_name_surname_phone_or_number(town: Town) -> None:
    person = enter(town.east, "欧阳春", phone="13900000001", id_number="99010119900307100X")
    for text in ("欧阳春", "欧阳", "13900000001", "99010119900307100x"):
        assert list(facts.Person.objects.like(text)) == [person]
    assert list(facts.Person.objects.like("阳春")) == []


def test_a_person_is_masked_in_every_printed_form(town: Town) -> None:
    person = enter(town.east, phone="13900000001", id_number=GOOD_ID)
    assert (person.masked_name, person.personal.masked_phone, person.personal.masked_id) == (
        "王某某",
        "139****0001",
        "990***********0031",
    )
    assert (str(person), str(person.personal)) == (f"person {person.pk}", f"personal data {person.pk}")


@pytest.mark.parametrize(
    "nonsense",
    [
        {"place": None},
        {"born_on": date(2000, 1, 1), "died_on": date(1999, 1, 1)},
    ],
)
def test_the_database_refuses_an_impossible_entry(town: Town, nonsense: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        facts.Person.objects.create(
            **{"place": town.east, "residence": Residence.LIVING, "source": Source.DESK} | nonsense
        )


def test_the_database_refuses_an_entry_merged_into_itself(town: Town) -> None:
    person = enter(town.east)
    with pytest.raises(IntegrityError):
        person.merge(into=person, by=SYSTEM)


def test_the_database_refuses_erased_data_that_are_still_there(town: Town) -> None:
    person = enter(town.east)
    with pytest.raises(IntegrityError):
        PersonalData.objects.filter(pk=person.pk).update(erased_at=NOON)
