"""The list of cases at the desk: a page of what a filter leaves, each case with how long is left, each tab with how many it would show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Left, left
from linli.flows.cases.models import Case, CaseQuerySet, Status
from linli.flows.cases.queries import OWED
from linli.flows.search.queries import found_among_newest, reference_in
from linli.flows.worklist.models import SavedFilter
from linli.ground.authority.actors import Actor
from linli.ground.authority.pages import worded_page
from linli.ground.authority.powers import Power
from linli.ground.core.paging import SIZE, Count, Page, page_of
from linli.ground.core.registry import ref
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.ui.navigation import capped_counts

from .filters import OPEN, Filter

NEWEST_FIRST: Final = ("-received_at", "-pk")
NEWEST: Final = 2000
"""So many of the newest cases are looked at one by one for a word, before the index of words is asked."""
Loads = Callable[[CaseQuerySet], CaseQuerySet]
MOST: Final = 200
"""Cases that one act may touch; as many as somebody can still look through before pressing."""


@dataclass(frozen=True)
class Choice:
    """One status of the filter (empty = all), and how many cases it would show beside what else is asked; None: not counted."""

    value: str
    label: str
    query: str
    count: Count | None


@dataclass(frozen=True)
class Tab:
    """A saved filter, and how many cases it shows; None where it searches for words."""

    saved: SavedFilter
    count: Count | None
    is_current: bool


@dataclass(frozen=True)
class Listed:
    """One page of the list, its choices of status, the saved filters, and how many cases it has on all pages."""

    page: Page[Case]
    cases: list[tuple[Case, Left | None]]
    statuses: list[Choice]
    tabs: list[Tab]
    count: Count

    @property
    def may_all(self) -> bool:
        """Whether a step may be taken on all of them, and they are more than this page."""
        return not self.count.capped and self.count.number <= MOST and bool(self.page.next or self.page.previous)


def chosen(actor: Actor, asked: Filter) -> CaseQuerySet:
    """Return the cases that a filter leaves of those that the actor may see: the one answer for page, count, export and API."""
    return asked.narrow(Case.objects.visible_to(actor), actor)


def listed(actor: Actor, asked: Filter, *, saved: Sequence[tuple[SavedFilter, Filter]] = (), token: str = "") -> Listed:
    """Return a page of the cases that this post handles or watches over and the filter leaves, newest first.

    All counts are one query, each up to the cap. Raises SuspiciousOperation for a token that this list did not give out.
    """
    values = [("", _("All")), (OPEN, _("still open")), *Status.choices]
    others = [value for value, _label in values if value == asked.status or not asked.due]
    visible = Case.objects.visible_to(actor)  # worded once for all that is counted
    lists = {("status", value): asked.but(status=value).narrow(visible, actor) for value in others if not asked.q}
    lists |= {("saved", one.reference): its.narrow(visible, actor) for one, its in saved if not its.q}
    counts = capped_counts(lists)
    page = page_for(actor, asked, _in_brief, token=token)
    here = Count(len(page.items), capped=bool(page.next or page.previous))
    return Listed(
        page,
        with_owed(page.items),
        [
            Choice(value, str(label), asked.but(status=value).query, counts.get(("status", value)))
            for value, label in values
        ],
        [Tab(one, counts.get(("saved", one.reference)), its == asked) for one, its in saved],
        counts.get(("status", asked.status), here),
    )


def page_for(actor: Actor, asked: Filter, load: Loads, *, token: str = "", size: int = SIZE) -> Page[Case]:
    """Return a page of what a filter leaves, the newest first: the one way for people and programs; `load` names what comes with each case.

    Common words fill the first page from the newest cases alone; only where they do not is everything looked up.
    Raises SuspiciousOperation for a token that this list did not give out.
    """
    if asked.q and not token and not reference_in(asked.q):
        others, area = chosen(actor, asked.but(q="")).select_related(None), actor.area(Power.OVERSEE_CASES)
        are_few = area is None or max(len(area), len(asked.place)) >= DIGITS[Level.COMMUNITY]
        among = found_among_newest(others, asked.q, newest=NEWEST, are_few=are_few)
        recent = page_of(load(among), keys=NEWEST_FIRST, size=size)
        if recent.next:
            return recent
    if asked.compared is not None:
        return worded_page(_plain(load), actor, keys=NEWEST_FIRST, token=token, size=size, **asked.compared)
    return page_of(load(chosen(actor, asked).select_related(None)), keys=NEWEST_FIRST, token=token, size=size)


@cache
def _plain(load: Loads) -> Callable[..., CaseQuerySet]:
    """Return how a page is worded that compares columns and nothing else: what is asked for all day."""
    return lambda actor, **compared: load(Case.objects.visible_to(actor).select_related(None).filter(**compared))


def _in_brief(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("place", "lead", "category")


def with_owed(cases: Sequence[Case]) -> list[tuple[Case, Left | None]]:
    """Return the cases, each with how long is left for what the lead owes next, as its desk says; None once closed."""
    owing = {ref(case): OWED[case.status] for case in cases if case.status in OWED}
    todos = [one for one in Todo.objects.open().filter(about__in=owing) if owing[one.about] == one.verb]
    remaining = left(todos)
    found = {one.about: remaining[one.pk] for one in todos}
    return [(case, found.get(ref(case))) for case in cases]
