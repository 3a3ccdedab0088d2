"""How soon to-dos and clocks are due, and how long is left for each, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.commons.calendar.models import Calendar, CalendarDay, Days, OutsideCalendar
from linli.commons.calendar.models.days import lineage
from linli.commons.calendar.models.wording import moment
from linli.commons.deadlines.models import Clock, Todo
from linli.ground.core import clock

WEEK: Final = timedelta(7)


class Urgency(TextChoices):
    """How soon a to-do is due; the groups of the desk, in this order."""

    OVERDUE = "overdue", _("overdue")
    TODAY = "today", _("today")
    WEEK = "week", _("within 7 days")
    LATER = "later", _("later")
    WAITING = "waiting", _("clock standing")


Timed = Todo | Clock
"""What has a date in a place's calendar: an open to-do, a running clock."""


@dataclass(frozen=True)
class Left:
    """How long is left, in words, and the kind that colours it (`c-deadline`): late, soon, ok or wait."""

    text: str
    kind: str


def urgency_of(todo: Timed) -> Urgency:
    """Return how soon an open to-do or a running clock is due."""
    if todo.is_waiting:
        return Urgency.WAITING
    now, today, week = _bounds()
    if todo.due_at < now:
        return Urgency.OVERDUE
    if todo.due_at < today:
        return Urgency.TODAY
    return Urgency.WEEK if todo.due_at < week else Urgency.LATER


def left(things: Iterable[Timed]) -> dict[int, Left]:
    """Return how long is left for each open to-do or clock by key, counted in working days of its place; two queries for any number."""
    todos = list(things)
    today = clock.today()
    calendars = {one.place_path: one.pk for one in Calendar.objects.all()} if todos else {}
    ruling = {
        todo.pk: next(calendars[path] for path in lineage(todo.place_path) if path in calendars) for todo in todos
    }
    days = {timezone.localdate(todo.due_at) for todo in todos} | {today}
    rows = CalendarDay.objects.filter(calendar__in=set(ruling.values()), day__in=days) if todos else []
    numbers = {(row.calendar_id, row.day): row.number for row in rows}
    answer = {}
    for todo in todos:
        due, start = (numbers.get((ruling[todo.pk], day)) for day in (timezone.localdate(todo.due_at), today))
        answer[todo.pk] = _left(todo, due - start if due is not None and start is not None else None)
    return answer


def left_on(thing: Timed, stretch: Days) -> Left:
    """Return how long is left for one to-do or clock, on the stretch of the calendar that its matter's clock is counted on."""
    try:
        days = stretch.number(timezone.localdate(thing.due_at)) - stretch.number(max(clock.today(), stretch.first))
    except OutsideCalendar:
        days = None
    return _left(thing, days)


def _left(todo: Timed, days: int | None) -> Left:
    """Put the distance in words; by its date where the calendar does not reach."""
    urgency = urgency_of(todo)
    if urgency is Urgency.WAITING:
        return Left(_t("clock standing"), "wait")
    if urgency is Urgency.OVERDUE:
        if not days:
            return Left(_t("overdue since %(moment)s") % {"moment": moment(todo.due_at, clock.today())}, "late")
        return Left(
            ngettext("overdue by %(n)s working day", "overdue by %(n)s working days", -days) % {"n": -days}, "late"
        )
    if urgency is Urgency.TODAY:
        return Left(_t("today %(time)s") % {"time": moment(todo.due_at).rpartition(" ")[2]}, "soon")
    if not days:
        return Left(_t("until %(moment)s") % {"moment": moment(todo.due_at, clock.today())}, "ok")
    return Left(ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}, "ok")


def _bounds() -> tuple[datetime, datetime, datetime]:
    """Return now, the end of today and the end of the seventh day from today, in the city's zone."""
    now = clock.now()
    midnight = timezone.make_aware(datetime.combine(clock.today(), time()), timezone.get_default_timezone())
    return now, midnight + timedelta(1), midnight + timedelta(1) + WEEK


def by_urgency(todos: QuerySet[Todo]) -> dict[Urgency, QuerySet[Todo]]:
    """Return the open ones of the to-dos, parted by how soon they are due."""
    now, today, week = _bounds()
    open_ones = todos.filter(done_at__isnull=True)
    running = open_ones.filter(is_waiting=False)
    return {
        Urgency.OVERDUE: running.filter(due_at__lt=now),
        Urgency.TODAY: running.filter(due_at__gte=now, due_at__lt=today),
        Urgency.WEEK: running.filter(due_at__gte=max(now, today), due_at__lt=week),
        Urgency.LATER: running.filter(due_at__gte=week),
        Urgency.WAITING: open_ones.filter(is_waiting=True),
    }
