"""The one typed door to the `holidays` library: what the State Council announced for each day of a year (国务院办公厅节假日安排的通知)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

import holidays

FIRST_YEAR: Final = 2015
SWAPPED: Final = "休息日"  # how the library names a working day that was moved to a weekend
SATURDAY: Final = 5


@dataclass(frozen=True)
class Published:
    """One day as announced: its kind (a `DayKind` value), the holiday's name, and whether the year's swapped days are still unknown."""

    day: date
    kind: str
    name: str
    provisional: bool


def published_days(first: int, last: int) -> Iterator[Published]:
    """Yield every day of the years `first` to `last` in order.

    A year without a single swapped day has not been announced yet (each year since 2001 had some): its days are provisional.
    """
    known = holidays.country_holidays("CN", years=range(first - 1, last + 2), language="zh_CN")
    names = cast("dict[date, str]", dict(known.items()))
    swapped = cast("set[date]", set(known.weekend_workdays))
    announced = {day.year for day in swapped}
    proper = {day: _plain(name) for day, name in names.items() if not name.startswith(SWAPPED)}
    source = {_swapped_from(name): day for day, name in names.items() if name.startswith(SWAPPED)}
    day = date(first, 1, 1)
    while day.year <= last:
        if day in swapped:
            kind, name = "swapped_workday", _nearest(source.get(day, day), proper)
        elif day in names:
            kind, name = "holiday", proper.get(day) or _nearest(day, proper)
        else:
            kind, name = ("weekend" if day.weekday() >= SATURDAY else "workday"), ""
        yield Published(day, kind, name, day.year not in announced)
        day += timedelta(1)


def _plain(name: str) -> str:
    """Return the holiday's name without the note that it is made up for (补假); two holidays on one day keep both names."""
    return name.replace("（补假）", "").replace("; ", "、")


def _swapped_from(name: str) -> date:
    """Return the weekend day that is worked for this day of rest, as the library writes it: 休息日（由 2026-09-20 调休）."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", name)
    assert found, name
    return date.fromisoformat(found[0])


def _nearest(day: date, proper: dict[date, str]) -> str:
    """Return the name of the holiday that a swapped day belongs to: the nearest one."""
    return proper[min(proper, key=lambda other: (abs(other - day), other))]
