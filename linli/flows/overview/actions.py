"""Keeping the tallies: what happened makes one stale, the clock has the stale ones counted again, every night all of them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models.functions import Left

from linli.flows.cases.models import Case
from linli.ground.core.models import Event
from linli.ground.places.models import Place

from .models import Stale, Tally
from .queries import AREA, counted, month_of
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


def _count(month: date, areas: set[str]) -> None:
    Tally.objects.filter(month=month, area__in=areas).delete()
    _write(month, areas)


def _write(month: date, areas: Iterable[str] | None) -> None:
    cases = Case.objects.filter(received_at__gte=midnight(month), received_at__lt=midnight(month_after(month)))
    if areas is not None:
        places = Place.objects.annotate(area=Left("path", AREA)).filter(area__in=areas)
        cases = cases.filter(place__in=places.values("pk"))
    rows = counted(cases, digits=AREA)
    Tally.objects.bulk_create([Tally(**one._asdict()) for one in rows], batch_size=2000)
