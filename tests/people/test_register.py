"""The residents' register: entries, corrections, looks, kinship, and figures that never come from accounts."""

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
from linli.ground.people import actions, queries
from linli.ground.people import models as facts
from linli.ground.people.models import (
    Electoral,
    Household,
    Kinship,
    Measure,
    PersonalData,
    Relation,
    Residence,
    Sex,
    Source,
)
from linli.ground.people.models.register import eighteen_years_before

from .town import GOOD_ID, WOMAN_ID, Town, account_of, enter, post

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
    assert [secret for secret in ("王秀兰", "13900000001", GOOD_ID, "501") if secret in stored] == []


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
    looks = queries.looks_at(person, VISITOR)
    assert [(look.who, look.matter, look.url) for look in looks] == [("a member of staff", "", "")] * 4
    assert {look.who for look in queries.looks_at(person, worker)} == {"yourself", "a member of staff"}


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
    ("born", "on", "adult"),
    [
        (date(2008, 5, 1), date(2026, 5, 1), True),
        (date(2008, 5, 2), date(2026, 5, 1), False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2006, 2, 28), date(2024, 2, 29), True),
        (date(2006, 3, 1), date(2024, 2, 29), False),
        (None, date(2026, 5, 1), False),
    ],
)
def test_one_is_an_adult_on_the_eighteenth_birthday(town: Town, born: date | None, on: date, adult: bool) -> None:
    person = enter(town.east, born_on=born)
    assert person.is_adult(on) is adult
    assert facts.Person.objects.adults(on).filter(pk=person.pk).exists() is adult
    assert eighteen_years_before(date(2026, 5, 1)) == date(2008, 5, 1)


def test_who_has_died_moved_or_been_merged_no_longer_counts(town: Town) -> None:
    old = {"born_on": date(1950, 1, 1)}
    dead, gone, twice, stays = (enter(town.east, name, **old) for name in ("王一", "王二", "王三", "王四"))
    dead.mark_died(on=DAY, by=SYSTEM)
    gone.mark_left(on=DAY, by=SYSTEM)
    twice.merge(into=stays, by=SYSTEM)
    assert queries.adults(town.east.path, DAY).number == 1
    assert queries.adults(town.east.path, DAY - timedelta(days=1)).number == 3
    assert [one.is_present(DAY) for one in (dead, gone, twice, stays)] == [False, False, False, True]
    assert dead.is_present(DAY - timedelta(days=1)) is True


def test_figures_come_from_the_register_never_from_accounts(town: Town) -> None:
    adult = {"born_on": date(1960, 1, 1)}
    person = enter(town.east, **adult, address="1号楼101", electoral=Electoral.REGISTERED)
    enter(town.grid, "李明", born_on=date(2015, 1, 1), address="1号楼101")
    enter(town.west, "赵刚", **adult)
    enter(None, "刘洋", residence=Residence.NONE, source=Source.STAFF, **adult)
    account_of(person, "13900000001")
    found = [queries.figure(what, town.town.path, DAY) for what in Measure]
    assert [(one.number, one.source, one.as_of) for one in found] == [
        (2, "register", DAY),
        (1, "register", DAY),
        (1, "register", DAY),
    ]
    assert queries.electorate(town.west.path, DAY).number == 0
    assert queries.households(town.west.path, DAY).number == 0


def test_a_declared_figure_stands_in_where_the_register_is_not_complete(town: Town) -> None:
    enter(town.east, born_on=date(1960, 1, 1))
    enter(town.grid, "李明", born_on=date(1960, 1, 1))
    enter(town.west, "赵刚", born_on=date(1960, 1, 1))
    declare = {"what": Measure.ADULTS, "source": "第七次人口普查", "by": SYSTEM}
    actions.declare_figure(place=town.east, number=900, as_of=date(2025, 1, 1), **declare)
    actions.declare_figure(place=town.east, number=1000, as_of=date(2026, 1, 1), **declare)
    actions.declare_figure(place=town.grid, number=70, as_of=date(2026, 1, 1), **declare)
    figure = queries.adults(town.town.path, DAY)
    assert (figure.number, figure.source, figure.as_of) == (1001, "declared", date(2026, 1, 1))
    assert queries.adults(town.east.path, date(2025, 6, 1)).number == 900
    assert queries.adults(town.grid.path, DAY).number == 70
    actions.complete_register(place=town.east, what=Measure.ADULTS, on=date(2026, 4, 1), by=SYSTEM)
    assert queries.adults(town.east.path, DAY).number == 71
    assert queries.adults(town.east.path, date(2026, 3, 1)).number == 1000


def test_a_declared_figure_has_a_source_and_a_day(town: Town) -> None:
    declare = {"place": town.east, "what": Measure.VOTERS, "number": 5, "as_of": DAY, "by": SYSTEM}
    figure = actions.declare_figure(source="选民登记", **declare)
    assert str(figure) == "voters 5"
    with pytest.raises(ValidationError) as refusal:
        actions.declare_figure(source="选民登记", **declare)
    assert refusal.value.messages == ["This figure has been declared for that day already."]
    with pytest.raises(ValidationError):
        actions.declare_figure(source="", **declare | {"as_of": DAY + timedelta(days=1)})


def test_near_relatives_follow_from_declared_ties(town: Town) -> None:
    names = ("祖母", "母亲", "女儿", "儿子", "丈夫", "表亲", "孙女")
    granny, mother, girl, boy, husband, cousin, grandchild = (enter(town.east, name) for name in names)
    for person, relative, relation in [
        (girl, mother, Relation.PARENT),
        (boy, mother, Relation.PARENT),
        (granny, mother, Relation.CHILD),
        (mother, husband, Relation.SPOUSE),
        (girl, grandchild, Relation.CHILD),
        (grandchild, cousin, Relation.GRANDPARENT),
    ]:
        actions.declare_kinship(person, relative, relation=relation, by=SYSTEM)
    assert queries.near_relatives(girl) == {mother.pk, granny.pk, boy.pk, grandchild.pk}
    assert queries.near_relatives(mother.pk) == {granny.pk, girl.pk, boy.pk, husband.pk, grandchild.pk}
    assert queries.near_relatives(husband) == {mother.pk}
    assert queries.near_relatives(cousin) == {grandchild.pk}
    assert queries.near_relatives(enter(town.east, "旁人")) == set()
    assert [relation.back for relation in Relation] == [
        Relation.SPOUSE,
        Relation.CHILD,
        Relation.PARENT,
        Relation.SIBLING,
        Relation.GRANDCHILD,
        Relation.GRANDPARENT,
    ]


def test_a_tie_is_declared_once_and_never_to_oneself(town: Town) -> None:
    one, two = enter(town.east), enter(town.east, "李明")
    tie = actions.declare_kinship(one, two, relation=Relation.SPOUSE, by=SYSTEM)
    assert str(tie) == f"spouse {one.pk}-{two.pk}"
    for person, relative in ((two, one), (one, one)):
        with pytest.raises(ValidationError):
            actions.declare_kinship(person, relative, relation=Relation.SIBLING, by=SYSTEM)
    assert Kinship.objects.count() == 1


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


def test_a_legal_hold_is_on_the_record(town: Town) -> None:
    person = enter(town.east)
    person.personal.hold(held=True, by=SYSTEM)
    assert Event.objects.get(verb="people.personaldata.hold").data == {"legal_hold": True}
