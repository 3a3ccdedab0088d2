"""How long a closed case says who brought it: five years on, after a year without an account, and never under a hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from cases.conftest import MONDAY, PHONE, STRANGER, Town, visitor
from django.db import connection
from django.test import Client

from linli.flows.cases import actions
from linli.flows.cases.models import Case, Reporter
from linli.flows.cases.queries import kept_until
from linli.flows.reporters import actions as reporters
from linli.flows.reporters import queries, tasks
from linli.flows.reporters.actions import erase_for, forget_old
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.people import actions as people
from linli.ground.people.models import Person, Residence, Source
from linli.ground.residents import actions as residents
from linli.ground.residents.models import HoldBasis, RequestKind
from linli.ground.rulebook.models import Rule, RuleVersion
from tests.factories.races import just_before

FIVE_YEARS_ON = datetime(2031, 9, 14, 18, 0, tzinfo=UTC)
"""Two o'clock in the night after the fifth anniversary of the day on which the cases were closed."""
A_YEAR_ON = MONDAY + timedelta(days=366)


def close(case: Case, town: Town) -> Case:
    worker = town.actor("worker")
    actions.accept(case, by=worker)
    actions.answer(case, text="路灯已更换。", by=worker)
    actions.close(case, text="回访满意。", by=worker)
    return case


def said(case: Case) -> tuple[str, str, str, int | None]:
    found = Reporter.objects.get(case=case)
    return found.name, found.phone, found.contact, found.person_id


def enter(town: Town, phone: str = PHONE) -> Person:
    entry = people.Entry(name="张女士", residence=Residence.LIVING, source=Source.DESK, place=town.east, phone=phone)
    return people.enter_person(entry, by=SYSTEM)


def hold(person: Person) -> None:
    review = clock.today() + timedelta(days=30)
    residents.hold(person, basis=HoldBasis.LAWSUIT, reason="法院来函", review_on=review, by=SYSTEM)


def account(town: Town) -> Person:
    made = people.open_account(phone=PHONE, name="张女士", place=town.east, residence=Residence.LIVING, by=SYSTEM)
    assert made.person is not None
    return made.person


def set_locally(key: str, place_path: str, value: str) -> None:
    RuleVersion.objects.create(
        rule=Rule.objects.get(key=key),
        jurisdiction=place_path,
        value=value,
        mark="LOCAL",
        law="本市约定",
        statement="保存{value}。",
        effective_from=date(2026, 1, 1),
        reason="议定",
        set_by="people.account:1",
        set_at=MONDAY,
    )


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.stopped_at(moment):
        yield


def test_five_years_after_the_closing_the_case_forgets_who_brought_it(town: Town) -> None:
    person = account(town)
    case = close(town.receive(person=person), town)
    open_one = town.receive(text="楼道灯不亮。", phone=STRANGER)
    assert kept_until(case) == date(2031, 9, 14)
    assert kept_until(open_one) is None
    with at(FIVE_YEARS_ON - timedelta(days=1)):
        assert (forget_old(by=SYSTEM), said(case)[0]) == (0, "张女士")
    with at(FIVE_YEARS_ON):
        tasks.forget(0)
        assert (said(case), forget_old(by=SYSTEM)) == (("", "", "", None), 0)
    case.refresh_from_db()
    assert (case.text.startswith("东门外"), case.where, said(open_one)[0]) == (True, "东门", "张女士")
    event = Event.objects.get(verb="cases.case.forget")
    assert (event.subject, event.actor, event.place_path, event.data) == (
        f"cases.case:{case.pk}",
        "system",
        town.east.path,
        {},
    )


def test_a_year_after_the_last_matter_the_phone_of_somebody_without_account_is_forgotten(town: Town) -> None:
    first, other = close(town.receive(), town), close(town.receive(phone=STRANGER, name="李先生"), town)
    with at(MONDAY + timedelta(days=100)):
        second = close(town.receive(by=town.resident), town)
    with at(A_YEAR_ON):
        assert forget_old(by=SYSTEM) == 1
        assert (said(other), said(first)[1], said(second)[1]) == (("李先生", "", "", None), PHONE, PHONE)
    with at(A_YEAR_ON + timedelta(days=100)):
        assert [forget_old(by=SYSTEM) for _night in range(2)] == [2, 0]
        assert (said(first), said(second)) == (("张女士", "", "", None), ("张女士", "", "", None))
    assert Event.objects.filter(verb="cases.case.forget_contact").count() == 3


def test_who_has_an_account_keeps_the_phone_with_the_matter(town: Town) -> None:
    case = close(town.receive(person=account(town)), town)
    by_person = close(town.receive(person=Reporter.objects.get().person, phone=STRANGER), town)
    with at(A_YEAR_ON):
        assert forget_old(by=SYSTEM) == 0
    assert (said(case)[1], said(by_person)[1]) == (PHONE, STRANGER)


@pytest.mark.parametrize("by_phone", [False, True])
def test_what_is_kept_by_law_is_forgotten_only_once_the_hold_is_lifted(town: Town, *, by_phone: bool) -> None:
    person = enter(town)
    case = close(town.receive(person=None if by_phone else person, phone=PHONE if by_phone else ""), town)
    with at(FIVE_YEARS_ON):
        hold(person)
        assert (forget_old(by=SYSTEM), said(case)[0]) == (0, "张女士")
        residents.lift(person.holds.get(), reason="已结案", by=SYSTEM)
        assert (forget_old(by=SYSTEM) > 0, said(case)) == (True, ("", "", "", None))


