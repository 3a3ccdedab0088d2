"""What the desk shows: the to-dos of the actor's body, each with its matter and the act that it waits for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.models.todo import OVERDUE
from linli.commons.deadlines.queries import Desk, Left, Urgency, desk
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.paging import Count, capped_count
from linli.ground.core.registry import resolve

VERBS: dict[str, tuple[Promise, Promise]] = {  # what is waited for: on the button, as a status
    "cases.accept": (_("Accept"), _("to be accepted")),
    "cases.answer": (_("Answer"), _("to be answered")),
    "cases.close": (_("Call back"), _("to be called back")),
}
LOOK_INTO = (_("Look into it"), _("overdue below"))
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
    due_at: object
    left: Left
    button: Promise
    status: Promise
    place: str


@dataclass(frozen=True)
class Group:
    """Lines of one urgency."""

    urgency: Urgency
    kind: str
    count: Count
    lines: list[Line]


@dataclass(frozen=True)
class Home:
    """The whole desk."""

    groups: list[Group]
    desk: Desk


def overdue(actor: Actor) -> Count:
    """Count what the actor's body should have done by now."""
    if actor.post is None:
        return Count(0, capped=False)
    own = Todo.objects.visible_to(actor).counting().filter(body=actor.post.body)
    return capped_count(own.filter(due_at__lt=clock.now()))


def home(actor: Actor, *, app: str, place_path: str, token: str) -> Home:
    """Return the desk of the actor's body, with the matters that they may see."""
    found = desk(actor, app=app, place_path=place_path, token=token)
    matters = resolve([row.todo.about for section in found.sections for row in section.rows], actor)
    groups = []
    for section in found.sections:
        lines = []
        for row in section.rows:
            matter = matters.get(row.todo.about)
            verb = row.todo.verb
            button, status = LOOK_INTO if verb.endswith(OVERDUE) else VERBS[verb]
            url, note = (matter.url, matter.note) if matter else ("", "")
            lines.append(
                Line(row.todo.title, note, url, row.todo.due_at, row.left, button, status, row.todo.place_path)
            )
        groups.append(Group(section.urgency, KINDS[section.urgency], section.count, lines))
    return Home(groups, found)
