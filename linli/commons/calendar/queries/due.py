"""When is something due? The one answer that clocks, pages, the API and `manage deadline` give."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from linli.commons.calendar.models import Days, OutsideCalendar, Reckoned, Term, Unit, reckon
from linli.commons.calendar.models.wording import explain, why_not


@dataclass(frozen=True)
class Skipped:
    """A day that does not count, and why: the weekday, or the holiday by name."""

    day: date
    why: str


@dataclass(frozen=True)
class Due:
    """A deadline: the moment (aware), the days that count, those that do not, and the whole in a sentence; worked out when asked for."""

    term: Term
    found: Reckoned

    @cached_property
    def due_at(self) -> datetime:
        """The moment, in the city's time."""
        return timezone.localtime(self.found.due_at, timezone.get_default_timezone())

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that count."""
        return tuple(row.day for row in self.found.counted)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The days that do not, and why."""
        return tuple(Skipped(row.day, why_not(row, stood=False)) for row in self.found.skipped)

    @property
    def sentence(self) -> str:
        """The whole in a sentence."""
        return explain(self.term, self.found)

    @property
    def provisional(self) -> bool:
        """Whether it touches a year whose swapped days the State Council has not announced."""
        return self.found.provisional


def due(
    start: datetime | date, amount: int, unit: Unit | str, place_path: str = "", *, days: Days | None = None
) -> Due:
    """Return when `amount` of `unit` from `start` is due by the calendar of a place; a plain date begins at midnight.

    Working days end when offices close, calendar days and months at 24:00 (kept as 23:59:59). Hours run from their moment.
    `days` is the place's calendar where the caller has read it already, from the day of the start or before.
    Raises OutsideCalendar (a ValueError) beyond the calendar's years, ValueError for an unknown unit or an amount below 1.
    """
    at = start if isinstance(start, datetime) else datetime.combine(start, time())
    if timezone.is_naive(at):
        at = timezone.make_aware(at, timezone.get_default_timezone())
    term = Term(at, amount, Unit(unit))
    try:
        found = reckon(term, days or Days(place_path, term.first))
    except OverflowError as error:
        raise OutsideCalendar(start) from error
    return Due(term, found)


def parse_start(text: str) -> datetime | date:
    """Return the date or the moment that a person typed (2026-09-14, 2026-09-14T10:30); raises ValueError."""
    found = parse_date(text) if len(text) <= len("2026-09-14") else parse_datetime(text)
    if found is None:
        raise ValueError(text)
    return found


def is_open_at(at: datetime, place_path: str = "") -> bool:
    """Say whether offices of a place are open at a moment; without office hours of its own, on every working day as long as it lasts."""
    day = timezone.localdate(at)
    return any(begins <= at < ends for begins, ends in Days(place_path, day).spans(day))
