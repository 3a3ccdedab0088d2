"""A year of a jurisdiction's calendar, as the page shows it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from linli.commons.deadlines.models import Calendar, CalendarDay, DayKind
from linli.ground.core import clock


@dataclass(frozen=True)
class YearDay:
    """One cell: the day, what it is, its mark (休, 班) in the language of the reader's page, and whether it differs from the week."""

    day: date
    kind: str
    label: str
    name: str
    is_workday: bool
    is_own: bool

    @property
    def is_marked(self) -> bool:
        """Whether the day differs from an ordinary week."""
        return self.kind not in {DayKind.WORKDAY, DayKind.WEEKEND}

    @property
    def is_today(self) -> bool:
        """Whether it is today, in the city."""
        return self.day == clock.today()


@dataclass(frozen=True)
class MonthGrid:
    """One month: its first day, its weeks from Monday with None outside the month, and how many days are worked."""

    first: date
    weeks: list[list[YearDay | None]]
    workdays: int


def days_of(place_path: str, year: int) -> QuerySet[CalendarDay]:
    """Return the days of a year as they hold in a place, in order; none for a year that the calendar does not hold."""
    return CalendarDay.objects.filter(calendar=Calendar.objects.ruling(place_path), day__year=year).order_by("day")


def year_of(place_path: str, year: int) -> tuple[Calendar, list[MonthGrid]]:
    """Return the calendar that rules in a place and its months in a year; no months for a year that it does not hold."""
    calendar = Calendar.objects.ruling(place_path)
    months: dict[int, list[YearDay]] = defaultdict(list)
    for row in CalendarDay.objects.filter(calendar=calendar, day__year=year).order_by("day"):
        months[row.day.month].append(
            YearDay(row.day, row.kind, row.get_kind_display(), row.name, row.is_workday, row.is_own)
        )
    return calendar, [_grid(days) for days in months.values()]


def provisional_years(calendar: Calendar) -> list[int]:
    """Return the years whose swapped days are not announced."""
    days = CalendarDay.objects.filter(calendar=calendar, provisional=True).dates("day", "year")
    return [day.year for day in days]


def _grid(days: list[YearDay]) -> MonthGrid:
    cells: list[YearDay | None] = [None] * days[0].day.weekday() + list(days)
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    return MonthGrid(days[0].day, weeks, sum(day.is_workday for day in days))
