"""The life of an application beyond its own row: clocks, to-dos, the one notice, papers. Each action is one transaction."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from django.db import IntegrityError, transaction

from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo, start_clock
from linli.commons.files.models import File
from linli.commons.guides.models import Mode
from linli.flows.services import queries
from linli.flows.services.models import Application, Notice, Outcome, Paper, Rating, Satisfied, Statement
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.rulebook.queries import rule

from .intake import keep_papers, wait_for_acceptance

BATCH: Final = 200
ALONG: Final[list[Callable[[Application, Actor], None]]] = []
"""What apps above do in the transaction in which an application is accepted; they add theirs in `ready()`."""


@transaction.atomic
def ask_papers(one: Application, *, gaps: Mapping[int, str], text: str = "", by: Actor) -> None:
    """Name all gaps at once, by the positions of the papers; raises Refused for a second notice, or for one that names none."""
    one.lock()
    if Notice.objects.filter(application=one).exists() or not (text or any(gaps.values())):
        raise Refused(one, "ask_papers")
    one.ask_papers(by=by)
    for paper in one.papers.filter(waived_why="", position__in=gaps):
        paper.gap = gaps[paper.position]
        paper.is_given = paper.is_given and not paper.gap
        paper.save(update_fields=["gap", "is_given"])
    try:
        with transaction.atomic():
            Notice.objects.create(application=one, text=text, at=clock.now(), post=by.post_ref)
    except IntegrityError as error:  # pragma: no cover (the lock above comes first; the database has the last word)
        raise Refused(one, "ask_papers") from error
    _end_waiting(one, by)


@transaction.atomic
def complete(one: Application, *, files: Mapping[int, Sequence[File]] | None = None, text: str = "", by: Actor) -> None:
    """Take in what was missing, by the positions of the papers, or all of it by a word; the time to accept begins anew."""
    one.complete(by=by)
    lacking = Paper.objects.filter(application=one).exclude(gap="")
    (lacking if text else lacking.filter(position__in=files or {})).update(is_given=True)
    keep_papers(one, files or {}, by=by)
    _say(one, Statement.Kind.COMPLETE, text, by)
    wait_for_acceptance(one, by=by)


@transaction.atomic
def accept(one: Application, *, by: Actor) -> None:
    """Take the application on; the time for the decision begins."""
    one.accept(decider=queries.decider_of(one), by=by)
    _begin_deciding(one, by)


def deem_accepted(*, by: Actor) -> int:
    """Count as accepted what nobody has answered in time, a bounded number at once; return how many (行政许可法 art. 32)."""
    done = 0
    for one in queries.to_deem_accepted()[:BATCH]:
        with suppress(Refused), transaction.atomic():  # answered in this moment
            one.deem_accepted(decider=queries.decider_of(one), by=by)
            _begin_deciding(one, by)
            done += 1
    return done


def _begin_deciding(one: Application, by: Actor) -> None:
    """Start the time for the decision: what the item promised, or what the law allows where that is shorter (art. 42)."""
    _end_waiting(one, by)
    limit = queries.limit_of(one)
    running = start_clock(
        about=one,
        name=queries.DECIDE,
        amount=limit.amount,
        unit=limit.unit,
        place_path=one.place_path,
        rule_ref=limit.rule_ref,
        since=one.accepted_at,
        by=by,
    )
    open_todo(about=one, verb=queries.DECIDE, title=one.title, body=one.decider or one.handler, clock=running, by=by)
    for act in ALONG:
        act(one, by)


@transaction.atomic
def extend(one: Application, *, text: str, by: Actor) -> None:
    """Give the decision more time by rule, once; the applicant is told why (art. 42). Raises Refused a second time or when it is over."""
    one.lock()
    running = queries.clock_of(one)
    if one.extended_at or running.due_at < clock.now():
        raise Refused(one, "extend")
    one.extend(by=by)
    more = rule(queries.EXTEND_DAYS, place_path=one.place_path)
    running.extend(amount=more.number, reason=queries.EXTENDED, by=by)
    _say(one, Statement.Kind.EXTEND, text, by)


@transaction.atomic
def decide(one: Application, *, outcome: Outcome, reason: str, by: Actor) -> None:
    """Grant or refuse; a refusal carries its remedies in the words of today's law. Then the result is to be handed out.

    Raises Refused as long as somebody has to be heard first.
    """
    one.lock()
    if queries.is_held(one):
        raise Refused(one, "decide")
    running = queries.clock_of(one)
    remedies = queries.remedies(one) if outcome == Outcome.REFUSED else ""
    one.decide(outcome=outcome, reason=reason, remedies=remedies, rule_ref=running.rule_ref, by=by)
    _end_waiting(one, by)
    limit = rule(queries.DELIVER_DAYS, place_path=one.place_path)
    due_at = due(clock.now(), limit.number, limit.unit, one.place_path).due_at
    open_todo(about=one, verb=queries.DELIVER, title=one.title, body=one.handler, due_at=due_at, by=by)


@transaction.atomic
def deliver(one: Application, *, by: Actor) -> None:
    """Hand the result out."""
    one.deliver(by=by)
    close_todos(about=one, by=by)


@transaction.atomic
def settle(one: Application, *, by: Actor) -> None:
    """Accept, grant and hand out at the desk in one go (即办); raises Refused for an item that is not done on the spot."""
    if one.item.mode != Mode.IMMEDIATE:
        raise Refused(one, "settle")
    accept(one, by=by)
    decide(one, outcome=Outcome.GRANTED, reason="", by=by)
    deliver(one, by=by)


@transaction.atomic
def withdraw(one: Application, *, text: str = "", by: Actor) -> None:
    """Take the application back before it is decided."""
    one.withdraw(by=by)
    _say(one, Statement.Kind.WITHDRAW, text, by)
    _end_waiting(one, by)


@transaction.atomic
def rate(one: Application, *, satisfied: Satisfied, remark: str = "", by: Actor) -> None:
    """Take the applicant's judgement down; raises Refused for a second one."""
    one.lock()
    if Rating.objects.filter(application=one).exists():
        raise Refused(one, "rate")
    one.rate(by=by)
    Rating.objects.create(application=one, satisfied=satisfied, remark=remark, at=clock.now(), by=by.ref)


def _end_waiting(one: Application, by: Actor) -> None:
    """Nobody is waited for any more: stop the clock that runs, tick the to-dos off."""
    for running in queries.running(one):
        running.stop(by=by)
    close_todos(about=one, by=by)


def _say(one: Application, kind: Statement.Kind, text: str, by: Actor) -> None:
    if text:
        Statement.objects.create(application=one, kind=kind, text=text, at=clock.now(), post=by.post_ref)
