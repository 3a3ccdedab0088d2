"""An application from receipt to rating: papers, the one notice, clocks, to-dos, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.commons.deadlines.models import Clock, Todo
from linli.flows.services import actions, queries
from linli.flows.services.models import Application, ApplicationStatus, Notice, Outcome, Paper, Rating, Satisfied
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.rulebook.queries import rule

from .conftest import LOW, MONDAY, SPOT, Desk


def verbs(one: Application) -> list[str]:
    events = Event.objects.filter(subject=ref(one)).order_by("pk")
    return [event.verb.rpartition(".")[2] for event in events]


def owed(one: Application) -> list[str]:
    return list(Todo.objects.open().filter(about=ref(one)).values_list("verb", flat=True))


def test_an_application_has_its_handler_papers_clock_and_to_do_at_once(desk: Desk) -> None:
    one = desk.receive()
    papers = {paper.name: (paper.is_given, bool(paper.waived_why)) for paper in one.papers.all()}
    assert papers == {
        "临时救助申请表": (True, False),
        "遭遇困难的说明或者票据": (False, False),
        "居民身份证": (False, True),
    }
    running = queries.clock_of(one)
    assert (one.handler.kind.code, one.item_version, running.name, running.amount) == (
        "workstation",
        1,
        "services.accept",
        5,
    )
    assert (localdate(running.due_at).isoformat(), owed(one)) == ("2026-09-20", ["services.accept"])
    assert verbs(one) == ["receive"]


def test_pressed_twice_it_is_one(desk: Desk) -> None:
    first, again, other = (desk.receive(sending=sending) for sending in ("a", "a", "b"))
    assert (first.pk == again.pk, first.pk == other.pk) == (True, False)


def test_the_whole_life(desk: Desk) -> None:
    one, worker = desk.receive(), desk.worker
    actions.ask_papers(one, gaps={2: "票据不清楚"}, by=worker)
    assert (one.status, owed(one), list(queries.running(one))) == (ApplicationStatus.RETURNED, [], [])
    actions.complete(one, text="已重新上传", by=desk.resident)
    assert owed(one) == ["services.accept"]
    assert one.papers.get(position=2).is_given
    actions.accept(one, by=worker)
    running = queries.clock_of(one)
    assert (running.amount, running.rule_ref) == (10, f"guides.item:{one.item_id}@1")
    assert owed(one) == ["services.decide"]
    actions.decide(one, outcome=Outcome.GRANTED, reason="", by=worker)
    assert (one.rule_ref, owed(one)) == (running.rule_ref, ["services.deliver"])
    actions.deliver(one, by=worker)
    actions.rate(one, satisfied=Satisfied.YES, remark="很快", by=desk.resident)
    assert (one.status, owed(one), list(queries.running(one))) == (ApplicationStatus.DELIVERED, [], [])
    assert verbs(one) == ["receive", "ask_papers", "complete", "accept", "decide", "deliver", "rate"]
    told = [str(one.words) for one in queries.facts_of(one)["timeline"]]
    assert told == ["收到申请", "一次性告知补正内容", "已补正材料", "已受理", "作出决定", "送达结果", "申请人已评价"]


def test_the_gaps_are_named_once_and_the_database_holds_to_it(desk: Desk) -> None:
    one, worker = desk.receive(), desk.worker
    with pytest.raises(Refused):
        actions.ask_papers(one, gaps={}, by=worker)
    actions.ask_papers(one, gaps={2: "没有票据", 3: "不能要"}, text="没有签名", by=worker)
    assert list(one.papers.exclude(gap="").values_list("position", flat=True)) == [2]
    actions.complete(one, text="已交", by=desk.resident)
    with pytest.raises(Refused):
        actions.ask_papers(one, gaps={1: "还缺"}, by=worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(application=one, text="again", at=clock.now())
    with pytest.raises(IntegrityError, match="what_is_waived_cannot_be_missing"), transaction.atomic():
        Paper.objects.filter(application=one, position=3).update(gap="缺")


def test_a_refusal_has_its_reason_and_remedies(desk: Desk) -> None:
    one = desk.receive()
    actions.accept(one, by=desk.worker)
    with pytest.raises(IntegrityError, match="refused_with_reason_and_remedies"), transaction.atomic():
        actions.decide(one, outcome=Outcome.REFUSED, reason="", by=desk.worker)
    one = Application.objects.get(pk=one.pk)
    actions.decide(one, outcome=Outcome.REFUSED, reason="收入高于标准。", by=desk.worker)
    assert "60 日内申请行政复议" in one.remedies
    assert "6 个月内" in one.remedies


def test_nobody_answered_in_time_so_it_counts_as_accepted_since_the_papers_came(desk: Desk) -> None:
    late, answered, fresh = desk.receive(), desk.receive(), desk.receive()
    actions.accept(answered, by=desk.worker)
    with clock.stopped_at(queries.clock_of(late).due_at):
        assert actions.deem_accepted(by=SYSTEM) == 0
    with clock.stopped_at(queries.clock_of(late).due_at + timedelta(seconds=1)):
        Clock.objects.filter(about=ref(fresh)).update(due_at=clock.now() + timedelta(days=1))
        assert [actions.deem_accepted(by=SYSTEM) for _turn in range(2)] == [1, 0]
    one = Application.objects.get(pk=late.pk)
    assert (one.status, one.is_deemed, one.accepted_at, one.accepted_by) == (
        ApplicationStatus.ACCEPTED,
        True,
        MONDAY,
        "system",
    )
    assert (queries.clock_of(one).started_at, owed(one)) == (MONDAY, ["services.decide"])
    assert verbs(one) == ["receive", "deem_accepted"]


def test_more_time_is_given_once_and_only_before_it_is_over(desk: Desk) -> None:
    one = desk.receive(LOW)
    actions.accept(one, by=desk.worker)
    before = queries.clock_of(one)
    assert (before.amount, before.rule_ref) == (20, rule(queries.DECIDE_DAYS).version_ref)
    actions.extend(one, text="要向外地核实", by=desk.town.actor("officer"))
    assert (queries.clock_of(one).extended, queries.clock_of(one).due_at > before.due_at) == (10, True)
    with pytest.raises(Refused):
        actions.extend(one, text="再延", by=desk.town.actor("officer"))
    other = desk.receive(LOW)
    actions.accept(other, by=desk.worker)
    with clock.stopped_at(before.due_at + timedelta(days=40)), pytest.raises(Refused):
        actions.extend(other, text="晚了", by=desk.town.actor("officer"))


def test_what_is_done_on_the_spot_goes_in_one_step(desk: Desk) -> None:
    one = desk.receive(SPOT)
    actions.settle(one, by=desk.worker)
    assert verbs(one) == ["receive", "accept", "decide", "deliver"]
    assert (one.rule_ref, owed(one)) == (rule(queries.SPOT_DAYS).version_ref, [])
    with pytest.raises(Refused):
        actions.settle(desk.receive(), by=desk.worker)


def test_withdrawn_it_waits_for_nobody(desk: Desk) -> None:
    one = desk.receive()
    actions.withdraw(one, text="不办了", by=desk.resident)
    assert (one.status, owed(one), list(queries.running(one))) == (ApplicationStatus.WITHDRAWN, [], [])
    with pytest.raises(Refused):
        actions.accept(one, by=desk.worker)


def test_judged_once(desk: Desk) -> None:
    one = desk.receive(SPOT)
    actions.settle(one, by=desk.worker)
    actions.rate(one, satisfied=Satisfied.NO, by=desk.resident)
    with pytest.raises(Refused):
        actions.rate(one, satisfied=Satisfied.YES, by=desk.resident)
    assert Rating.objects.get(application=one).satisfied == "no"


def test_two_workers_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    one = desk.receive()
    first, second = (Application.objects.get(pk=one.pk).as_seen(1) for _ in range(2))
    actions.accept(first, by=desk.worker)
    with pytest.raises(Conflict):
        actions.ask_papers(second, gaps={2: "缺"}, by=desk.worker)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"status": "accepted"}, "application_status_has_its_time"),
        ({"status": "decided", "accepted_at": MONDAY, "accepted_by": "x"}, "application_status_has_its_time"),
        ({"returned_at": MONDAY}, "application_returned_by_somebody"),
        ({"outcome": 1}, "refused_with_reason_and_remedies"),
        ({"is_deemed": True}, "only_accepted_is_deemed"),
        (
            {"status": "accepted", "accepted_at": MONDAY - timedelta(1), "accepted_by": "x"},
            "application_in_order",
        ),
    ],
)
def test_the_database_refuses_an_application_that_makes_no_sense(
    desk: Desk, wrong: dict[str, object], constraint: str
) -> None:
    one = desk.receive()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Application.objects.filter(pk=one.pk).update(**wrong)


def test_without_a_body_above_the_place_nothing_is_taken_in(desk: Desk) -> None:
    for body in desk.town.bodies.values():
        type(body).objects.filter(pk=body.pk).update(ended_on=localdate(MONDAY))
    with pytest.raises(actions.NoHandler):
        desk.receive()
    assert not Application.objects.exists()


def test_an_application_is_called_by_its_reference_and_a_paper_by_its_name(desk: Desk) -> None:
    one = desk.receive()
    paper = one.papers.all()[0]
    assert (str(one), str(paper)) == (one.reference, paper.name)
