"""Rates of call-backs (响应率、解决率、满意率): counted from the rows of call-backs alone, of the cases that whoever asks may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db.models import Count, Q, QuerySet

from linli.commons.routing.models import Category
from linli.flows.callbacks.models import Exclusion, excluded
from linli.flows.cases.models import CallBack, Case, Satisfied, Solved
from linli.ground.authority.actors import Actor
from linli.ground.core.registry import resolve
from linli.ground.organisations.models import Body
from linli.ground.places import spans
from linli.ground.places.models import Place
from linli.ground.places.spans import Columns, Line
from linli.ground.rulebook.queries import rules
from linli.ground.ui.rates import Rate

WEIGHTS: Final = (
    "cases.rates.weight.response",
    "cases.rates.weight.solution",
    "cases.rates.weight.satisfaction",
)
PARTLY, FAIRLY = "cases.rates.partly", "cases.rates.fairly"
COLUMNS: Final = Columns(
    place="case__place__path",
    at="at",
    keys={
        "lead": ["lead__reference", "lead__place__path"],
        "category": ["case__category__code", "case__category__position"],
    },
)
GROUPS: Final = COLUMNS.groups


@dataclass(frozen=True)
class Span(spans.Span):
    """What is counted: a place with all below it, two days and what lies between, perhaps one lead, one category."""

    lead: str = ""
    category: str = ""


@dataclass(frozen=True)
class Tally:
    """How many call-backs there are of each kind; those left out are counted apart and in nothing else."""

    due: int = 0
    contacted: int = 0
    answered: int = 0
    solved: int = 0
    satisfied: int = 0
    excluded: int = 0

    @property
    def response(self) -> Rate:
        """Contacted in time ÷ due (响应率)."""
        return Rate(self.contacted, self.due)

    @property
    def solution(self) -> Rate:
        """Solved ÷ answered call-backs (解决率)."""
        return Rate(self.solved, self.answered)

    @property
    def satisfaction(self) -> Rate:
        """Satisfied ÷ answered call-backs (满意率)."""
        return Rate(self.satisfied, self.answered)

    @property
    def rates(self) -> tuple[Rate, Rate, Rate]:
        """The three, in their order."""
        return self.response, self.solution, self.satisfaction

    def __add__(self, other: "Tally") -> "Tally":
        """Count both together."""
        return Tally(*(getattr(self, name) + getattr(other, name) for name in KINDS))

    def composite(self, weights: tuple[int, ...]) -> Fraction | None:
        """Return the three weighed by the rulebook; None where one of them has nothing to count or nothing weighs."""
        shares = [rate.exact for rate in self.rates]
        if sum(weights) == 0 or None in shares:
            return None
        weighed = (share * weight for share, weight in zip(shares, weights, strict=True) if share is not None)
        return sum(weighed, Fraction(0)) / sum(weights)


KINDS: Final = tuple(Tally.__dataclass_fields__)
"""What one may look behind: the names of the counts."""


@dataclass(frozen=True)
class Method:
    """By which rules it is counted: the weights, and which half answers count as whole ones."""

    weights: tuple[int, ...]
    partly: bool
    fairly: bool

    @property
    def conditions(self) -> dict[str, Q]:
        """Return what each count takes in."""
        inside, answered = Q(is_out=False), Q(is_out=False, missed="")
        solved = [Solved.YES, *([Solved.PARTLY] if self.partly else [])]
        satisfied = [Satisfied.YES, *([Satisfied.FAIRLY] if self.fairly else [])]
        return {
            "due": inside,
            "contacted": answered & Q(contacted=True),
            "answered": answered,
            "solved": answered & Q(solved__in=solved),
            "satisfied": answered & Q(satisfied__in=satisfied),
            "excluded": Q(is_out=True),
        }


def method_of(place_path: str) -> Method:
    """Return by which rules a place counts."""
    known = rules(*WEIGHTS, PARTLY, FAIRLY, place_path=place_path)
    return Method(
        tuple(known[key].number for key in WEIGHTS), known[PARTLY].value == "true", known[FAIRLY].value == "true"
    )


def counted(actor: Actor, span: Span) -> QuerySet[CallBack]:
    """Return the call-backs by which rounds count in a span, of the cases that the actor may see; `is_out` says which are left out."""
    seen = Case.objects.visible_to(actor).select_related(None).filter(place__path__startswith=span.place_path)
    if span.category:
        seen = seen.filter(category__code=span.category)
    begins, ends = span.moments
    rows = CallBack.objects.filter(is_counted=True, case__in=seen.values("pk"), at__gte=begins, at__lt=ends)
    if span.lead:
        rows = rows.filter(lead__reference=span.lead)
    return rows.annotate(is_out=excluded())


def lines(actor: Actor, span: Span, by: str, method: Method) -> list[Line[Tally]]:
    """Return the counts of a span by `place` (the divisions below), `lead`, `category` or `month`; one query. By code, no ranking."""
    counts = {kind: Count("pk", filter=condition) for kind, condition in method.conditions.items()}
    found = COLUMNS.split(counted(actor, span), span, by, counts)
    return [Line(key, Tally(**numbers)) for key, numbers in found]


def names_of(by: str, keys: Iterable[str]) -> dict[str, str]:
    """Return what lines are called: places, leads and categories by their names. One query, none for months."""
    wanted = list(keys)
    if by == "place":
        return dict(Place.objects.filter(path__in=wanted).values_list("path", "name"))
    if by == "lead":
        return dict(Body.objects.filter(reference__in=wanted).values_list("reference", "name"))
    if by == "category":
        return {one.code: str(one) for one in Category.objects.filter(code__in=wanted)}
    return {}


def total(of: Iterable[Line[Tally]]) -> Tally:
    """Return all lines together."""
    return sum((line.tally for line in of), Tally())


def behind(actor: Actor, span: Span, kind: str, method: Method) -> QuerySet[CallBack]:
    """Return the call-backs behind one count, with what a list shows of them."""
    rows = counted(actor, span).filter(method.conditions[kind])
    return rows.select_related("case__place", "case__category", "lead")


def with_exclusions(rows: Sequence[CallBack], viewer: Actor) -> list[tuple[CallBack, Exclusion | None, str]]:
    """Return the call-backs, each with what leaves it out and the post that said so; two queries for any number."""
    standing = Exclusion.objects.standing().filter(case__in={one.case_id for one in rows})
    found = {(one.case_id, one.round): one for one in standing}
    posts = resolve({one.post for one in found.values() if one.post}, viewer)
    return [
        (row, out, posts[out.post].title if out and out.post in posts else "")
        for row in rows
        for out in [found.get((row.case_id, row.round))]
    ]
