"""The list of cases at the desk: a page of what a filter leaves, each case with how long is left, each tab with how many it would show."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Func, OuterRef, Q
from django.db.models import Count as Number
from django.utils.translation import gettext as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Left, left
from linli.flows.cases.models import LED, Case, CaseQuerySet, Status, parts_for
from linli.flows.cases.models import OPEN as OPEN_ONES
from linli.flows.cases.queries import OWED
from linli.flows.search.queries import (
    found,
    found_among_few,
    found_among_newest,
    found_among_own_newest,
    found_by_index,
    lately,
    reference_in,
)
from linli.flows.worklist.models import SavedFilter
from linli.ground.authority.actors import Actor
from linli.ground.authority.pages import First, worded_page
from linli.ground.authority.powers import Power
from linli.ground.core.paging import CAP, SIZE, Count, Page, page_of
from linli.ground.core.registry import ref
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.models import Place
from linli.ground.textsearch.queries import patterns, question
from linli.ground.ui.navigation import capped_counts

from .choices import area_of
from .filters import OPEN, Filter

NEWEST_FIRST: Final = ("-received_at", "-pk")
Loads = Callable[[CaseQuerySet], CaseQuerySet]
How = Callable[[CaseQuerySet, Any], CaseQuerySet]
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

    All counts are one query, each up to the cap; where the cases are few they are counted by status in one look, one query more.
    Raises SuspiciousOperation for a token that this list did not give out.
    """
    visible = Case.objects.visible_to(actor)  # worded once for all that is counted
    lists = {("saved", one.reference): its.narrow(visible, actor) for one, its in saved if not its.q}
    few = _by_status(actor, asked, visible) if _are_few(actor, asked) else {}
    counted = [] if few or asked.q else [asked.status] if asked.due else [*Status.values]
    lists |= {("status", value): asked.but(status=value).narrow(visible, actor) for value in counted}
    counts = few | capped_counts(lists)
    if few or len(counted) > 1:
        for whole, parts in (("", Status.values), (OPEN, OPEN_ONES)):
            counts["status", whole] = _together(counts["status", value] for value in parts)
    page = page_for(actor, asked, _in_brief, token=token)
    here = Count(len(page.items), capped=bool(page.next or page.previous))
    return Listed(
        page,
        with_owed(page.items),
        [
            Choice(value, str(label), asked.but(status=value).query, counts.get(("status", value)))
            for value, label in [("", _("All")), (OPEN, _("still open")), *Status.choices]
        ],
        [Tab(one, counts.get(("saved", one.reference)), its == asked) for one, its in saved],
        counts.get(("status", asked.status), here),
    )


def _by_status(actor: Actor, asked: Filter, visible: CaseQuerySet) -> dict[tuple[str, str], Count]:
    """Return how many of few cases stand in each status, found by the words of the filter too."""
    cases = asked.but(q="", status="").narrow(visible, actor)
    these = _searched(cases, asked.q) if asked.q else cases
    rows = dict(these.order_by().values_list("status").annotate(number=Number("pk")))
    numbers = {value: rows.get(value, 0) for value in Status.values}
    return {("status", value): Count(min(number, CAP), number > CAP) for value, number in numbers.items()}


