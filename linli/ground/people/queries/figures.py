"""How many adults, households and voters a place has: from the register, or declared where it is not complete. Never from accounts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from linli.ground.people.models import DeclaredFigure, Electoral, Measure, Person
from linli.ground.people.models.register import PersonQuerySet


@dataclass(frozen=True)
class Figure:
    """A number for a threshold or a share: where it comes from and the day it stands for.

    `declared` as soon as any part of it is; `as_of` is then the day of the oldest declared part.
    """

    number: int
    source: Literal["register", "declared"]
    as_of: date


def figure(what: Measure, place_path: str, on: date) -> Figure:
    """Return a figure for everything under a place on a day, in two queries."""
    declared = _declared(what, place_path, on)
    counted = Person.objects.under(place_path).present(on)
    for path in declared:
        counted = counted.exclude(place__path__startswith=path)
    number = _count(what, counted, on) + sum(one.number for one in declared.values())
    if not declared:
        return Figure(number, "register", on)
    return Figure(number, "declared", min(one.as_of for one in declared.values()))


def _declared(what: Measure, place_path: str, on: date) -> dict[str, DeclaredFigure]:
    """Return the newest valid declaration of each place, the wider place before those inside it."""
    rows = DeclaredFigure.objects.filter(
        Q(superseded_on__isnull=True) | Q(superseded_on__gt=on),
        what=what,
        as_of__lte=on,
        place__path__startswith=place_path,
    )
    newest: dict[str, DeclaredFigure] = {}
    for row in rows.select_related("place").order_by("place__path", "-as_of"):
        if not any(row.place.path.startswith(path) for path in newest):
            newest[row.place.path] = row
    return newest


def _count(what: Measure, persons: PersonQuerySet, on: date) -> int:
    if what == Measure.HOUSEHOLDS:
        return persons.filter(household__isnull=False).order_by().values("household").distinct().count()
    if what == Measure.VOTERS:
        return persons.filter(electoral=Electoral.REGISTERED).count()
    return persons.adults(on).count()


def adults(place_path: str, on: date) -> Figure:
    """Return the adult residents (Residents' Committee Law 2025 art. 24, 26: shares of residents of eighteen years)."""
    return figure(Measure.ADULTS, place_path, on)


def households(place_path: str, on: date) -> Figure:
    """Return the households."""
    return figure(Measure.HOUSEHOLDS, place_path, on)


def electorate(place_path: str, on: date) -> Figure:
    """Return the residents registered to vote here."""
    return figure(Measure.VOTERS, place_path, on)
