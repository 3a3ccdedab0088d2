"""ASK: what the applications come to that somebody may see, counted by the database in one query for any number of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.db.models import (
    Aggregate,
    CharField,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.commons.calendar.models import Calendar, CalendarDay
from linli.commons.deadlines.models import Clock
from linli.commons.guides.models import Item
from linli.flows.services.models import Application, ApplicationStatus, Satisfied
from linli.flows.services.queries import DECIDE
from linli.flows.services.queries.terms import LABEL
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.kinds.fields import SEVEN
from linli.ground.organisations.models import Body
from linli.ground.places import spans
from linli.ground.places.models import Place
from linli.ground.places.spans import Columns, Line
from linli.ground.rulebook.queries import rule
from linli.ground.ui.rates import Rate, Trend, decimal, drawn

FAIRLY: Final = "services.rates.fairly"
COLUMNS: Final = Columns(
    place="place__path",
    at="received_at",
    keys={
        "handler": ["handler__reference", "handler__place__path"],
        "item": ["item__code"],
        "field": ["item__field"],
    },
)
GROUPS: Final = COLUMNS.groups
narrowed = spans.narrowed
NAMES: Final[tuple[Promise, ...]] = (_("share decided in time"), pgettext_lazy("applications", "satisfaction rate"))


@dataclass(frozen=True)
class Span(spans.Span):
    """What is counted: what came in within a place from one day to another, perhaps at one handler, for one item or field."""

    handler: str = ""
    item: str = ""
    field: str = ""


@dataclass(frozen=True)
class Tally:
    """How many applications there are of each kind, and the working days that the decided ones took together."""

    received: int = 0
    noticed: int = 0
    deemed: int = 0
    decided: int = 0
    on_time: int = 0
    late: int = 0
    rated: int = 0
    satisfied: int = 0
    days: int = 0

    @property
    def in_time(self) -> Rate:
        """Decided in time ÷ decided or overdue (按时办结率)."""
        return Rate(self.on_time, self.on_time + self.late)

    @property
    def satisfaction(self) -> Rate:
        """Satisfied ÷ rated (好评率)."""
        return Rate(self.satisfied, self.rated)

    @property
    def notices(self) -> Rate:
        """Asked for papers ÷ received (补正率)."""
        return Rate(self.noticed, self.received)

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The two that are drawn from month to month."""
        return self.in_time, self.satisfaction

    @property
    def average(self) -> str:
        """The working days from acceptance to decision on an average: 6.4; — where nothing was decided."""
        return decimal(Fraction(self.days, self.decided)) if self.decided else "—"

    def __add__(self, other: "Tally") -> "Tally":
        """Count both together."""
        return Tally(*(getattr(self, name) + getattr(other, name) for name in Tally.__dataclass_fields__))


KINDS: Final = tuple(name for name in Tally.__dataclass_fields__ if name != "days")
"""What one may look behind: the names of the counts."""


def counts_fairly(place_path: str) -> bool:
    """Say whether "fairly satisfied" counts as satisfied in a place (`services.rates.fairly`)."""
    return rule(FAIRLY, place_path=place_path).value == "true"


def counted(actor: Actor, span: Span) -> QuerySet[Application]:
    """Return the applications of a span that the actor may see, each with the day by which it is, or was, to be decided (`due_at`)."""
    seen = Application.objects.visible_to(actor).select_related(None).filter(place__path__startswith=span.place_path)
    begins, ends = span.moments
    asked = {"handler__reference": span.handler, "item__code": span.item, "item__field": span.field}
    running = Clock.objects.filter(about=Concat(Value(LABEL), Cast(OuterRef("pk"), CharField())), name=DECIDE)
    rows = seen.filter(received_at__gte=begins, received_at__lt=ends)
    return rows.filter(**{name: value for name, value in asked.items() if value}).annotate(
        due_at=Subquery(running.values("due_at")[:1])
    )


def conditions(*, fairly: bool) -> dict[str, Q]:
    """Return what each count takes in."""
    late = Q(decided_at__gt=F("due_at")) | Q(status=ApplicationStatus.ACCEPTED, due_at__lt=clock.now())
    return {
        "received": Q(),
        "noticed": Q(notice__isnull=False),
        "deemed": Q(is_deemed=True),
        "decided": Q(decided_at__isnull=False),
        "on_time": Q(decided_at__lte=F("due_at")),
        "late": late,
        "rated": Q(rating__isnull=False),
        "satisfied": Q(rating__satisfied__in=[Satisfied.YES, *([Satisfied.FAIRLY] if fairly else [])]),
    }


def lines(actor: Actor, span: Span, by: str, *, fairly: bool) -> list[Line[Tally]]:
    """Return the counts of a span by `place` (the divisions below), `handler`, `item`, `field` or `month`. By code, no ranking.

    Two queries for any number of applications.
    """
    calendar = Calendar.objects.ruling(span.place_path)
    worked = _number("decided_at", calendar) - _number("accepted_at", calendar)
    counts: dict[str, Aggregate] = {
        kind: Count("pk", filter=condition) for kind, condition in conditions(fairly=fairly).items()
    }
    counts["days"] = Sum(worked, filter=Q(decided_at__isnull=False))
    found = COLUMNS.split(counted(actor, span), span, by, counts)
    return [Line(key, Tally(**numbers)) for key, numbers in found]


def trend_of(found: Sequence[Line[Tally]]) -> Trend | None:
    """Return the drawing of the months; None for too few."""
    return drawn({line.key: line.tally for line in found}, NAMES, Tally())


def names_of(by: str, keys: Iterable[str]) -> dict[str, str]:
    """Return what lines are called: places, handlers and items by their names. One query, none for fields and months."""
    wanted = list(keys)
    if by == "place":
        return dict(Place.objects.filter(path__in=wanted).values_list("path", "name"))
    if by == "handler":
        return dict(Body.objects.filter(reference__in=wanted).values_list("reference", "name"))
    if by == "item":
        return dict(Item.objects.filter(code__in=wanted).values_list("code", "name"))
    return {value: str(label) for value, label in SEVEN} if by == "field" else {}


def total(of: Iterable[Line[Tally]]) -> Tally:
    """Return all lines together."""
    return sum((line.tally for line in of), Tally())


def behind(actor: Actor, span: Span, kind: str, *, fairly: bool) -> QuerySet[Application]:
    """Return the applications behind one count, with what a list shows of them."""
    rows = counted(actor, span).filter(conditions(fairly=fairly)[kind])
    return rows.select_related("item", "place", "handler", "decider", "rating")


def _number(moment: str, calendar: Calendar) -> Subquery:
    """Return how many working days the calendar counts up to the day of a moment."""
    at = ExpressionWrapper(OuterRef(moment), output_field=DateTimeField())
    days = CalendarDay.objects.filter(calendar=calendar, day=TruncDate(at))
    return Subquery(days.values("number")[:1])
