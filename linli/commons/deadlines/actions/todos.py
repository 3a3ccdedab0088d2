"""Opening and closing to-dos, and chasing those whose time is up."""

from contextlib import suppress
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Model, Q

from linli.commons.calendar.models import Calendar, Days, Term, Unit, reckon
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.models.todo import OVERDUE
from linli.commons.deadlines.queries import owed_by
from linli.ground.authority.actors import Actor
from linli.ground.core import clock as city_clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.core.registry import ref
from linli.ground.database.prepared import Prepared
from linli.ground.database.writing import insert, keep_ours
from linli.ground.organisations.models import Body

BATCH: Final = 500
_WAITING: Final = Prepared(
    lambda about: Todo.objects.open().filter(about=about).select_for_update().order_by("pk"), about="a matter"
)
TO_LOOK_INTO: Final = 1  # working days that the body above has to look into an overdue act


@transaction.atomic(savepoint=False)
def open_todo(
    *,
    about: Model | str,
    verb: str,
    title: str,
    body: Body,
    by: Actor,
    due_at: datetime | None = None,
    clock: Clock | None = None,
    place_path: str | None = None,
    escalates_at: datetime | None = None,
) -> Todo:
    """Make an act owed by a body, until `due_at` or as long as its `clock` runs; the open one where there is one already.

    `place_path` is where it is to be done: the body's place unless a grid is named; `escalates_at` from when on the body above
    is told, where that is not as soon as it is overdue. Raises ValueError without date and clock.
    """
    until = clock.due_at if clock else due_at
    if until is None:
        raise ValueError("a to-do needs a date or a clock")
    matter = about if isinstance(about, str) else ref(about)
    path = body.place_path if place_path is None else place_path
    wanted = Todo(about=matter, verb=verb, title=title, body=body, place_path=path, clock=clock, due_at=until)
    wanted.escalates_at = escalates_at
    while not _inserted(wanted):
        if (found := owed_by(body.pk, verb, about=matter)) is not None:
            return found
    data = {"verb": verb, "about": matter, "due_at": until}
    record("deadlines.todo.open", wanted, by=by, place_path=path, data=data)
    return wanted


@transaction.atomic(savepoint=False)
def close_todos(*, about: Model | str, by: Actor, verb: str | None = None, body: Body | None = None) -> int:
    """Tick off the open to-dos of a matter (of one verb, of one body) and what was escalated from them; return how many."""
    matter = about if isinstance(about, str) else ref(about)
    waiting = _WAITING(about=matter)
    keep_ours(waiting)
    closing = [todo for todo in waiting if verb in {None, todo.verb} and (body is None or todo.body_id == body.pk)]
    left = {todo.verb for todo in waiting if todo not in closing}
    above = {todo.verb + OVERDUE for todo in closing if todo.verb not in left}
    closing += [todo for todo in waiting if todo.verb in above and todo not in closing]
    for todo in closing:
        todo.close(by=by)
    return len(closing)


@transaction.atomic(savepoint=False)
def urge(todo: Todo, *, body: int, by: Actor) -> None:
    """Urge the body that owes an overdue act (督办): a term of a working day begins, then the body above is told again.

    `body` urges: its own looking into the act is ticked off with that of the bodies below it, which were told before.
    Raises Refused for an act that is done.
    """
    todo.urge(until=_working_days_on(todo.place_path, TO_LOOK_INTO, city_clock.now()), by=by)
    looking = list(Todo.objects.urging(todo.verb).filter(about=todo.about).select_for_update().order_by("pk"))
    told = max((one.pk for one in looking if one.body_id == body), default=0)
    for one in looking:
        if one.pk <= told:
            one.close(by=by)


def chase(*, by: Actor) -> tuple[int, int]:
    """Remind of what is due by the end of the next working day and escalate what is overdue; each once. Return both counts."""
    return _remind_all(by), _escalate_all(by)


def _inserted(todo: Todo) -> bool:
    """Open a to-do; False where somebody else opened it in this moment."""
    todo.opened_at = city_clock.now()
    todo.is_waiting = bool(todo.clock and todo.clock.paused_at)
    return insert(todo, skip_conflict=True)


def _remind_all(by: Actor) -> int:
    """Remind place by place, since the next working day differs where a place has a calendar of its own; lower places first.

    What was opened today is news enough.
    """
    now, count, done = city_clock.now(), 0, Q(pk__in=[])
    fresh = Q(opened_at__date=city_clock.today())
    for calendar in Calendar.objects.under("").reverse():
        here = Q(place_path__startswith=calendar.place_path)
        soon = _working_days_on(calendar.place_path, 1, now)
        waiting = (
            Todo.objects.counting()
            .filter(here, reminded_at__isnull=True, due_at__gte=now, due_at__lte=soon)
            .exclude(done | fresh)
        )
        while batch := list(waiting.order_by("due_at", "pk")[:BATCH]):
            for todo in batch:
                with suppress(Refused):  # done in this moment
                    todo.remind(by=by)
            count += len(batch)
        done |= here
    return count


def _escalate_all(by: Actor) -> int:
    """Escalate what is overdue, the longest first."""
    count = 0
    late = Todo.objects.to_escalate().select_related("body__parent__place", "clock")
    while batch := list(late.order_by("due_at", "pk")[:BATCH]):
        for todo in batch:
            with suppress(Refused):
                _escalate(todo, by)
        count += len(batch)
    return count


@transaction.atomic
def _escalate(todo: Todo, by: Actor) -> None:
    """Note it, and let the body above look into it: overdue since the same moment, whoever looks."""
    above = todo.body.parent
    todo.escalate(by=by)
    if above is not None:
        open_todo(
            about=todo.about,
            verb=todo.verb if todo.is_urging else todo.verb + OVERDUE,
            title=todo.title,
            body=above,
            due_at=todo.due_at,
            clock=todo.clock,
            by=by,
            place_path=todo.place_path,
            escalates_at=_working_days_on(todo.place_path, TO_LOOK_INTO, city_clock.now()),
        )


def _working_days_on(place_path: str, amount: int, now: datetime) -> datetime:
    term = Term(now, amount, Unit.WORKING_DAY)
    return reckon(term, Days(place_path, term.first)).due_at
