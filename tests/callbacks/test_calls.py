"""After the answer the office above calls back: three questions, once a round, whichever way; who cannot be reached is let be."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, PHONE, Town, visitor
from django.db import IntegrityError, transaction

from linli.commons.deadlines.models import Todo
from linli.flows.callbacks import actions, queries, rules
from linli.flows.callbacks.models import Exclusion, Reason
from linli.flows.cases import actions as cases
from linli.flows.cases.models import CallBack, Case, Missed, Status, Way
from linli.flows.cases.queries import clock_of
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body

from .conftest import ANGRY, CONTENT, answered


def owed(case: Case) -> list[str]:
    return sorted(Todo.objects.open().filter(about=ref(case)).values_list("verb", flat=True))


def test_the_office_above_the_lead_is_to_call_back_within_three_working_days(town: Town) -> None:
    case = answered(town)
    todo = Todo.objects.open().get(about=ref(case), verb="cases.call_back")
    assert todo.body == town.bodies["subdistrict_office", "150302006"]
    assert f"{todo.due_at:%m-%d}" == "09-17"
    may = [name for name in ("worker", "mate", "officer", "outsider") if rules.may_call_back(town.actor(name), case)]
    assert may == ["officer"], "nobody is their own judge"


def test_where_nothing_stands_above_the_lead_the_resident_alone_judges(town: Town) -> None:
    case = answered(town, place=town.west)
    assert owed(case) == ["cases.close"]
    actions.rate(case, **CONTENT, by=town.resident)
    assert case.ratings[0].way == Way.SELF


def test_what_the_resident_says_counts_once_whichever_way(town: Town) -> None:
    case = answered(town)
    actions.call_back(case, way=Way.PHONE, **CONTENT, by=town.actor("officer"))
    assert owed(case) == ["cases.close"]
    [heard] = CallBack.objects.filter(case=case)
    assert (heard.round, heard.lead, heard.by, heard.post) == (
        1,
        case.lead,
        town.actor("officer").ref,
        town.actor("officer").post_ref,
    )
    with pytest.raises(Refused):
        actions.rate(case, **CONTENT, by=town.resident)
    with pytest.raises(Refused):
        actions.call_back(case, way=Way.PHONE, **CONTENT, by=town.actor("officer"))
    with pytest.raises(Refused):
        actions.miss(case, way=Way.PHONE, missed=Missed.OFF, by=town.actor("officer"))
    with pytest.raises(IntegrityError), transaction.atomic():
        case.call_back(heard=CallBack(way=Way.PHONE, **CONTENT), by=town.actor("officer"))


def test_nothing_is_asked_before_there_is_an_answer(town: Town) -> None:
    case = town.receive()
    with pytest.raises(Refused):
        actions.call_back(case, way=Way.PHONE, **CONTENT, by=town.actor("officer"))


def test_what_is_not_solved_is_reopened_at_once_with_the_resident_s_words(town: Town) -> None:
    case = answered(town)
    first = clock_of(case)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        actions.call_back(case, way=Way.PHONE, **ANGRY, reopen=True, by=town.actor("officer"))
        assert (case.status, case.round, owed(case)) == (Status.RECEIVED, 2, ["cases.accept"])
        assert clock_of(case).started_at == clock.now() > first.started_at
    page = visitor(PHONE).get(f"/cases/{case.reference}/").text
    assert page.count(ANGRY["remark"]) == 2, "as what was said, and as the reason"


def test_only_what_is_not_solved_is_reopened_and_only_while_it_may_be(town: Town) -> None:
    case = answered(town)
    with pytest.raises(Refused):
        actions.call_back(case, way=Way.PHONE, **CONTENT, reopen=True, by=town.actor("officer"))
    with clock.stopped_at(MONDAY + timedelta(days=40)), pytest.raises(Refused):
        actions.call_back(case, way=Way.PHONE, **ANGRY, reopen=True, by=town.actor("officer"))
    assert not CallBack.objects.exists()


def test_after_calls_on_three_days_the_resident_counts_as_unreached(town: Town) -> None:
    case, officer = answered(town), town.actor("officer")
    for hours in (1, 2, 24):
        with clock.stopped_at(MONDAY + timedelta(hours=hours)):
            actions.miss(case, way=Way.PHONE, missed=Missed.NO_ANSWER, by=officer)
    assert ("cases.call_back" in owed(case), Exclusion.objects.exists()) == (True, False), (
        "two calls on a day are one day"
    )
    with clock.stopped_at(MONDAY + timedelta(hours=48)):
        actions.miss(case, way=Way.PHONE, missed=Missed.OFF, by=officer)
    assert owed(case) == ["cases.close"]
    assert list(CallBack.objects.filter(case=case).values_list("is_counted", flat=True)) == [False, False, False, True]
    out = Exclusion.objects.standing().get(case=case, round=1)
    assert (out.reason, out.post) == (Reason.UNREACHED, officer.post_ref)
    actions.miss(case, way=Way.PHONE, missed=Missed.WRONG, by=officer)
    assert CallBack.objects.filter(is_counted=True).count() == Exclusion.objects.count() == 1


@pytest.mark.parametrize("missed", [Missed.WRONG, Missed.REFUSED, Missed.NO_PHONE])
def test_who_cannot_or_does_not_wish_to_be_reached_is_not_called_again(town: Town, missed: Missed) -> None:
    case = answered(town)
    actions.miss(case, way=Way.PHONE, missed=missed, by=town.actor("officer"))
    assert owed(case) == ["cases.close"]


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_a_judgement_that_comes_after_all_counts_in_the_place_of_unreached(town: Town, is_taken_back: bool) -> None:
    case = answered(town)
    actions.miss(case, way=Way.PHONE, missed=Missed.WRONG, by=town.actor("officer"))
    if is_taken_back:
        Exclusion.objects.update(included_at=clock.now())
    actions.rate(case, **ANGRY, by=town.resident)
    assert [one.way for one in CallBack.objects.filter(is_counted=True)] == [Way.SELF]
    assert not Exclusion.objects.standing().exists()
    assert Exclusion.objects.count() == 1, "it stays on the record"


def test_a_round_that_was_left_out_beforehand_is_left_out_once(town: Town) -> None:
    case = answered(town)
    Exclusion.objects.create(case=case, round=1, reason=Reason.OUTSIDE, text="不属于社区职责。")
    actions.miss(case, way=Way.PHONE, missed=Missed.WRONG, by=town.actor("officer"))
    assert [one.reason for one in Exclusion.objects.all()] == [Reason.OUTSIDE]


def test_closing_does_not_spare_the_lead_the_call(town: Town) -> None:
    case = answered(town)
    cases.close(case, text="居民没有异议。", by=town.actor("worker"))
    assert owed(case) == ["cases.call_back"]
    actions.call_back(case, way=Way.DESK, **CONTENT, by=town.actor("officer"))
    assert (case.status, owed(case)) == (Status.CLOSED, [])


def test_two_who_call_at_once_one_is_told(town: Town) -> None:
    case = answered(town)
    first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    actions.call_back(first.as_seen(case.version), way=Way.PHONE, **CONTENT, by=town.actor("officer"))
    with pytest.raises(Conflict):
        actions.call_back(second.as_seen(case.version), way=Way.PHONE, **ANGRY, by=town.actor("officer"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"missed": "off"},
        {"solved": ""},
        {"contacted": None},
        {"is_counted": False},
        {"way": "letter"},
        {"missed": "off", "contacted": None, "solved": "", "satisfied": "", "way": "self"},
    ],
)
def test_the_database_refuses_what_is_neither_a_judgement_nor_a_missed_call(
    town: Town, wrong: dict[str, object]
) -> None:
    case = answered(town)
    actions.rate(case, **CONTENT, by=town.resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallBack.objects.update(**wrong)


def test_the_lead_that_is_judged_is_the_one_of_that_moment(town: Town) -> None:
    case = answered(town)
    actions.rate(case, **ANGRY, by=town.resident)
    before = case.lead
    Case.objects.filter(pk=case.pk).update(lead=Body.objects.exclude(pk=before.pk).first())
    assert CallBack.objects.get().lead == before


def test_the_queue_has_the_longest_waiting_first_and_not_one_s_own(town: Town) -> None:
    late = answered(town)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        fresh = answered(town, text="垃圾三天没有清运了。")
        actions.miss(late, way=Way.PHONE, missed=Missed.NO_ANSWER, by=town.actor("officer"))
    rows = queries.queue(town.actor("officer")).rows
    assert [(one.case, one.tries) for one in rows] == [(late, 1), (fresh, 0)]
    assert [one.case for one in queries.queue(town.actor("worker")).rows] == []
    assert queries.queue(town.actor("outsider")).rows == []
    assert queries.queue(town.resident).rows == []


def test_an_event_of_a_call_back_says_nothing_of_what_was_said(town: Town) -> None:
    case = answered(town)
    actions.call_back(case, way=Way.PHONE, **ANGRY, by=town.actor("officer"))
    event = Event.objects.get(verb="cases.case.call_back", subject=ref(case))
    assert ANGRY["remark"] not in str(event.data)
