"""What is asked about figures: the register's own count beside what was declared, and which of them counts today."""

from dataclasses import dataclass

from django.urls import reverse

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.figures.models import DeclaredFigure, Measure
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

from .counting import Figure, figures, registered

LEVELS = (Level.COMMUNITY, Level.GRID)
"""Where registers are kept; above them a figure is the sum."""
_SHOWN = 30


@dataclass(frozen=True)
class Declared:
    """One declared figure of the history, and whether it is the one that counts today."""

    row: DeclaredFigure
    counts: bool


@dataclass(frozen=True)
class Standing:
    """One figure of a place today: the number that counts, the register's own, and what was declared, newest first."""

    what: Measure
    figure: Figure
    registered: int
    declared: list[Declared]

    @property
    def current(self) -> DeclaredFigure | None:
        """The place's own declaration that counts today."""
        return next((one.row for one in self.declared if one.counts), None)

    @property
    def largest(self) -> int:
        """The largest number of the picture: bars are drawn against it."""
        return max(self.registered, self.figure.number or 0, *(one.row.number for one in self.declared), 1)


def standings_of(place: Place) -> list[Standing]:
    """Return the three figures of a place with the newest declarations; four queries."""
    today = clock.today()
    counting, own = figures(place.path, today), registered(place.path, today)
    rows = list(DeclaredFigure.objects.filter(place=place).order_by("-as_of", "-pk")[: _SHOWN * len(Measure)])
    return [Standing(what, counting[what], own[what], _history(rows, what)) for what in Measure]


def _history(rows: list[DeclaredFigure], what: Measure) -> list[Declared]:
    today, own = clock.today(), [row for row in rows if row.what == what]
    valid = [row for row in own if row.as_of <= today and (row.superseded_on is None or row.superseded_on > today)]
    return [Declared(row, row in valid[:1]) for row in own][:_SHOWN]


@dataclass(frozen=True)
class Shown:
    """One figure on a place's page."""

    label: str
    figure: Figure


def section_of(place: Place, actor: Actor) -> dict[str, object] | None:
    """Return the figures for the page of a community or grid; None elsewhere, and where nothing is known yet. Two queries."""
    if place.level not in LEVELS:
        return None
    found = figures(place.path, clock.today())
    keeps = actor.holds(Power.KEEP_REGISTER, place.path)
    if not keeps and not any(one.number is not None for one in found.values()):
        return None
    shown = [Shown(str(what.label), one) for what, one in found.items()]
    return {"figures": shown, "url": reverse("figures:show", args=[place.path])}
