"""Who holds which post: terms, seats, nobody twice, and the database as the wall behind it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations import actions
from linli.ground.organisations.actions import Appointment
from linli.ground.organisations.models import Body, Holding, How, Post, Why
from linli.ground.people.models import Account
from tests.factories.people import in_post

from . import town as stage

TODAY = date(2026, 11, 23)


@pytest.fixture
def committee(town: stage.Town) -> Body:
    return stage.body("residents_committee", town.east)


@pytest.fixture
def chair(committee: Body) -> Post:
    return committee.posts.get(code="chair")


def test_a_term_without_a_last_day_gets_the_laws(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east), date(2026, 1, 10))
    assert holding.ends_on == date(2031, 1, 9)
    assert str(holding) == "湖东社区居委会 · 主任 2026-01-10 – 2031-01-09"
    event = Event.objects.get(verb="organisations.holding.appoint")
    assert event.data == {"post": chair.pk, "begins_on": "2026-01-10", "ends_on": "2031-01-09", "how": "elected"}
    assert (event.subject, event.place_path) == (ref(holding), "150302007001")


def test_a_term_that_begins_on_a_leap_day_ends_before_the_last_of_february(town: stage.Town, chair: Post) -> None:
    with clock.stopped_at(datetime(2028, 2, 29, 2, tzinfo=UTC)):
        assert stage.appointed(chair, stage.resident(town.east), date(2028, 2, 29)).ends_on == date(2033, 2, 27)


def test_a_term_from_before_the_law_is_bounded_by_todays_rule(town: stage.Town, chair: Post) -> None:
    assert stage.appointed(chair, stage.resident(town.east), date(2025, 12, 1)).ends_on == date(2030, 11, 30)


def test_on_a_day_before_the_law_the_last_day_must_be_written(town: stage.Town, chair: Post) -> None:
    with clock.stopped_at(datetime(2025, 6, 1, tzinfo=UTC)):
        with pytest.raises(ValidationError, match="Write the last day"):
            stage.appointed(chair, stage.resident(town.east, "王一"), date(2025, 6, 1))
        holding = stage.appointed(chair, stage.resident(town.east, "王二"), date(2025, 6, 1), date(2028, 5, 31))
    assert holding.ends_on == date(2028, 5, 31)


def test_a_mediator_serves_three_years_beside_a_committee_of_five(town: stage.Town) -> None:
    body = stage.body("subcommittee_mediation", town.east)
    assert stage.appointed(body.posts.get(code="chair"), stage.resident(town.east)).ends_on == date(2029, 1, 9)


def test_a_post_without_a_legal_term_may_stay_open(town: stage.Town) -> None:
    body = stage.body("workstation", town.east)
    holding = stage.appointed(body.posts.get(code="head"), stage.resident(town.east))
    assert (holding.ends_on, str(holding)) == (None, "湖东社区工作站 · 站长 2026-01-10 – ")


def test_a_term_may_be_shorter_but_never_longer_than_the_law(town: stage.Town, chair: Post) -> None:
    person = stage.resident(town.east)
    with pytest.raises(ValidationError, match="at the latest"):
        stage.appointed(chair, person, date(2026, 1, 10), date(2031, 1, 10))
    with pytest.raises(ValidationError, match="before the first"):
        stage.appointed(chair, person, date(2026, 1, 10), date(2026, 1, 9))
    assert stage.appointed(chair, person, date(2026, 1, 10), date(2026, 1, 10)).pk


def test_a_by_election_fills_the_rest_of_the_term(town: stage.Town, committee: Body, chair: Post) -> None:
    assert actions.default_end(chair, TODAY) == date(2031, 11, 22)
    stage.appointed(committee.posts.get(code="member"), stage.resident(town.east), date(2026, 1, 10))
    assert actions.default_end(chair, TODAY) == date(2031, 1, 9)
    station = stage.body("workstation", town.east)
    assert actions.default_end(station.posts.get(code="head"), TODAY) is None


def test_nobody_records_their_own_appointment(town: stage.Town, chair: Post) -> None:
    person = stage.resident(town.east)
    with pytest.raises(ValidationError, match="their own appointment"):
        actions.appoint(
            Appointment(chair, person, TODAY, None, How.ELECTED), by=Person(ref="people.account:1", person=person.pk)
        )


def test_a_body_that_does_not_stand_takes_nobody(town: stage.Town, committee: Body, chair: Post) -> None:
    with pytest.raises(ValidationError, match="does not stand"):
        stage.appointed(chair, stage.resident(town.east), date(2019, 12, 31))
    actions.dissolve(body=committee, on=TODAY, by=SYSTEM)
    with pytest.raises(ValidationError, match="does not stand"):
        stage.appointed(chair, stage.resident(town.east), TODAY)


def test_a_seat_is_taken_once_and_free_again_the_day_after(town: stage.Town, chair: Post) -> None:
    first = stage.appointed(chair, stage.resident(town.east, "王一"), date(2026, 1, 10))
    with pytest.raises(ValidationError, match="All 1 seats are taken"):
        stage.appointed(chair, stage.resident(town.east, "王二"), TODAY)
    first.end(on=TODAY, why=Why.RESIGNED, by=SYSTEM)
    with pytest.raises(ValidationError, match="All 1 seats are taken"):
        stage.appointed(chair, stage.resident(town.east, "王三"), TODAY)
    assert stage.appointed(chair, stage.resident(town.east, "王四"), TODAY + timedelta(days=1)).pk


def test_a_term_that_comes_later_counts_as_well(town: stage.Town, chair: Post) -> None:
    stage.appointed(chair, stage.resident(town.east, "王一"), date(2027, 1, 1))
    with pytest.raises(ValidationError, match="takes a seat on 1 Jan 2027"):
        stage.appointed(chair, stage.resident(town.east, "王二"), TODAY)
    assert stage.appointed(chair, stage.resident(town.east, "王三"), TODAY, date(2026, 12, 31)).pk


def test_nobody_holds_a_post_twice_at_once(town: stage.Town, committee: Body) -> None:
    members, person = committee.posts.get(code="member"), stage.resident(town.east)
    stage.appointed(members, person, date(2026, 1, 10), date(2026, 12, 31))
    with pytest.raises(ValidationError, match="holds this post in that time already"):
        stage.appointed(members, person, date(2026, 12, 31))
    assert stage.appointed(members, person, date(2027, 1, 1)).pk


def test_somebody_may_sit_in_several_bodies(town: stage.Town, chair: Post) -> None:
    person = stage.resident(town.east)
    stage.appointed(chair, person)
    council = stage.body("deliberation_council", town.east)
    assert stage.appointed(council.posts.get(code="chair"), person).pk


def test_open_posts_without_an_end_overlap_too(town: stage.Town) -> None:
    head = stage.body("workstation", town.east).posts.get(code="head")
    stage.appointed(head, stage.resident(town.east, "王一"))
    with pytest.raises(ValidationError, match="seats are taken"):
        stage.appointed(head, stage.resident(town.east, "王二"), TODAY)


def test_end_writes_day_and_reason(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east))
    holding.end(on=TODAY, why=Why.DIED, by=SYSTEM)
    assert (holding.ends_on, holding.why_ended) == (TODAY, "died")
    assert Event.objects.get(verb="organisations.holding.end").data == {
        "ends_on": ["2031-01-09", "2026-11-23"],
        "why_ended": ["", "died"],
    }


def test_a_term_is_not_ended_before_it_began_after_it_ends_or_twice(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east))
    with pytest.raises(ValidationError, match="before the first"):
        holding.end(on=date(2026, 1, 9), why=Why.RESIGNED, by=SYSTEM)
    with pytest.raises(ValidationError, match="not made longer"):
        holding.end(on=date(2031, 1, 10), why=Why.TERM_OVER, by=SYSTEM)
    holding.end(on=date(2026, 11, 22), why=Why.RESIGNED, by=SYSTEM)
    with pytest.raises(ValidationError, match="ended already"):
        holding.end(on=date(2026, 11, 21), why=Why.RESIGNED, by=SYSTEM)


def test_an_end_to_come_is_brought_forward_but_not_recorded_twice(town: stage.Town) -> None:
    holding = stage.appointed(stage.body("workstation", town.east).posts.get(code="head"), stage.resident(town.east))
    with pytest.raises(ValidationError, match="today at the latest"):
        holding.end(on=date(2026, 11, 24), why=Why.DIED, by=SYSTEM)
    holding.end(on=date(2027, 3, 1), why=Why.MOVED, by=SYSTEM)
    assert (holding.is_on(date(2027, 3, 1)), holding.is_on(date(2027, 3, 2))) == (True, False)
    with pytest.raises(ValidationError, match="1 Mar 2027 is on record already"):
        holding.end(on=date(2027, 3, 1), why=Why.RESIGNED, by=SYSTEM)
    holding.end(on=TODAY, why=Why.DIED, by=SYSTEM)
    with pytest.raises(ValidationError, match="ended already"):
        holding.end(on=date(2026, 11, 22), why=Why.DIED, by=SYSTEM)
    assert (holding.ends_on, holding.why_ended) == (TODAY, "died")
    assert Event.objects.filter(verb="organisations.holding.end").count() == 2


def insert(post: Post, person: int, first: date, last: date | None, **more: str) -> Holding:
    with transaction.atomic():
        return Holding.objects.create(
            post=post, person_id=person, begins_on=first, ends_on=last, how=How.ELECTED, **more
        )


def test_the_database_refuses_what_no_action_would_write(town: stage.Town, chair: Post) -> None:
    one, two = stage.resident(town.east, "王一").pk, stage.resident(town.east, "王二").pk
    first, last = date(2026, 1, 10), date(2031, 1, 9)
    with pytest.raises(IntegrityError, match="holding_ends_after_it_began"):
        insert(chair, one, last, first)
    with pytest.raises(IntegrityError, match="a term without an end"):
        insert(chair, one, first, None)
    holding = insert(chair, one, first, last)
    with pytest.raises(IntegrityError, match="holding_not_twice_at_once"):
        insert(chair, one, last, last)
    with pytest.raises(IntegrityError, match="more holders than seats"):
        insert(chair, two, last, last)
    later = insert(chair, two, last + timedelta(days=1), last + timedelta(days=2))
    with pytest.raises(IntegrityError, match="more holders than seats"), transaction.atomic():
        Holding.objects.filter(pk=later.pk).update(begins_on=last)
    open_post = stage.body("workstation", town.east).posts.get(code="head")
    with pytest.raises(IntegrityError, match="holding_reason_needs_an_end"):
        insert(open_post, one, first, None, why_ended="died")
    assert set(Holding.objects.all()) == {holding, later}


days = st.integers(0, 40).map(lambda number: date(2026, 6, 1) + timedelta(days=number))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(st.integers(0, 4), days, days), max_size=8), bulk=st.booleans())
def test_there_are_never_more_holders_than_seats(
    town: stage.Town, wanted: list[tuple[int, date, date]], bulk: bool
) -> None:
    with transaction.atomic():
        vice = stage.body("residents_committee", town.east).posts.get(code="vice_chair")  # two seats
        pool = stage.crowd(town.east, 5)
        for number, first, last in wanted:
            try:
                with transaction.atomic():
                    if bulk:
                        insert(vice, pool[number].pk, min(first, last), max(first, last))
                    else:
                        stage.appointed(vice, pool[number], min(first, last), max(first, last))
            except (ValidationError, IntegrityError):
                continue
        for number in range(41):
            held = Holding.objects.on(date(2026, 6, 1) + timedelta(days=number)).filter(post=vice)
            people = list(held.values_list("person", flat=True))
            assert len(people) <= 2
            assert len(set(people)) == len(people)
        transaction.set_rollback(True)


def test_an_account_becomes_administrator_by_a_post_of_the_city(town: stage.Town) -> None:
    city = stage.body("city_government", town.city)
    account, person = stage.staff(None)
    holding = actions.make_administrator(account=account, body=city, by=SYSTEM)
    assert (holding.person, holding.post.role, holding.ends_on) == (person, RoleCode.ADMINISTRATOR, None)
    with pytest.raises(ValidationError, match="must belong to a person"):
        actions.make_administrator(account=Account(username="nobody"), body=city, by=SYSTEM)


def test_keepers_and_the_person_see_a_holding_nobody_else(town: stage.Town, chair: Post) -> None:
    holding = stage.appointed(chair, stage.resident(town.east))
    officer = in_post(RoleCode.SUBDISTRICT, town.office.path)
    stranger = in_post(RoleCode.SUBDISTRICT, town.hamlet.path)
    own = Person(ref="people.account:3", person=holding.person_id)
    seen = [list(Holding.objects.visible_to(actor)) for actor in (officer, stranger, own, Person())]
    assert seen == [[holding], [], [holding], []]
