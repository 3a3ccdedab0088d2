"""A round of a case: its clock, what its lead owes, and what other apps do along with its steps."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from linli.commons.calendar.models import Days
from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo, start_clock, stop_clock
from linli.commons.deadlines.queries import Standing
from linli.flows.cases import queries
from linli.flows.cases.models import Case
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule, rules

ACCEPT: Final = "cases.accept.limit"
Round = tuple[RuleVersion, datetime, Days]
"""The rule of the time limit, until when to accept, and the place's calendar."""
Along = Callable[[Case, Actor], object]
_along: dict[str, list[Along]] = {}


def round_at(case: Case) -> Round:
    """Return how a round that begins now runs: read before anything is written, so that all is written together."""
    path = case.place.path
    known, days = rules(case.category.rule, ACCEPT, place_path=path), Days(path, clock.today())
    limit, first = known[case.category.rule], known[ACCEPT]
    return limit, due(clock.now(), first.number, first.unit, path, days=days).due_at, days


def begin_round(case: Case, start: Round, by: Actor) -> None:
    """Start the clock of the answer, as long as the urgency of its category says, and wait for the lead to accept."""
    limit, accept_by, days = start
    running = start_clock(
        about=case,
        name=queries.ANSWER,
        amount=limit.number,
        unit=limit.unit,
        place_path=case.place.path,
        rule_ref=limit.version_ref,
        days=days,
        by=by,
    )
    case.standing = Standing(running.due_at)  # known without asking: nothing is overdue yet
    open_todo(about=case, verb="cases.accept", title=case.title, body=case.lead, due_at=accept_by, by=by)


def end_round(verb: str, case: Case, by: Actor) -> None:
    """Stop its clock with the step that ends it; nothing is owed any more, by the lead or by others."""
    stop_clock(about=case, by=by)
    close_todos(about=case, by=by)
    go_along(verb, case, by)


def owe_acceptance(case: Case, by: Actor) -> None:
    """Wait for the lead to accept."""
    path = case.place.path
    first = rule(ACCEPT, place_path=path)
    due_at = due(clock.now(), first.number, first.unit, path).due_at
    open_todo(about=case, verb="cases.accept", title=case.title, body=case.lead, due_at=due_at, by=by)


def owe_answer(case: Case, by: Actor) -> None:
    """Wait for the lead to answer, as long as the clock runs."""
    open_todo(about=case, verb="cases.answer", title=case.title, body=case.lead, clock=queries.clock_of(case), by=by)


def along(verb: str, act: Along) -> None:
    """Let an app do its part in the transaction of a step of a case; called in its `ready()`."""
    _along.setdefault(verb, []).append(act)


def go_along(verb: str, case: Case, by: Actor) -> None:
    """Do what other apps do along with a step."""
    for act in _along.get(verb, []):
        act(case, by)
