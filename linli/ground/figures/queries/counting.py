"""How many adults, households and voters a place has: from the register, or declared where it is not complete. Never from accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, Q

from linli.ground.figures.models import DeclaredFigure, Measure
from linli.ground.people.models import Electoral, Person
from linli.ground.people.models.register import eighteen_years_before


@dataclass(frozen=True)
class Figure:
    """A number for a threshold or a share: where it comes from and the day it stands for.

    `declared` as soon as any part of it is; `as_of` is then the day of the oldest declared part. `number` is None where nothing
    is known: nobody has declared and the register counts none. Of such a figure there is no share.
    """

    number: int | None
    source: Literal["register", "declared"]
    as_of: date


def figure(what: Measure, place_path: str, on: date) -> Figure:
    """Return a figure for everything under a place on a day, in two queries."""
    return figures(place_path, on, [what])[what]


def figures(place_path: str, on: date, measures: Iterable[Measure] = Measure) -> dict[Measure, Figure]:
    """Return several figures for everything under a place on a day, in two queries."""
    declared = _declared(place_path, on, measures)
    counted = registered(place_path, on, {what: list(parts) for what, parts in declared.items()})
    found = {}
    for what, parts in declared.items():
        number = counted[what] + sum(one.number for one in parts.values())
        if parts:
            found[what] = Figure(number, "declared", min(one.as_of for one in parts.values()))
        else:
            found[what] = Figure(number or None, "register", on)
    return found


def _declared(place_path: str, on: date, measures: Iterable[Measure]) -> dict[Measure, dict[str, DeclaredFigure]]:
    """Return the newest valid declaration of each place by measure, the wider place before those inside it."""
    newest: dict[Measure, dict[str, DeclaredFigure]] = {what: {} for what in measures}
    rows = DeclaredFigure.objects.filter(
        Q(superseded_on__isnull=True) | Q(superseded_on__gt=on),
        what__in=newest,
        as_of__lte=on,
        place__path__startswith=place_path,
    )
    for row in rows.select_related("place").order_by("place__path", "-as_of"):
        parts = newest[Measure(row.what)]
        if not any(row.place.path.startswith(path) for path in parts):
            parts[row.place.path] = row
    return newest


def registered(place_path: str, on: date, without: Mapping[Measure, Iterable[str]] | None = None) -> dict[Measure, int]:
    """Return what the register itself counts under a place, by measure leaving out some places inside; one query."""
    outside = {what: Q(pk__isnull=False) for what in Measure}
    for what, paths in (without or {}).items():
        for path in paths:
            outside[what] &= ~Q(place__path__startswith=path)
    grown = Q(born_on__lte=eighteen_years_before(on))
    voting = Q(electoral=Electoral.REGISTERED)
    counts = {
        Measure.ADULTS: Count("pk", filter=outside[Measure.ADULTS] & grown),
        Measure.HOUSEHOLDS: Count("household", distinct=True, filter=outside[Measure.HOUSEHOLDS]),
        Measure.VOTERS: Count("pk", filter=outside[Measure.VOTERS] & voting),
    }
    asked = {what.value: counts[what] for what in (Measure if without is None else without)}
    found = Person.objects.under(place_path).present(on).aggregate(**asked)
    return {Measure(what): number for what, number in found.items()}


def adults(place_path: str, on: date) -> Figure:
    """Return the adult residents (Residents' Committee Law 2025 art. 24, 26: shares of residents of eighteen years)."""
    return figure(Measure.ADULTS, place_path, on)


def households(place_path: str, on: date) -> Figure:
    """Return the households."""
    return figure(Measure.HOUSEHOLDS, place_path, on)


def electorate(place_path: str, on: date) -> Figure:
    """Return the residents registered to vote here."""
    return figure(Measure.VOTERS, place_path, on)
