"""The list of cases at the desk: narrowed by status and field, each choice with how many it would show, each case with how long is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Left, left
from linli.commons.routing.models import ServiceField
from linli.flows.cases.models import Case, CaseQuerySet, Status
from linli.flows.cases.queries import OWED
from linli.ground.authority.actors import Actor
from linli.ground.core.paging import Count, Page, page_of
from linli.ground.core.registry import ref
from linli.ground.ui.navigation import capped_counts

NEWEST_FIRST = ("-received_at", "-pk")


@dataclass(frozen=True)
class Choice:
    """One value of a filter (empty = all), and how many cases it would show beside what else is chosen."""

    value: str
    label: str
    count: Count


@dataclass(frozen=True)
class Listed:
    """One page of the list, its filters, and how many cases it has on all pages."""

    page: Page[Case]
    cases: list[tuple[Case, Left | None]]
    statuses: list[Choice]
    fields: list[tuple[str, str]]
    """Each field with its count in words, for a list to choose from."""
    count: Count


def listed(actor: Actor, *, status: str = "", field: str = "", token: str = "") -> Listed:
    """Return a page of the cases that this post handles or watches over, newest first.

    All counts are one query, each up to the cap. Raises SuspiciousOperation for a token that this list did not give out.
    """
    seen = Case.objects.visible_to(actor)

    def narrowed(status: str, field: str) -> CaseQuerySet:
        chosen = {name: value for name, value in (("status", status), ("category__field", field)) if value}
        return seen.filter(**chosen)

    pairs = {(value, field) for value in ("", *Status.values)} | {
        (status, value) for value in ("", *ServiceField.values)
    }
    counts = capped_counts({pair: narrowed(*pair) for pair in sorted(pairs)})
    rows = narrowed(status, field).select_related(None).select_related("place", "lead", "category")
    page = page_of(rows, keys=NEWEST_FIRST, token=token)
    statuses = [Choice(value, str(label), counts[value, field]) for value, label in (("", _("All")), *Status.choices)]
    fields = [("", _("All fields of service")), *ServiceField.choices]
    return Listed(
        page,
        with_owed(page.items),
        statuses,
        [(value, f"{label} {counts[status, value]}") for value, label in fields],
        counts[status, field],
    )


def with_owed(cases: Sequence[Case]) -> list[tuple[Case, Left | None]]:
    """Return the cases, each with how long is left for what the lead owes next, as its desk says; None once closed."""
    owing = {ref(case): OWED[case.status] for case in cases if case.status in OWED}
    todos = [one for one in Todo.objects.open().filter(about__in=owing) if owing[one.about] == one.verb]
    remaining = left(todos)
    found = {one.about: remaining[one.pk] for one in todos}
    return [(case, found.get(ref(case))) for case in cases]
