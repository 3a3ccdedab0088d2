"""Shares of whole numbers as pages say them, and how they went from month to month, as a drawing.

The lines of a drawing are told apart by dashes, never by colour alone; `ui/trend.html` draws it, with the same as a table beneath.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Protocol, TypeVar

from django.utils.functional import Promise

WIDTH, HEIGHT = 640, 200
FEWEST: Final = 4
"""So many months at least make a drawing worth it."""


@dataclass(frozen=True)
class Rate:
    """A share of whole numbers; no rate where nothing is counted."""

    part: int
    whole: int

    @property
    def exact(self) -> Fraction | None:
        """The share itself."""
        return Fraction(self.part, self.whole) if self.whole else None

    def __str__(self) -> str:
        """93.3%, or — where nothing is counted."""
        return percent(self.exact)


class Rated(Protocol):
    """Counts of which some make rates."""

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The rates, in the order of their names."""
        ...


T = TypeVar("T", bound=Rated)


@dataclass(frozen=True)
class Curve:
    """One rate: its name, which it is, its pieces (months in which nothing is counted part them), its points, where it ends."""

    name: Promise
    number: int
    pieces: list[str]
    points: list[tuple[str, str]]
    last: str


@dataclass(frozen=True)
class Trend:
    """The drawing with its months, each with its place from the left, and its counts."""

    months: Sequence[tuple[date, str, Rated]]
    curves: list[Curve]
    lines: list[tuple[str, str]]
    """The helping lines: how high, and what they say."""


def percent(share: Fraction | None) -> str:
    """Return a share with one decimal, rounded half up on whole numbers: 14/15 → 93.3%; — for none."""
    return "—" if share is None else f"{decimal(share * 100)}%"


def decimal(number: Fraction) -> str:
    """Return a number with one decimal, rounded half up on whole numbers: 20/3 → 6.7."""
    tenths = (20 * number.numerator + number.denominator) // (2 * number.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def drawn(known: Mapping[str, T], names: Sequence[Promise], nothing: T) -> Trend | None:
    """Return the drawing of the months (`2026-09`) from the first to the last that has counts; None for too few."""
    months = _months(min(known), max(known)) if known else []
    if len(months) < FEWEST:
        return None
    step = Fraction(WIDTH, len(months) - 1)
    places = [_short(number * step) for number in range(len(months))]
    counts = [known.get(f"{month:%Y-%m}", nothing) for month in months]
    curves = [_curve(name, at, places, [one.rates[at].exact for one in counts]) for at, name in enumerate(names)]
    helping = [(_short(HEIGHT * (1 - Fraction(share, 100))), f"{share}%") for share in (0, 50, 100)]
    return Trend(list(zip(months, places, counts, strict=True)), curves, helping)


def _curve(name: Promise, number: int, places: Sequence[str], shares: Sequence[Fraction | None]) -> Curve:
    pieces: list[list[str]] = [[]]
    points: list[tuple[str, str]] = []
    for place, share in zip(places, shares, strict=True):
        if share is None:
            pieces.append([])
            continue
        points.append((place, _short(HEIGHT * (1 - share))))
        pieces[-1].append(",".join(points[-1]))
    lines = [" ".join(piece) for piece in pieces if len(piece) > 1]
    last = next((share for share in reversed(shares) if share is not None), None)
    return Curve(name, number, lines, points, percent(last))


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
