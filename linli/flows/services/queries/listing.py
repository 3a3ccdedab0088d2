"""Lists of applications: what waits for a body, overdue first; all that a post may see; a resident's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Left, left
from linli.flows.services.models import Application, ApplicationQuerySet, ApplicationStatus
from linli.ground.authority.actors import Actor
from linli.ground.core.paging import Count, page_of
from linli.ground.core.registry import ref
from linli.ground.ui.navigation import capped_counts

from .terms import ACCEPT, DECIDE, DELIVER, GIVE_OPINION, LABEL

VERBS: Final = (ACCEPT, DECIDE, DELIVER)
WAITING: Final = "waiting"
"""The choice of what waits for the own body."""


@dataclass(frozen=True)
class Choice:
    """One value of the filter, and how many applications it would show."""

    value: str
    label: str
    count: Count


@dataclass(frozen=True)
class Listed:
    """One page of a list, its choices and the tokens of its neighbours."""

    rows: Sequence[tuple[Application, Left | None]]
    choices: list[Choice]
    next: str | None
    previous: str | None


def waiting(actor: Actor) -> QuerySet[Todo]:
    """Return what the actor's body owes on applications."""
    return Todo.objects.open().filter(body_id=actor.post.body if actor.post else 0, verb__in=[*VERBS, GIVE_OPINION])


def listed(actor: Actor, *, status: str, token: str = "") -> Listed:
    """Return a page of applications: of what waits for the own body the most urgent first, else the newest first.

    Raises SuspiciousOperation for a token that this list did not give out.
    """
    seen = Application.objects.visible_to(actor)
    values = [(WAITING, _("Waits for us")), ("", _("All")), *ApplicationStatus.choices]
    lists = {value: waiting(actor) if value == WAITING else _narrowed(seen, value) for value, _label in values}
    counts = capped_counts(lists)
    choices = [Choice(value, str(label), counts[value]) for value, label in values]
    if status == WAITING:
        todos = page_of(waiting(actor), keys=("due_at", "pk"), token=token)
        keys = [int(todo.about.removeprefix(LABEL)) for todo in todos.items]
        by_ref = {ref(one): one for one in seen.filter(pk__in=keys)}
        remaining = left(todos.items)
        rows = [(by_ref[todo.about], remaining[todo.pk]) for todo in todos.items if todo.about in by_ref]
        return Listed(rows, choices, todos.next, todos.previous)
    page = page_of(_narrowed(seen, status), keys=("-received_at", "-pk"), token=token)
    return Listed(_with_left(page.items), choices, page.next, page.previous)


def mine(actor: Actor, *, token: str = "") -> Listed:
    """Return a page of the applications that the actor made themselves, newest first."""
    own = Application.objects.visible_to(actor)
    by_person = own.filter(applicant__person=actor.person) if actor.person is not None else own.none()
    by_phone = own.filter(applicant__contact=actor.contact) if actor.contact else own.none()
    page = page_of(by_person | by_phone, keys=("-received_at", "-pk"), token=token)
    return Listed(_with_left(page.items), [], page.next, page.previous)


def _narrowed(seen: ApplicationQuerySet, status: str) -> ApplicationQuerySet:
    return seen.filter(status=status) if status else seen


def _with_left(applications: Sequence[Application]) -> list[tuple[Application, Left | None]]:
    """Return the applications, each with how long is left for what its handler owes next."""
    todos = list(Todo.objects.open().filter(about__in=[ref(one) for one in applications], verb__in=VERBS))
    remaining = left(todos)
    found = {todo.about: remaining[todo.pk] for todo in todos}
    return [(one, found.get(ref(one))) for one in applications]
