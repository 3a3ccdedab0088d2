"""A year of a jurisdiction's calendar and its office hours, as the pages show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.commons.calendar.models import Calendar, CalendarDay, OfficeHours
from linli.commons.calendar.models.hours import hours_on
from linli.ground.core import clock
from linli.ground.places.models import Place

MARGIN: Final = 60  # minutes that the picture of a day shows before offices open and after they close


@dataclass(frozen=True)
class MonthGrid:
    """One month: its first day, its weeks from Monday with None outside the month, and how many days are worked."""

    first: date
    weeks: list[list[CalendarDay | None]]
    workdays: int


@dataclass(frozen=True)
class Hours:
    """The office hours of a place: every set that holds there at some time, latest first, with whose it is; today's; whether open now."""

    sets: list[tuple[OfficeHours, str]]
    today: OfficeHours | None
    is_workday: bool

    @property
    def is_open(self) -> bool:
        """Whether offices are open at this moment."""
        if self.today is None or not self.is_workday:
            return False
        opens, break_begins, break_ends, closes = self.today.times
        return opens <= (now := localtime(clock.now()).time()) < break_begins or break_ends <= now < closes

    @property
    def parts(self) -> list[tuple[str | Promise, int, str]]:
        """The picture of today: label, share in percent and kind of each part: closed, open, lunch, open, closed."""
        if self.today is None:
            return []
        first, _blank, second = str(self.today).partition(" ")
        turns = [at.hour * 60 + at.minute for at in self.today.times]
        if not second:
            turns[1:3] = turns[3], turns[3]
        opens, *_turns, closes = turns
        lengths = [end - begin for begin, end in pairwise([opens - MARGIN, *turns, closes + MARGIN])]
        labels: list[str | Promise] = ["", first, _("lunch"), second, ""]
        named = zip(labels, lengths, ("shut", "done", "wait", "done", "shut"), strict=True)
        return [(label, round(100 * length / sum(lengths)), kind) for label, length, kind in named if length]


def hours_of(place_path: str) -> Hours:
    """Return the office hours of a place, its own and those that it takes over from above. Three queries."""
    around = list(OfficeHours.objects.around(place_path))
    paths = {one.place_path for one in around}
    names = {place.path: place.short_name for place in Place.objects.filter(path__in=paths)}
    ruling = [(one, names.get(one.place_path, "")) for one in around if hours_on(around, one.begins_on) is one]
    ruling.sort(key=lambda pair: pair[0].begins_on, reverse=True)
    day = CalendarDay.objects.filter(calendar__in=Calendar.objects.nearest(place_path)[:1], day=clock.today()).first()
    return Hours(ruling, hours_on(around, clock.today()), is_workday=day is not None and day.is_workday)


def days_of(place_path: str, year: int) -> QuerySet[CalendarDay]:
    """Return the days of a year as they hold in a place, in order; none for a year that the calendar does not hold."""
    return CalendarDay.objects.filter(calendar=Calendar.objects.ruling(place_path), day__year=year).order_by("day")


def year_of(place_path: str, year: int) -> tuple[Calendar, list[MonthGrid]]:
    """Return the calendar that rules in a place and its months in a year; no months for a year that it does not hold."""
    calendar = Calendar.objects.ruling(place_path)
    months: dict[int, list[CalendarDay]] = defaultdict(list)
    for row in calendar.days.filter(day__year=year).order_by("day"):
        months[row.day.month].append(row)
    return calendar, [_grid(days) for days in months.values()]


def provisional_years(calendar: Calendar) -> list[int]:
    """Return the years whose swapped days are not announced."""
    return [day.year for day in calendar.days.filter(provisional=True).dates("day", "year")]


def _grid(days: list[CalendarDay]) -> MonthGrid:
    cells: list[CalendarDay | None] = [None] * days[0].day.weekday() + list(days)
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    return MonthGrid(days[0].day, weeks, sum(day.is_workday for day in days))