def test_a_hold_set_in_the_very_moment_is_heeded(town: Town) -> None:
    person = enter(town)
    case = close(town.receive(person=person), town)
    with at(FIVE_YEARS_ON), just_before("FOR UPDATE", lambda: hold(person)):
        assert (forget_old(by=SYSTEM), said(case)[0]) == (0, "张女士")


@pytest.mark.parametrize("by_phone", [False, True])
def test_nobody_is_forgotten_whom_an_officer_must_still_answer(town: Town, *, by_phone: bool) -> None:
    person = None if by_phone else enter(town)
    case = close(town.receive(person=person, phone=PHONE if by_phone else ""), town)
    waiting = town.receive(person=person, phone=PHONE if by_phone else "", text="楼道灯不亮。")
    with at(FIVE_YEARS_ON):
        assert (forget_old(by=SYSTEM), said(case)[0], said(waiting)[0]) == (0, "张女士", "张女士")
    with at(MONDAY + timedelta(days=60)):
        close(waiting, town)
    with at(FIVE_YEARS_ON):
        forget_old(by=SYSTEM)
        assert (said(case), said(waiting)[0]) == (("", "", "", None), "张女士")


def test_erasure_waits_for_the_open_matter(town: Town) -> None:
    person = account(town)
    case = town.receive(person=person)
    asked = residents.ask(person, kind=RequestKind.ERASURE, by=SYSTEM)
    with pytest.raises(residents.rights.ValidationError, match="我反映过的"):
        residents.erase(asked, by=SYSTEM)
    close(case, town)
    residents.erase(asked, by=SYSTEM)
    assert said(case) == ("", "", "", None)


def test_a_place_with_a_rule_of_its_own_forgets_by_it(town: Town) -> None:
    set_locally("retention.case.years", "150302007", "7")
    here, there = close(town.receive(phone=""), town), town.receive(place=town.places["150302007001"], phone="")
    outsider = town.actor("outsider")
    actions.accept(there, by=outsider)
    actions.answer(there, text="已处理。", by=outsider)
    actions.close(there, text="已办结。", by=outsider)
    with at(FIVE_YEARS_ON):
        assert forget_old(by=SYSTEM) == 1
    assert (said(here)[0], said(there)[0], kept_until(there)) == ("", "张女士", date(2033, 9, 14))


def test_the_night_goes_on_where_it_was_killed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [close(town.receive(phone=""), town) for _number in range(3)]
    monkeypatch.setattr(reporters, "BATCH", 2)
    with at(FIVE_YEARS_ON):
        with pytest.raises(KeyboardInterrupt), _killed_at_the(2):
            forget_old(by=SYSTEM)
        assert [said(case)[0] for case in cases] == ["", "张女士", "张女士"]
        assert [forget_old(by=SYSTEM) for _night in range(3)] == [2, 0, 0]
    assert [said(case)[0] for case in cases] == ["", "", ""]
    assert Event.objects.filter(verb="cases.case.forget").count() == 3


@contextmanager
def _killed_at_the(number: int) -> Iterator[None]:
    """The worker dies when the event of one case is about to be written."""
    written = 0

    def die(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        nonlocal written
        is_event = 'INSERT INTO "core_event"' in sql
        written += is_event
        if is_event and written == number:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        yield


def test_who_asked_sees_until_when_their_name_is_kept(town: Town) -> None:
    case = close(town.receive(), town)
    page = visitor(PHONE).get(case.get_absolute_url()).content.decode()
    assert "2031年9月14日" in page
    desk: Client = town.client("worker")
    assert "2031年9月14日" not in desk.get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("closed", "last"), [((2028, 2, 29), (2033, 2, 28)), ((2027, 2, 28), (2032, 2, 28))])
def test_the_page_and_the_night_agree_around_the_leap_day(
    town: Town, closed: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    case = close(town.receive(phone=""), town)
    Case.objects.update(closed_at=datetime(*closed, 2, 0, tzinfo=UTC))
    case.refresh_from_db()
    assert kept_until(case) == date(*last)
    night = datetime(*last, 2, 0, tzinfo=UTC)
    with at(night):
        assert forget_old(by=SYSTEM) == 0
    with at(night + timedelta(days=1)):
        assert forget_old(by=SYSTEM) == 1


def test_what_was_reported_by_phone_alone_is_in_the_copy_keeps_from_erasure_and_goes_with_it(town: Town) -> None:
    """Most report with a code on the phone, before or without an account; it is their matter all the same."""
    case, stranger = town.receive(), town.receive(phone=STRANGER)
    person = account(town)
    assert Reporter.objects.get(case=case).person is None
    assert [line["编号"] for line in queries.copy_for(person)] == [case.reference]
    assert queries.has_open_case(person)
    close(case, town)
    assert not queries.has_open_case(person)
    erase_for(person)
    assert said(case) == ("", "", "", None)
    assert said(stranger)[1] == STRANGER


def test_a_phone_that_two_share_erases_only_the_own_matters(town: Town) -> None:
    daughter, mother = account(town), enter(town, phone=STRANGER)
    case = town.receive(person=mother)
    erase_for(daughter)
    assert said(case)[3] == mother.pk
