"""Counting time as the law does: pure reckoning over a stretch of one jurisdiction's calendar.

Sources: Civil Code art. 201 (the first day does not count, hours run from their moment), 202 (months end on the corresponding day, else the
last of the month), 203 (a last day of rest moves to the next working day; the day ends at 24:00, or where there are office hours when
they end); 行政许可法 art. 82 (licences count working days). "24:00" is kept as 23:59:59, so that the date stays the last day.
"""

import calendar
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from django.db import models
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.ground.database.prepared import Prepared

from .days import Calendar, CalendarDay, lineage
from .hours import END_OF_DAY, WHOLE_DAY, OfficeHours, hours_on

ONE: Final = timedelta(1)
CHUNK: Final = timedelta(21)
LONGEST: Final = 5000


def _stretch(paths: list[str], first: date, last: date, also: date | None = None) -> QuerySet[CalendarDay]:
    """Return the days from first to last, and perhaps one more, in the calendar that rules in a place, given the paths over it."""
    ruling = Subquery(Calendar.objects.filter(place_path__among=paths).order_by("-place_path").values("pk")[:1])
    wanted = Q(day__gte=first, day__lte=last)
    if also is not None:
        wanted |= Q(day=also)
    return CalendarDay.objects.filter(wanted, calendar=ruling).order_by("day")


_STRETCH: Final = Prepared(
    _stretch, paths=["a path"], first=date(1001, 1, 1), last=date(1001, 1, 2), also=date(1001, 1, 3)
)
_AROUND: Final = Prepared(OfficeHours.objects.over, paths=["a path"])


class Unit(models.TextChoices):
    """What a term is counted in."""

    CLOCK_HOUR = "clock_hour", _("hours")
    WORKING_HOUR = "working_hour", _("working hours")
    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    MONTH = "month", _("months")


class OutsideCalendar(ValueError):
    """The count leaves the years that the calendar holds."""


@dataclass(frozen=True)
class Pause:
    """A stretch in which a clock stood: the day it stopped is not counted, the day it went on is."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Term:
    """What is counted: from which moment, how much of which unit, how much was added, and when it stood."""

    start: datetime
    amount: int
    unit: Unit
    extended: int = 0
    pauses: tuple[Pause, ...] = ()

    @cached_property
    def first(self) -> date:
        """The day of the start, which does not count."""
        return timezone.localdate(self.start)

    @property
    def total(self) -> int:
        """The amount with what was added."""
        return self.amount + self.extended

    def stood_on(self, day: date) -> bool:
        """Say whether the clock stood on a day after the start."""
        return any(timezone.localdate(pause.begins) <= day < timezone.localdate(pause.ends) for pause in self.pauses)

    def standing(self) -> Iterator[tuple[date, date]]:
        """Yield the days lost to each pause: from the first lost one to the one on which the count went on."""
        for pause in self.pauses:
            begins, ends = max(timezone.localdate(pause.begins), self.first + ONE), timezone.localdate(pause.ends)
            if begins < ends:
                yield begins, ends


@dataclass(frozen=True)
class Reckoned:
    """Where a term ends: the moment, the days that count, those that do not, and the last day before it moved off a rest day."""

    due_at: datetime
    counted: tuple[CalendarDay, ...]
    skipped: tuple[CalendarDay, ...]
    nominal: date
    hours: tuple[str, ...] = ()
    """The office hours that a term in working hours was counted on; an empty one where none were set."""

    @cached_property
    def last(self) -> date:
        """The day on which the term ends."""
        return timezone.localdate(self.due_at)

    @property
    def provisional(self) -> bool:
        """Whether a day of it lies in a year whose swapped days are not announced."""
        return any(day.provisional for day in (*self.counted, *self.skipped))


class Days:
    """The calendar that rules in one place, read as far as it is asked for; raises OutsideCalendar beyond its ends."""

    def __init__(self, place_path: str, first: date, last: date | None = None, also: date | None = None) -> None:
        """Begin to read at a day, and at once up to `last` where it is known; `also` is a day far off whose number is asked for."""
        self.place_path, self.first = place_path, first
        self.rows: list[CalendarDay] = []
        self.apart: dict[date, CalendarDay] = {}
        self._hours: list[OfficeHours] | None = None
        self._read((last or first) + CHUNK, also)

    def at(self, day: date) -> CalendarDay:
        """Return one day."""
        while (day - self.first).days >= len(self.rows):
            self._read_on(day + CHUNK)
        if day < self.first:
            raise OutsideCalendar(day)
        return self.rows[(day - self.first).days]

    def number(self, day: date) -> int:
        """Return the running number of working days on a day."""
        return self.row(day).number

    def row(self, day: date) -> CalendarDay:
        """Return one day that may be far off, without what lies between where it was asked for at the beginning."""
        return self.apart.get(day) or self.at(day)

    def nth(self, number: int) -> CalendarDay:
        """Return the working day that carries a running number."""
        while self.rows[-1].number < number:
            self._read_on(self.rows[-1].day + max(CHUNK, len(self.rows) * ONE))
        return self.rows[bisect_left(self.rows, number, key=lambda row: row.number)]

    def between(self, first: date, last: date) -> list[CalendarDay]:
        """Return the days from first to last, both included."""
        self.at(last)
        return self.rows[max((first - self.first).days, 0) : (last - self.first).days + 1]

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the stretches of a day in which offices are open."""
        if not self.at(day).is_workday:
            return []
        opens, break_begins, break_ends, closes = (_moment(day, at) for at in self._times_on(day))
        return [(opens, break_begins), (break_ends, closes)]

    def closing(self, day: date) -> datetime:
        """Return when offices close on a day."""
        return _moment(day, self._times_on(day)[3])

    def hours(self, day: date) -> OfficeHours | None:
        """Return the office hours that hold on a day; None where none are set and the whole day counts."""
        if self._hours is None:
            self._hours = _AROUND(paths=lineage(self.place_path))
        return hours_on(self._hours, day)

    def _times_on(self, day: date) -> tuple[time, time, time, time]:
        hours = self.hours(day)
        return hours.times if hours else WHOLE_DAY

    def _read(self, last: date, also: date | None = None) -> None:
        first = self.rows[-1].day + ONE if self.rows else self.first
        far = {"also": also} if also is not None and also > last else {}
        found = _STRETCH(paths=lineage(self.place_path), first=first, last=last, **far)
        self.rows += [row for row in found if row.day <= last]
        self.apart |= {row.day: row for row in found if row.day > last}
        if not self.rows:
            Calendar.objects.ruling(self.place_path)  # raises Calendar.DoesNotExist before seeding
        if not self.rows or self.rows[0].day != self.first:
            raise OutsideCalendar(self.first)

    def _read_on(self, last: date) -> None:
        before = len(self.rows)
        self._read(last)
        if len(self.rows) == before:
            raise OutsideCalendar(last)


