"""Keeping the tallies: what happened makes one stale, the clock has the stale ones counted again, every night all of them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Left

from linli.flows.cases.models import Case
from linli.ground.core.models import Event
from linli.ground.places.models import Place

from .models import AREA, DISTRICT, Stale, Tally
from .queries import Counted, counted, month_of
from .queries.periods import midnight, month_after

LABEL = "cases.case"


def mark(event: Event) -> None:
    """Note that something happened to a case: its tally is stale. A follower of the log."""
    label, _colon, key = event.subject.partition(":")
    if label == LABEL and event.place_path:
        for received in Case.objects.filter(pk=int(key)).values_list("received_at", flat=True):
            cell = {"area": event.place_path[:AREA], "month": month_of(received)}
            Stale.objects.bulk_create([Stale(**cell)], ignore_conflicts=True)


@transaction.atomic
def recount() -> int:
    """Count what is stale again, month by month; return how many sub-districts and months it was.

    The marks go first: what happens while it is counted marks again.
    """
    waiting: dict[date, set[str]] = {}
    stale = list(Stale.objects.select_for_update())
    Stale.objects.filter(pk__in=[one.pk for one in stale]).delete()
    for one in stale:
        waiting.setdefault(one.month, set()).add(one.area)
    for month, areas in waiting.items():
        _count(month, areas)
    return len(stale)


def recount_all() -> None:
    """Count everything again, each month in a transaction of its own."""
    for month in sorted({month_of(at) for at in Case.objects.datetimes("received_at", "month")}):
        with transaction.atomic():
            Tally.objects.filter(month=month).delete()
            _write(month, None)
            _add_up(month, None)


def _count(month: date, areas: set[str]) -> None:
    districts = {area[:DISTRICT] for area in areas}
    Tally.objects.filter(month=month, digits=AREA, area__in=areas).delete()
    Tally.objects.filter(month=month, digits=DISTRICT, area__in=districts).delete()
    _write(month, areas)
    _add_up(month, districts)


def _write(month: date, areas: Iterable[str] | None) -> None:
    cases = Case.objects.filter(received_at__gte=midnight(month), received_at__lt=midnight(month_after(month)))
    if areas is not None:
        places = Place.objects.annotate(area=Left("path", AREA)).filter(area__in=areas)
        cases = cases.filter(place__in=places.values("pk"))
    _keep(AREA, counted(cases, digits=AREA))


def _add_up(month: date, districts: Iterable[str] | None) -> None:
    """Add up the sub-districts of a month by district."""
    parts = Tally.objects.filter(digits=AREA, month=month).order_by().annotate(above=Left("area", DISTRICT))
    if districts is not None:
        parts = parts.filter(above__in=districts)
    rows = parts.values_list("above", "field", "status").annotate(Sum("cases"), Sum("on_time"), Sum("late"))
    _keep(DISTRICT, (Counted(area, month, *others) for area, *others in rows))


def _keep(digits: int, rows: Iterable[Counted]) -> None:
    Tally.objects.bulk_create((Tally(digits=digits, **one._asdict()) for one in rows), batch_size=2000)
