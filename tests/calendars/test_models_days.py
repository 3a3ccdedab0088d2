"""The national calendar against what the State Council announced, written down by hand from its notices."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from linli.commons.calendar import queries
from linli.commons.calendar.actions import published_days
from linli.commons.calendar.models import Calendar, CalendarDay, DayKind

from .conftest import HUDONG, WUHAI

pytestmark = pytest.mark.django_db
WORKED_WEEKENDS = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
WEEKDAYS_OFF = {
    2024: "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07",
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07",
}


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_announced_days_stand_in_the_calendar(year: int) -> None:
    rows = list(CalendarDay.objects.filter(calendar__place_path="", day__year=year).order_by("day"))
    assert [f"{row.day:%m-%d}" for row in rows if row.day.weekday() >= 5 and row.is_workday] == WORKED_WEEKENDS[year]
    assert [f"{row.day:%m-%d}" for row in rows if row.day.weekday() < 5 and not row.is_workday] == WEEKDAYS_OFF[
        year
    ].split()
    assert not any(row.provisional for row in rows)


def test_every_day_of_2015_to_2027_has_its_running_number() -> None:
    number, day = 0, date(2015, 1, 1)
    rows = CalendarDay.objects.filter(calendar__place_path="", day__year__lte=2027).order_by("day")
    for row in rows:
        number += row.is_workday
        assert (row.day, row.number) == (day, number)
        day += timedelta(1)
    assert day == date(2028, 1, 1)


def test_years_whose_swapped_days_are_not_announced_are_provisional() -> None:
    assert queries.provisional_years(Calendar.objects.ruling("")) == [2027, 2028]


def test_a_half_moved_weekend_has_one_working_day() -> None:
    names = dict(CalendarDay.objects.filter(day__range=("2026-09-19", "2026-09-20")).values_list("day", "kind"))
    assert str(CalendarDay.objects.get(day="2026-09-20")) == "2026-09-20 swapped_workday"
    assert names == {date(2026, 9, 19): DayKind.WEEKEND, date(2026, 9, 20): DayKind.SWAPPED_WORKDAY}


def test_swapped_days_carry_the_name_of_their_holiday() -> None:
    named = {f"{one.day:%m-%d}": one.name for one in published_days(2026, 2026) if one.name}
    assert (named["01-02"], named["01-04"], named["02-14"], named["09-20"], named["10-07"]) == (
        "元旦",
        "元旦",
        "春节",
        "国庆节",
        "国庆节",
    )
    assert next(one.name for one in published_days(2020, 2020) if one.day == date(2020, 10, 1)) == "中秋节、国庆节"


def test_the_database_refuses_a_day_twice_and_a_kind_it_does_not_know() -> None:
    nation = Calendar.objects.ruling(HUDONG)
    assert (str(nation), str(Calendar(place_path=WUHAI))) == ("CN", WUHAI)
    for kind, day in [("workday", "2026-09-14"), ("feast", "2031-01-01")]:
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarDay.objects.create(calendar=nation, day=day, kind=kind)


def test_a_city_without_a_calendar_says_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE calendar_calendar SET place_path = '99'")
    with pytest.raises(Calendar.DoesNotExist):
        Calendar.objects.ruling(HUDONG)
