"""A need's life: received with a lead, a clock and a to-do in one go; answered, rated, reopened, closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.commons.deadlines.models import Clock, Todo
from linli.commons.routing.queries import NEAREST, NoLead
from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions, queries
from linli.flows.cases.models import CallBack, Case, Channel, LeadBy, Reporter, Satisfied, Solved, Status, Way
from linli.flows.reporters.actions import erase_for
from linli.flows.reporters.queries import copy_for
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.actions import enter_person
from linli.ground.people.actions.register import Entry
from linli.ground.people.models import Residence, Source

from .conftest import MONDAY, PHONE, TEXT, Town

JUDGEMENT = {"contacted": True, "solved": Solved.YES, "satisfied": Satisfied.YES, "remark": ""}


def open_todos(case: Case) -> list[tuple[str, int]]:
    return list(Todo.objects.open().filter(about=ref(case)).values_list("verb", "body"))


def verbs(case: Case) -> list[str]:
    return list(Event.objects.filter(subject=ref(case)).order_by("pk").values_list("verb", flat=True))


def test_receive_finds_the_lead_starts_the_clock_and_makes_the_todo(town: Town) -> None:
    case = town.receive()
    station = town.bodies["workstation", "150302006001"]
    assert (case.lead, case.lead_by, case.status) == (station, LeadBy.NEAREST, Status.RECEIVED)
    assert "一站式" in case.lead_reason
    assert open_todos(case) == [("cases.accept", station.pk)]
    running = queries.clock_of(case)
    assert (running.amount, running.unit) == (5, "working_day")
    assert running.due_at.isoformat() == "2026-09-20T10:00:00+00:00"  # Sunday, worked for the National Day holiday
    assert verbs(case) == ["cases.case.receive"]
    assert len(case.reference) == 8


def test_what_the_database_refuses_is_not_taken_for_a_second_sending(town: Town) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        town.receive(channel=None, sending="a form")
    assert not Case.objects.exists()


def test_a_place_without_a_body_is_led_by_the_office_above(town: Town) -> None:
    case = town.receive(place=town.west)
    assert (case.lead, case.lead_by) == (town.bodies["subdistrict_office", "150302006"], LeadBy.NEAREST)


def test_without_any_body_nothing_is_taken_in(town: Town) -> None:
    with pytest.raises(NoLead), transaction.atomic():
        town.receive(place=town.places["1503"])
    assert not Case.objects.exists()


def test_a_body_of_every_kind_that_may_lead_has_its_reason() -> None:
    from linli.ground.organisations.queries.bodies import LEADS

    assert set(LEADS) == set(NEAREST)


def test_accept_turns_the_todo_to_answering(town: Town) -> None:
    case = town.receive()
    actions.accept(case, by=town.actor("worker"))
    assert case.status == Status.ACCEPTED
    assert open_todos(case) == [("cases.answer", case.lead_id)]
    todo = Todo.objects.open().get(about=ref(case))
    assert todo.due_at == queries.clock_of(case).due_at


def test_answer_stops_the_clock_and_asks_for_the_call_back(town: Town) -> None:
    case = town.receive()
    actions.accept(case, by=town.actor("worker"))
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        actions.answer(case, text="三盏路灯已经恢复。", by=town.actor("worker"))
        assert queries.clock_of(case).stopped_at == clock.now()
    office = town.bodies["subdistrict_office", "150302006"]
    assert sorted(open_todos(case)) == [("cases.call_back", office.pk), ("cases.close", case.lead_id)]
    assert [one.text for one in case.statements.all()] == ["三盏路灯已经恢复。"]


def test_close_leaves_nothing_to_do_once_the_resident_has_judged(town: Town) -> None:
    case = answered(town)
    actions.close(case, text="居民说亮了。", by=town.actor("worker"))
    assert (case.status, [verb for verb, _body in open_todos(case)]) == (Status.CLOSED, ["cases.call_back"])
    callbacks.rate(case, **JUDGEMENT, by=town.resident)
    assert open_todos(case) == []
    assert verbs(case) == [f"cases.case.{verb}" for verb in ("receive", "accept", "answer", "close", "rate")]


def test_rate_counts_once_a_round(town: Town) -> None:
    case = answered(town)
    callbacks.rate(case, **JUDGEMENT, by=town.resident)
    with pytest.raises(Refused):
        callbacks.rate(case, **JUDGEMENT, by=town.resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.rate(heard=CallBack(way=Way.SELF, **JUDGEMENT), by=town.resident)
    assert CallBack.objects.filter(case=case).count() == 1


def test_reopen_begins_a_round_with_a_clock_of_its_own(town: Town) -> None:
    case = answered(town)
    first = queries.clock_of(case)
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        actions.reopen(case, text="昨晚又不亮了。", by=town.resident)
    assert (case.status, case.round) == (Status.RECEIVED, 2)
    assert (case.accepted_at, case.answered_at, case.closed_at) == (None, None, None)
    assert open_todos(case) == [("cases.accept", case.lead_id)]
    assert queries.clock_of(case) != first
    assert Clock.objects.filter(about=ref(case)).count() == 2


def test_two_officers_at_once_the_second_is_told(town: Town) -> None:
    case = town.receive()
    mine, theirs = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    actions.accept(mine.as_seen(1), by=town.actor("worker"))
    with pytest.raises(Conflict):
        actions.accept(theirs.as_seen(1), by=town.actor("mate"))
    with pytest.raises(Refused):
        actions.accept(theirs, by=town.actor("mate"))


def test_status_cannot_be_set_by_hand(town: Town) -> None:
    case = town.receive()
    with pytest.raises(AttributeError):
        case.status = Status.CLOSED


def test_the_database_refuses_a_status_without_its_time(town: Town) -> None:
    case = town.receive()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=Status.CLOSED)


def test_events_hold_no_words_and_no_personal_data(town: Town) -> None:
    case = answered(town)
    actions.reopen(case, text="昨晚又不亮了。", by=town.resident)
    kept = str(list(Event.objects.values_list("data", flat=True)))
    assert [word for word in (TEXT[:6], "张女士", PHONE, "昨晚", "三盏") if word in kept] == []


def test_erasing_a_person_takes_the_name_off_but_keeps_the_matter(town: Town) -> None:
    person = enter_person(
        Entry(name="张海燕", phone=PHONE, place=town.east, residence=Residence.LIVING, source=Source.DESK), by=SYSTEM
    )
    case = town.receive(person=person, channel=Channel.DESK)
    assert copy_for(person)[0]["编号"] == case.reference
    erase_for(person)
    reporter = Reporter.objects.get(case=case)
    assert (reporter.name, reporter.phone, reporter.contact, reporter.person) == ("", "", "", None)
    assert Case.objects.filter(pk=case.pk).exists()


def answered(town: Town) -> Case:
    case = town.receive()
    actions.accept(case, by=town.actor("worker"))
    actions.answer(case, text="三盏路灯已经恢复。", by=town.actor("worker"))
    return case


def test_who_looked_at_the_reporter_is_on_record_once_a_day(town: Town) -> None:
    case = town.receive()
    for _again in range(2):
        assert actions.unmask(case, by=town.actor("worker")).phone == PHONE
    assert verbs(case).count("cases.case.unmask") == 1
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        actions.unmask(case, by=town.actor("worker"))
    actions.unmask(case, by=town.actor("mate"))
    assert verbs(case).count("cases.case.unmask") == 3
