"""What the desk shows: the to-dos of the actor's body, each with its matter and the act that it waits for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.commons.calendar.models import Calendar, CalendarDay, DayKind
from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.models.todo import OVERDUE
from linli.commons.deadlines.queries import Left, Urgency, by_urgency, left, urgency_of
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.paging import Count, page_of
from linli.ground.core.registry import Reference, resolve
from linli.ground.ui.navigation import capped_counts

VERBS: dict[str, tuple[Promise, Promise]] = {  # what is waited for: on the button, as a status
    "cases.accept": (_("Accept"), _("to be accepted")),
    "cases.answer": (_("Answer"), _("to be answered")),
    "cases.close": (_("Call back"), _("to be called back")),
    "residents.decide": (_("Decide"), _("to be decided")),
}
LOOK_INTO = (_("Look into it"), _("overdue below"))
OPEN = (_("Open"), _("to be done"))  # a verb that no app has put into words here
FREE: Final = (DayKind.HOLIDAY, DayKind.LOCAL_HOLIDAY)
MONTH: Final = timedelta(31)
KEYS: Final = ("is_waiting", "due_at", "id")
KINDS = {
    Urgency.OVERDUE: "late",
    Urgency.TODAY: "soon",
    Urgency.WEEK: "doing",
    Urgency.LATER: "todo",
    Urgency.WAITING: "wait",
}


@dataclass(frozen=True)
class Line:
    """One line of the desk as the page shows it."""

    title: str
    note: str
    url: str
    due_at: datetime
    left: Left
    button: Promise
    status: Promise


@dataclass(frozen=True)
class Group:
    """Lines of one urgency."""

    urgency: Urgency
    kind: str
    count: Count
    lines: list[Line]


@dataclass(frozen=True)
class Home:
    """The whole desk: the groups by urgency, the tokens of the neighbouring pages, and what was done this month."""

    groups: list[Group]
    next: str | None
    previous: str | None
    done_this_month: Count

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open."""
        return not any(group.count.number for group in self.groups)


@dataclass(frozen=True)
class Ahead:
    """The next holiday of the place, and how many working days are left before it."""

    name: str
    days: int


def holiday_ahead(place_path: str) -> Ahead | None:
    """Return the next holiday within a month; None on a holiday and where none is near."""
    today = clock.today()
    days = CalendarDay.objects.filter(
        calendar__in=Calendar.objects.nearest(place_path)[:1], day__range=(today, today + MONTH)
    )
    first, *others = days.filter(Q(day=today) | Q(kind__in=FREE)).order_by("day")[:2]
    return Ahead(others[0].name, others[0].number - first.number) if others and first.kind not in FREE else None


def overdue(actor: Actor) -> QuerySet[Todo]:
    """Return what the actor's body should have done by now."""
    if actor.post is None:
        return Todo.objects.none()
    own = Todo.objects.visible_to(actor).counting().filter(body=actor.post.body)
    return own.filter(due_at__lt=clock.now())


def home(actor: Actor, *, token: str = "") -> Home:
    """Return what the actor's body has to do, the longest overdue first, with the matters that they may see.

    Costs the same number of queries for 1 and for 30 lines. Raises SuspiciousOperation for a token that this list did not give out.
    """
    own = Todo.objects.visible_to(actor).filter(body=actor.post.body) if actor.post else Todo.objects.none()
    page = page_of(own.open().select_related("clock"), keys=KEYS, token=token)
    month = localtime(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counts = capped_counts({**by_urgency(own), "done": own.filter(done_at__gte=month)})
    matters, remaining = resolve([todo.about for todo in page.items], actor), left(page.items)
    lines: dict[Urgency, list[Line]] = {urgency: [] for urgency in Urgency}
    for todo in page.items:
        lines[urgency_of(todo)].append(_line(todo, matters.get(todo.about), remaining[todo.pk]))
    groups = [Group(urgency, KINDS[urgency], counts[urgency], lines[urgency]) for urgency in Urgency]
    return Home(groups, page.next, page.previous, counts["done"])


def _line(todo: Todo, matter: Reference | None, remaining: Left) -> Line:
    button, status = LOOK_INTO if todo.verb.endswith(OVERDUE) else VERBS.get(todo.verb, OPEN)
    url, note = (matter.url, matter.note) if matter else ("", "")
    return Line(todo.title, note, url, todo.due_at, remaining, button, status)
