"""What needs a body now: its open to-dos by urgency, and how long is left for each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from django.db.models import QuerySet, TextChoices, Value
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.commons.deadlines.models import Calendar, CalendarDay, Clock, OutsideCalendar, Todo
from linli.commons.deadlines.models.calendar import lineage
from linli.commons.deadlines.models.wording import moment
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.paging import CAP, Count, capped_count, page_of

KEYS: Final = ("is_waiting", "due_at", "id")
WEEK: Final = timedelta(7)


class Urgency(TextChoices):
    """How soon a to-do is due; the groups of the desk, in this order."""

    OVERDUE = "overdue", _("overdue")
    TODAY = "today", _("today")
    WEEK = "week", _("within 7 days")
    LATER = "later", _("later")
    WAITING = "waiting", _("clock standing")


class Timed(Protocol):
    """What has a date in a place's calendar: an open to-do, a running clock."""

    @property
    def pk(self) -> int:
        """Its key."""
        ...

    @property
    def due_at(self) -> datetime:
        """Until when."""
        ...

    @property
    def is_waiting(self) -> bool:
        """Whether it stands."""
        ...

    @property
    def place_path(self) -> str:
        """The place whose calendar counts."""
        ...


@dataclass(frozen=True)
class Left:
    """How long is left, in words, and the kind that colours it (`c-deadline`): late, soon, ok or wait."""

    text: str
    kind: str


@dataclass(frozen=True)
class Row:
    """One line of the desk: the to-do and how long is left."""

    todo: Todo
    left: Left


@dataclass(frozen=True)
class Section:
    """One group of the desk: its urgency, how many there are in all, and those on this page."""

    urgency: Urgency
    count: Count
    rows: list[Row]


@dataclass(frozen=True)
class Desk:
    """A body's desk: groups by urgency, the neighbouring pages' tokens, and what was done this month."""

    sections: list[Section]
    next: str | None
    previous: str | None
    done_this_month: Count

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open."""
        return not any(section.count.number for section in self.sections)


def desk(actor: Actor, *, app: str = "", place_path: str = "", token: str = "", size: int = 30) -> Desk:
    """Return what the actor's body has to do, the longest overdue first; of one app, or in one place or grid, where asked.

    Costs the same number of queries for 1 and for 30 rows. Raises SuspiciousOperation for a token that this list did not give out.
    """
    own = Todo.objects.visible_to(actor).filter(body_id=actor.post.body) if actor.post else Todo.objects.none()
    if app:
        own = own.of_app(app)
    if place_path:
        own = own.at(place_path)
    page = page_of(own.open().select_related("clock"), keys=KEYS, token=token, size=size)
    counts, remaining = _counts(own), left(page.items)
    rows: dict[Urgency, list[Row]] = {urgency: [] for urgency in Urgency}
    for todo in page.items:
        rows[urgency_of(todo)].append(Row(todo, remaining[todo.pk]))
    sections = [Section(urgency, counts[urgency], rows[urgency]) for urgency in Urgency]
    month = timezone.localtime(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Desk(sections, page.next, page.previous, capped_count(own.filter(done_at__gte=month)))


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


def left_on(running: Clock) -> Left:
    """Return how long is left on one clock, from the calendar that it has been counted on."""
    stretch = running.stretch
    try:
        days = stretch.number(timezone.localdate(running.due_at)) - stretch.number(max(clock.today(), stretch.first))
    except OutsideCalendar:
        days = None
    return _left(running, days)


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


def _counts(own: QuerySet[Todo]) -> dict[Urgency, Count]:
    """Count each group up to the cap, in one query."""
    now, today, week = _bounds()
    open_ones = own.filter(done_at__isnull=True)
    running = open_ones.filter(is_waiting=False)
    groups = {
        Urgency.OVERDUE: running.filter(due_at__lt=now),
        Urgency.TODAY: running.filter(due_at__gte=now, due_at__lt=today),
        Urgency.WEEK: running.filter(due_at__gte=max(now, today), due_at__lt=week),
        Urgency.LATER: running.filter(due_at__gte=week),
        Urgency.WAITING: open_ones.filter(is_waiting=True),
    }
    first, *others = (
        things.order_by().annotate(urgency=Value(urgency.value)).values("urgency")[: CAP + 1]
        for urgency, things in groups.items()
    )
    found = Counter(row["urgency"] for row in first.union(*others, all=True))
    return {urgency: Count(min(found[urgency], CAP), found[urgency] > CAP) for urgency in Urgency}
