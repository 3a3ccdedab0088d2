"""What the desk shows: the to-dos of the actor's body, each with its matter and the act that it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar, cast

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.commons.calendar.models import Calendar, CalendarDay, DayKind
from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.models.todo import OVERDUE, TodoQuerySet
from linli.commons.deadlines.queries import Left, Urgency, by_urgency, left, urgency_of
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES, RoleCode
from linli.ground.core import clock
from linli.ground.core.paging import Count, page_of
from linli.ground.core.registry import Reference, resolve
from linli.ground.organisations.models import Holding, Post
from linli.ground.organisations.queries import posts_of
from linli.ground.people.models import Account
from linli.ground.ui.navigation import capped_counts
from linli.ground.ui.page_facts import PostFacts

VERBS: dict[str, tuple[Promise, Promise]] = {  # what is waited for: on the button, as a status
    "cases.accept": (_("Accept"), _("to be accepted")),
    "cases.designate": (_("Rule who leads it"), _("to be ruled on")),
    "cases.contribute": (_("Report to the lead"), _("help to be given")),
    "cases.report_in": (_("Report in"), _("to be reported in on")),
    "cases.hand_over": (_("Rule on the lead"), _("lead to be ruled on")),
    "cases.answer": (_("Answer"), _("to be answered")),
    "cases.call_back": (_("Call back"), _("to be called back")),
    "cases.close": (_("Close the case"), _("to be closed")),
    "services.accept": (_("Accept"), _("application to be accepted")),
    "services.decide": (pgettext_lazy("application", "Decide"), _("application to be decided")),
    "services.give_opinion": (_("Give the opinion"), _("opinion to be given")),
    "services.deliver": (_("Hand out"), _("result to be handed out")),
    "residents.decide": (_("Decide"), _("to be decided")),
}
ALL = _("All")
TWO: Final = 2
"""All and the only kind there is: nothing to choose between."""
URGE = (_("Urge the lead"), _("overdue below"))
OPEN = (_("Open"), _("to be done"))  # a verb that no app has put into words here
BELOW: Final = "overdue"
"""The kind of all tasks that look into what is overdue below; the other kinds are the verbs."""
FREE: Final = (DayKind.HOLIDAY, DayKind.LOCAL_HOLIDAY)
MONTH: Final = timedelta(31)
P = TypeVar("P", bound=Model)
KEEPERS: Final = 2
FILL_POSTS: Final = [code for code, role in ROLES.items() if Power.MANAGE_BODIES in role.powers]
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
    act: str
    """Where on that page the act is done."""
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
class Choice:
    """One kind of task (empty = all), and how many of it are open."""

    value: str
    label: Promise
    count: Count


@dataclass(frozen=True)
class Home:
    """The whole desk: the groups by urgency, the kinds to narrow it to, the neighbouring pages, and what was done this month."""

    groups: list[Group]
    kinds: list[Choice]
    """Those that have open tasks; none where there is nothing to choose between."""
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


def posts_for(actor: Actor, roles: Sequence[RoleCode]) -> PostFacts:
    """Return the posts that somebody holds today, and the posts whose holders fill the nearest post of one of these roles. Four queries."""
    account = Account.objects.filter(pk=actor.ref.rpartition(":")[2] or 0).first()
    if account is None or actor.post is None:
        return PostFacts()
    today = clock.today()
    wanted = _around(Post.objects.current().filter(role__in=roles), actor.post.place_path, "body").first()
    body, path = (wanted.body_id, wanted.body.place_path) if wanted else (0, actor.post.place_path)
    filling = Holding.objects.on(today).filter(post__role__in=FILL_POSTS).exclude(person=actor.person)
    near = _around(filling, path, "post__body").select_related("post__body")[: KEEPERS * KEEPERS]
    found = sorted(
        (one.post for one in near), key=lambda post: post.body_id == body
    )  # nobody fills posts of the own body, if others may
    keepers = {f"{post.body.name} · {post.name}": post.body.get_absolute_url() for post in found}
    held = posts_of(account, today)
    return PostFacts(held, list(keepers.items())[:KEEPERS], reverse("accounts:choose"), reverse("desk:home"))


def _around(posts: QuerySet[P], path: str, body: str) -> QuerySet[P]:
    """Return those of standing bodies at a place or above it, the nearest first; `body` is the way to the body."""
    place = f"{body}__place__path"
    around = posts.annotate(at=Value(path, output_field=CharField())).filter(at__startswith=F(place))
    standing = around.filter(**{f"{body}__ended_on__isnull": True}).order_by(Length(place).desc(), "pk")
    return cast("QuerySet[P]", standing)


def overdue(actor: Actor) -> QuerySet[Todo]:
    """Return what the actor's body should have done by now."""
    if actor.post is None:
        return Todo.objects.none()
    return Todo.objects.visible_to(actor).overdue().filter(body=actor.post.body)


def home(actor: Actor, *, kind: str = "", token: str = "") -> Home:
    """Return what the actor's body has to do, the longest overdue first, with the matters that they may see; narrowed to a kind of task.

    Costs the same number of queries for 1 and for 30 lines. Raises SuspiciousOperation for a token that this list did not give out.
    """
    own = Todo.objects.visible_to(actor).filter(body=actor.post.body) if actor.post else Todo.objects.none()
    shown = _of_kind(own, kind)
    page = page_of(shown.open().select_related("clock"), keys=KEYS, token=token)
    month = localtime(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    open_of = {f"kind:{one}": _of_kind(own.open(), one) for one in ("", *VERBS, BELOW)}
    counts = capped_counts({**by_urgency(shown), "done": own.filter(done_at__gte=month), **open_of})
    matters, remaining = resolve([todo.about for todo in page.items], actor), left(page.items)
    lines: dict[Urgency, list[Line]] = {urgency: [] for urgency in Urgency}
    for todo in page.items:
        lines[urgency_of(todo)].append(_line(todo, matters.get(todo.about), remaining[todo.pk]))
    groups = [Group(urgency, KINDS[urgency], counts[urgency], lines[urgency]) for urgency in Urgency]
    labels = {"": ALL, **{verb: status for verb, (_button, status) in VERBS.items()}, BELOW: URGE[1]}
    choices = [Choice(one, label, counts[f"kind:{one}"]) for one, label in labels.items()]
    kinds = [one for one in choices if one.count.number or one.value == kind]
    return Home(groups, kinds if len(kinds) > TWO else [], page.next, page.previous, counts["done"])


def _of_kind(todos: TodoQuerySet, kind: str) -> TodoQuerySet:
    """Return the tasks of a kind; what is none narrows nothing."""
    if kind == BELOW:
        return todos.filter(verb__endswith=OVERDUE)
    return todos.filter(verb=kind) if kind in VERBS else todos


def _line(todo: Todo, matter: Reference | None, remaining: Left) -> Line:
    button, status = URGE if todo.is_urging else VERBS.get(todo.verb, OPEN)
    url, note = (matter.url, matter.note) if matter else ("", "")
    act = f"{url}#{'urge' if todo.is_urging else todo.verb.rpartition('.')[2]}" if url else ""
    return Line(todo.title, note, url, act, todo.due_at, remaining, button, status)