def _searched(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Return those of few cases that hold what was typed."""
    if reference_in(typed):
        return found(cases, typed)
    return found_among_few(cases, patterns(typed)) if question(typed) else cases.none()


def _are_few(actor: Actor, asked: Filter) -> bool:
    """Say whether whoever asks sees, or asks for, no more than the cases of a community or of their own."""
    return actor.post is None or max(len(area_of(actor)), len(asked.place)) >= DIGITS[Level.COMMUNITY]


def _together(counts: Iterable[Count]) -> Count:
    """Return the count of several lists that share nothing."""
    every = list(counts)
    number = sum(one.number for one in every)
    return Count(min(number, CAP), number > CAP or any(one.capped for one in every))


def page_for(actor: Actor, asked: Filter, load: Loads, *, token: str = "", size: int = SIZE) -> Page[Case]:
    """Return a page of what a filter leaves, the newest first: the one way for people and programs; `load` names what comes with each case.

    Raises SuspiciousOperation for a token that this list did not give out.
    """
    *narrower, whole = _searches(actor, asked, is_first=not token)
    for search in narrower:
        page = _page(actor, asked, load, search, size=size)
        if page.next:
            return page
    return _page(actor, asked, load, whole, token=token, size=size)


@dataclass(frozen=True)
class _Search:
    """How words are looked for, and what is compared."""

    how: How
    words: str | list[str]


def _searches(actor: Actor, asked: Filter, *, is_first: bool) -> list[_Search | None]:
    """Return how the words of a filter are looked for (None: there are none): everywhere, and before that where common ones fill a page.

    Whoever sees few cases has each of them looked at, however common the words are elsewhere.
    """
    words = "" if reference_in(asked.q) else question(asked.q)
    if not words:
        return [None]
    wanted, digits = patterns(asked.q), max(len(area_of(actor)), len(asked.place))
    if _are_few(actor, asked):
        return [_Search(found_among_few, wanted)]
    is_wide = digits < DIGITS[Level.TOWN]
    newest = [_Search(found_among_newest if is_wide else found_among_own_newest, wanted)]
    newest += [_Search(found_by_index, lately(words))] if is_wide else []
    return [*(newest if is_first else ()), _Search(found_by_index, words)]


def _page(
    actor: Actor, asked: Filter, load: Loads, search: _Search | None, *, token: str = "", size: int
) -> Page[Case]:
    """Return the page, worded once where columns are compared and nothing else: what is asked for all day."""
    others = asked.but(q="") if search else asked
    if others.compared is not None:
        told = others.compared | ({"words": search.words} if search else {})
        build = _plain(load, search.how if search else None)
        return worded_page(build, actor, keys=NEWEST_FIRST, token=token, size=size, **told)
    cases = chosen(actor, others).select_related(None)
    return page_of(
        load(search.how(cases, search.words) if search else cases), keys=NEWEST_FIRST, token=token, size=size
    )


@cache
def _plain(load: Loads, how: How | None) -> Callable[..., CaseQuerySet]:
    """Return how a page is worded that compares columns, and looks for words."""

    def build(actor: Actor, first: First, *, words: str | list[str] = "", **compared: str) -> CaseQuerySet:
        cases = Case.objects.filter(**compared)
        return load(how(cases.visible_to(actor).select_related(None), words) if how else _visible(actor, first, cases))

    return build


def _visible(actor: Actor, first: First, cases: CaseQuerySet) -> CaseQuerySet:
    """Return those of the cases that the actor sees; for who sees few, at least the `first` of them.

    Among everybody's cases few would be looked for long. So the first of each part of the scope are taken: of what the body leads and of
    each place an index has them in the order of the list, the others are few and found before they are put in order. What comes with a case
    is looked up for the `first` of all of them alone.
    """
    area = actor.area(Power.OVERSEE_CASES)
    if area is not None and len(area) < DIGITS[Level.TOWN]:
        return cases.visible_to(actor).select_related(None)
    parts = [
        _keys(first(cases.filter(part if name == LED else Q(pk__among=_keys(Case.objects.filter(part))))))
        for name, part in parts_for(actor).items()
    ]
    if area is not None:
        here = _keys(first(cases.filter(place=OuterRef("pk"))))
        places = Place.objects.filter(path__startswith=area).order_by()
        parts.append(ArraySubquery(places.annotate(case=Func(here, function="unnest")).values("case")))
    keys = Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=ArrayField(BigIntegerField()))
    return (
        Case.objects.filter(pk__among=_keys(first(Case.objects.filter(pk__among=keys))))
        if parts
        else Case.objects.none()
    )


def _keys(cases: CaseQuerySet) -> ArraySubquery:
    return ArraySubquery(cases.values("pk"))


def _in_brief(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("place", "lead", "category")


def with_owed(cases: Sequence[Case]) -> list[tuple[Case, Left | None]]:
    """Return the cases, each with how long is left for what the lead owes next, as its desk says; None once closed."""
    owing = {ref(case): OWED[case.status] for case in cases if case.status in OWED}
    todos = [one for one in Todo.objects.open().filter(about__in=owing) if owing[one.about] == one.verb]
    remaining = left(todos)
    found = {one.about: remaining[one.pk] for one in todos}
    return [(case, found.get(ref(case))) for case in cases]
