"""How the rates went from month to month, as a drawing: three lines told apart by dashes, never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rates import Line, Tally, percent

WIDTH, HEIGHT = 640, 200
NAMES: Final[tuple[Promise, ...]] = (_("response rate"), _("solution rate"), _("satisfaction rate"))
FEWEST: Final = 4
"""So many months at least make a drawing worth it."""


@dataclass(frozen=True)
class Curve:
    """One rate: its name, which of the three it is, its pieces (months without call-backs part them), its points, where it ends."""

    name: Promise
    number: int
    pieces: list[str]
    points: list[tuple[str, str]]
    last: str
    ends_at: str


@dataclass(frozen=True)
class Trend:
    """The drawing with its months, each with its place from the left, and its tally."""

    months: list[tuple[date, str, Tally]]
    curves: list[Curve]
    lines: list[tuple[str, str]]
    """The helping lines: how high, and what they say."""


def trend_of(lines: Sequence[Line]) -> Trend | None:
    """Return the drawing of the months from the first to the last that has call-backs; None for too few."""
    known = {line.key: line.tally for line in lines}
    months = _months(min(known), max(known)) if known else []
    if len(months) < FEWEST:
        return None
    step = Fraction(WIDTH, len(months) - 1)
    places = [_short(number * step) for number in range(len(months))]
    tallies = [known.get(f"{month:%Y-%m}", Tally()) for month in months]
    curves = [_curve(number, places, [one.rates[number].exact for one in tallies]) for number in range(len(NAMES))]
    helping = [(_short(HEIGHT * (1 - Fraction(share, 100))), f"{share}%") for share in (0, 50, 100)]
    return Trend(list(zip(months, places, tallies, strict=True)), curves, helping)


def _curve(number: int, places: Sequence[str], shares: Sequence[Fraction | None]) -> Curve:
    pieces: list[list[str]] = [[]]
    points: list[tuple[str, str]] = []
    for place, share in zip(places, shares, strict=True):
        if share is None:
            pieces.append([])
            continue
        points.append((place, _short(HEIGHT * (1 - share))))
        pieces[-1].append(",".join(points[-1]))
    ends_at = points[-1][1] if points else "0"
    drawn = [" ".join(piece) for piece in pieces if len(piece) > 1]
    last = next((share for share in reversed(shares) if share is not None), None)
    return Curve(NAMES[number], number, drawn, points, percent(last), ends_at)


def _months(first: str, last: str) -> list[date]:
    """Return the first days of the months from one to another."""
    year, month = (int(part) for part in first.split("-"))
    found = []
    while f"{year:04}-{month:02}" <= last:
        found.append(date(year, month, 1))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 (a year has twelve)
    return found


def _short(number: Fraction) -> str:
    """Return a length with one decimal."""
    tenths = round(number * 10)
    return f"{tenths // 10}.{tenths % 10}"