def reckon(term: Term, days: Days) -> Reckoned:
    """Return where a term ends; raises OutsideCalendar."""
    if not 0 < term.total <= LONGEST:
        raise OutsideCalendar(term.total)
    if term.unit is Unit.CLOCK_HOUR:
        return _clock_hours(term, days)
    if term.unit is Unit.WORKING_HOUR:
        return _working_hours(term, days)
    if term.unit is Unit.WORKING_DAY:
        return _working_days(term, days)
    return _calendar_days(term, days)


def _clock_hours(term: Term, days: Days) -> Reckoned:
    """Hours run from their moment, over nights and days of rest."""
    lost = sum((pause.ends - pause.begins for pause in term.pauses), timedelta())
    due_at = term.start + timedelta(hours=term.total) + lost
    last = timezone.localdate(due_at)
    return Reckoned(due_at, tuple(days.between(term.first, last)), (), last)


def _working_hours(term: Term, days: Days) -> Reckoned:
    """Hours run only while offices are open."""
    left = timedelta(hours=term.total) + sum(
        (worked_between(days, pause.begins, pause.ends) for pause in term.pauses), timedelta()
    )
    counted, skipped, day = [], [], term.first
    while True:
        spans = [(max(begins, term.start), ends) for begins, ends in days.spans(day) if ends > term.start]
        if spans:
            counted.append(days.at(day))
        elif day > term.first or not days.at(day).is_workday:
            skipped.append(days.at(day))
        for begins, ends in spans:
            if left <= ends - begins:
                said = dict.fromkeys(str(days.hours(row.day) or "") for row in counted)
                return Reckoned(begins + left, tuple(counted), tuple(skipped), day, tuple(said))
            left -= ends - begins
        day += ONE


def worked_between(days: Days, begins: datetime, ends: datetime) -> timedelta:
    """Return how long offices were open between two moments."""
    worked, day = timedelta(), timezone.localdate(begins)
    while day <= timezone.localdate(ends):
        for opens, closes in days.spans(day):
            worked += max(min(closes, ends) - max(opens, begins), timedelta())
        day += ONE
    return worked


def _working_days(term: Term, days: Days) -> Reckoned:
    """Look the running number up: the start's, plus the amount, plus the working days on which the clock stood."""
    lost = sum(days.number(ends - ONE) - days.number(begins - ONE) for begins, ends in term.standing())
    last = days.nth(days.number(term.first) + term.total + lost).day
    stretch = days.between(term.first + ONE, last)
    counts = [row.is_workday and not term.stood_on(row.day) for row in stretch]
    counted = tuple(row for row, does in zip(stretch, counts, strict=True) if does)
    skipped = tuple(row for row, does in zip(stretch, counts, strict=True) if not does)
    return Reckoned(days.closing(last), counted, skipped, last)


def _calendar_days(term: Term, days: Days) -> Reckoned:
    """Count every day, or go to the corresponding day of the month; a last day of rest moves to the next working day."""
    nominal = add_months(term.first, term.total) if term.unit is Unit.MONTH else term.first + term.total * ONE
    nominal += sum((ends - begins for begins, ends in term.standing()), timedelta())
    last = nominal
    while not days.at(last).is_workday:
        last += ONE
    before = days.between(term.first + ONE, nominal - ONE)
    moved = days.between(nominal, last - ONE) if last > nominal else []
    counted = (*(row for row in before if not term.stood_on(row.day)), days.at(last))
    skipped = (*(row for row in before if term.stood_on(row.day)), *moved)
    return Reckoned(_moment(last, END_OF_DAY), counted, skipped, nominal)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day some months later, else the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except ValueError as error:
        raise OutsideCalendar(day) from error


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at), timezone.get_default_timezone())
