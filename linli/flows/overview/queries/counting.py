"""Cases counted by place, month of receipt, field and status, with how many were answered in time: set-based, whatever it is asked for."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, Count, DateTimeField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat, Left, TruncMonth
from django.utils import timezone

from linli.commons.deadlines.models import Clock
from linli.flows.cases.models import CaseQuerySet
from linli.flows.cases.queries import ANSWER


class Counted(NamedTuple):
    """Cases of one place, month, field and status; those that are answered, in time and late."""

    area: str
    month: date
    field: str
    status: str
    cases: int
    on_time: int
    late: int


def counted(cases: CaseQuerySet, *, digits: int) -> list[Counted]:
    """Count cases by the first digits of their place, month, field and status, answers by the clock of the present round. One query."""
    about = Concat(Value("cases.case:"), Cast(OuterRef("pk"), CharField()))
    ended = Clock.objects.filter(about=about, name=ANSWER).order_by("-pk")
    limit = Subquery(ended.values("due_at")[:1], output_field=DateTimeField())
    answered = Q(answered_at__isnull=False)
    rows = (
        cases.select_related(None)
        .order_by()
        .annotate(area=Left("place__path", digits), month=TruncMonth("received_at"), limit=limit)
        .values_list("area", "month", "category__field", "status")
        .annotate(
            cases=Count("pk"),
            on_time=Count("pk", filter=answered & Q(limit__gte=F("answered_at"))),
            late=Count("pk", filter=answered & Q(limit__lt=F("answered_at"))),
        )
    )
    return [Counted(area, month_of(month), *others) for area, month, *others in rows]


def month_of(moment: datetime) -> date:
    """Return the first day of the month in which something was received, in the city's time."""
    return timezone.localdate(moment).replace(day=1)
