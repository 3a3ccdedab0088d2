"""What waits for the dispatcher: needs that a lead has sent back, and those that no route knew and went to the nearest body."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case as When_
from django.db.models import IntegerField, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Left
from linli.commons.routing.models import Urgency
from linli.commons.routing.queries import TAKERS
from linli.flows.cases.models import Case, CaseQuerySet, LeadBy, Statement, Status, Word
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core.paging import Count, Page, page_of
from linli.ground.organisations.models import Body
from linli.ground.places.divisions import ancestors_of
from linli.ground.places.queries import within
from linli.ground.ui.navigation import capped_counts

from .filters import keys_about
from .listing import with_owed

SIZE: Final = 20
LATEST: Final = 500
"""Rulings of the past that are looked at for suggestions."""
SUGGESTED: Final = 3
KEYS: Final = ("rank", "received_at", "pk")


class Heap(TextChoices):
    """The three heaps of the dispatcher."""

    OURS = "ours", _("for us to rule on")
    RETURNED = "returned", _("all that was sent back")
    NEAREST = "nearest", _("no route knew it")


@dataclass(frozen=True)
class Waiting:
    """One case that waits for the dispatcher: why it was sent back, until when to rule, who might lead it."""

    case: Case
    reason: str
    left: Left | None
    takers: list[Body]
    suggested: list[Body]
    """Those of them to which cases of the same category were given by the latest rulings."""


@dataclass(frozen=True)
class Queue:
    """One page of a heap, and how many cases each heap has."""

    page: Page[Case]
    rows: list[Waiting]
    heaps: list[tuple[Heap, Count]]


def heap_of(actor: Actor, heap: Heap) -> CaseQuerySet:
    """Return the cases of a heap within the area in which the actor dispatches; none that their own body leads."""
    area = actor.area(Power.DISPATCH_CASES)
    if area is None or actor.post is None:
        return Case.objects.none()
    cases = Case.objects.visible_to(actor).filter(within(area)).exclude(lead=actor.post.body)
    if heap is Heap.NEAREST:
        return cases.filter(status=Status.RECEIVED, lead_by=LeadBy.NEAREST)
    returned = cases.filter(status=Status.RETURNED)
    owed = Todo.objects.open().filter(verb="cases.designate", body=actor.post.body)
    return returned.filter(pk__in=keys_about(owed)) if heap is Heap.OURS else returned


def queue_of(actor: Actor, heap: Heap, token: str = "") -> Queue:
    """Return a page of a heap, the most urgent first, then the oldest. Seven queries for any number.

    Raises SuspiciousOperation for a token that this list did not give out.
    """
    counts = capped_counts({one: heap_of(actor, one) for one in Heap})
    ranks = (When(category__urgency=one, then=Value(rank)) for rank, one in enumerate(Urgency))
    rank = When_(*ranks, default=Value(len(Urgency)), output_field=IntegerField())
    rows = heap_of(actor, heap).select_related(None).select_related("place", "lead__kind", "category", "route")
    page = page_of(rows.annotate(rank=rank), keys=KEYS, token=token, size=SIZE)
    return Queue(page, _waiting(actor, page.items), list(counts.items()))


def _waiting(actor: Actor, cases: Sequence[Case]) -> list[Waiting]:
    said = Statement.objects.filter(case__in=cases, kind=Word.RETURN).order_by("pk").values_list("case", "text")
    reasons, left = dict(said), dict(with_owed(cases))
    takers, known = _takers(cases), _given_before(actor, cases)
    rows = []
    for case in cases:
        may = [one for one in takers if case.place.path.startswith(one.place.path) and one.pk != case.lead_id]
        like = known[case.category_id]
        best = sorted((one for one in may if like[one.pk]), key=lambda one: -like[one.pk])
        rows.append(Waiting(case, reasons.get(case.pk, ""), left[case], may, best[:SUGGESTED]))
    return rows


def _takers(cases: Sequence[Case]) -> list[Body]:
    """Return every body that may lead one of the cases, the nearest to its place first. One query."""
    paths = {path for case in cases for path in (case.place.path, *ancestors_of(case.place.path))}
    standing = Body.objects.current().filter(kind__code__in=TAKERS, place__path__in=paths)
    return list(standing.select_related("kind", "place").order_by("-place__path", "kind__position", "pk"))


def _given_before(actor: Actor, cases: Sequence[Case]) -> dict[int, Counter[int]]:
    """Count for each category to which bodies the latest rulings have given its cases. One query."""
    ruled = Case.objects.visible_to(actor).select_related(None).filter(lead_by=LeadBy.RULING)
    ruled = ruled.filter(category__in={case.category_id for case in cases}).order_by("-received_at", "-pk")
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for category, lead in ruled.values_list("category", "lead")[:LATEST]:
        found[category][lead] += 1
    return found
