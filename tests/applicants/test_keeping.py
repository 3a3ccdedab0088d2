"""How long an application says who made it: five years after its end, a phone without an account a year, and never under a hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from faults.papers import picture
from services.conftest import MONDAY, PHONE, Desk

from linli.commons.files.actions import attach
from linli.commons.files.models import File
from linli.flows.applicants import queries, tasks
from linli.flows.applicants.actions import erase_for, forget_old
from linli.flows.services import actions
from linli.flows.services.models import Applicant, Application
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.people.models import Account, Person
from linli.ground.residents import actions as residents
from linli.ground.residents import personal_data
from linli.ground.residents.models import HoldBasis
from linli.ground.rulebook.models import Rule, RuleVersion
from tests.factories.races import just_before

FIVE_YEARS_ON = datetime(2031, 9, 14, 18, 0, tzinfo=UTC)
"""Two o'clock in the night after the fifth anniversary of the day on which it was withdrawn."""
A_YEAR_ON = MONDAY + timedelta(days=366)
OTHER = "13904730055"


def ended(desk: Desk, **changed: object) -> Application:
    """An application with an upload, withdrawn with a word."""
    one = desk.receive(**changed)
    upload = picture()
    assert isinstance(upload, SimpleUploadedFile)
    attach(about=one.papers.get(position=1), upload=upload, by=desk.resident)
    actions.ask_papers(one, gaps={2: "张女士的票据"}, by=desk.worker)
    actions.withdraw(one, text="我自己的原因", by=desk.resident)
    return one


def said(one: Application) -> tuple[str, str, str, int | None]:
    found = Applicant.objects.get(application=one)
    return found.name, found.phone, found.contact, found.person_id


def left_of(one: Application) -> tuple[int, int, int]:
    """How many uploads, gaps and words an application still has."""
    papers = [f"services.paper:{paper.pk}" for paper in one.papers.all()]
    files = File.objects.filter(about__in=papers).count()
    return files, one.papers.exclude(gap="").count(), one.statements.exclude(text="").count()


def hold(person: Person) -> None:
    review = clock.today() + timedelta(days=30)
    residents.hold(person, basis=HoldBasis.LAWSUIT, reason="法院来函", review_on=review, by=SYSTEM)


def person_of(desk: Desk) -> Person:
    person = desk.account.person
    assert person is not None
    return person


def test_five_years_after_its_end_an_application_forgets_who_made_it(desk: Desk) -> None:
    one = ended(desk)
    with clock.stopped_at(FIVE_YEARS_ON - timedelta(days=1)):
        assert forget_old(by=SYSTEM) == 0
    with clock.stopped_at(FIVE_YEARS_ON):
        tasks.forget(0)
        assert forget_old(by=SYSTEM) == 0
    assert (said(one), left_of(one)) == (("", "", "", None), (0, 0, 0))
    event = Event.objects.get(verb="services.application.forget")
    assert (event.subject, event.actor) == (f"services.application:{one.pk}", "system")


def test_one_that_was_handed_out_is_forgotten_by_the_same_years(desk: Desk) -> None:
    one = desk.receive()
    actions.accept(one, by=desk.worker)
    with clock.stopped_at(FIVE_YEARS_ON):
        assert forget_old(by=SYSTEM) == 0  # not ended
    actions.decide(one, outcome=1, reason="", by=desk.worker)
    actions.deliver(one, by=desk.worker)
    with clock.stopped_at(FIVE_YEARS_ON):
        assert forget_old(by=SYSTEM) == 1
    assert said(one) == ("", "", "", None)


def test_a_year_on_the_phone_of_somebody_without_an_account_is_forgotten(desk: Desk) -> None:
    theirs, mine = ended(desk, phone=OTHER, person=None), ended(desk)
    with clock.stopped_at(A_YEAR_ON):
        assert forget_old(by=SYSTEM) == 1
    assert (said(theirs)[:3], said(mine)[1]) == (("张女士", "", ""), PHONE)
    assert left_of(theirs) == (1, 1, 1)


def test_a_phone_stays_while_a_younger_application_has_it(desk: Desk) -> None:
    ended(desk, phone=OTHER, person=None)
    with clock.stopped_at(A_YEAR_ON - timedelta(days=30)):
        ended(desk, phone=OTHER, person=None)
    with clock.stopped_at(A_YEAR_ON):
        assert forget_old(by=SYSTEM) == 0


def test_what_is_kept_by_law_stays_also_when_the_hold_comes_in_the_very_moment(desk: Desk) -> None:
    one = ended(desk)
    with clock.stopped_at(FIVE_YEARS_ON), just_before("FOR UPDATE", lambda: hold(person_of(desk))):
        assert forget_old(by=SYSTEM) == 0
    with clock.stopped_at(FIVE_YEARS_ON):
        assert queries.applications_to_forget().exists() is False
    assert said(one)[0] == "张女士"


@pytest.mark.parametrize("by_phone", [True, False])
def test_nobody_is_forgotten_whom_a_desk_must_still_answer(desk: Desk, *, by_phone: bool) -> None:
    ended(desk, **({"person": None} if by_phone else {"phone": ""}))
    desk.receive(**({"person": None} if by_phone else {"phone": ""}))
    Account.objects.update(is_active=False)
    with clock.stopped_at(FIVE_YEARS_ON):
        assert forget_old(by=SYSTEM) == 0


def test_a_place_with_a_rule_of_its_own_forgets_by_it(desk: Desk) -> None:
    here, there = ended(desk), ended(desk, place=desk.town.places["150302007001"])
    rule = Rule.objects.get(key=queries.YEARS)
    version = {"value": "1", "mark": "LOCAL", "law": "本市约定", "statement": "保存{value}。", "reason": "议定"}
    moments = {"effective_from": date(2026, 1, 1), "set_by": "people.account:1", "set_at": MONDAY}
    RuleVersion.objects.create(rule=rule, jurisdiction="150302006", **version, **moments)
    with clock.stopped_at(A_YEAR_ON):
        assert forget_old(by=SYSTEM) == 1
    assert (said(here)[0], said(there)[0]) == ("", "张女士")


def test_a_person_gets_a_copy_and_is_taken_off_when_nothing_is_open(desk: Desk) -> None:
    person, running = person_of(desk), desk.receive()
    copy = next(rows for label, rows in personal_data.collect_all(person) if label == "我申请的办件")
    assert (copy[0]["编号"], copy[0]["手机号"]) == (running.reference, PHONE)
    assert "我申请的办件" in personal_data.open_matters(person)
    actions.withdraw(running, by=desk.resident)
    one = ended(desk)
    assert not queries.has_open_application(person)
    erase_for(person)
    assert (said(one), said(running)) == (("", "", "", None), ("", "", "", None))
    assert (Applicant.objects.get(application=one).masked_phone, left_of(one)) == ("", (0, 0, 0))


def test_two_entries_of_one_person_take_their_applications_along(db: None) -> None:
    assert "services.applicant.person" in personal_data.columns()
