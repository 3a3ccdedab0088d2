"""Counting as the law does, held against a naive walk from day to day over the announced calendar."""

from datetime import date, datetime, time, timedelta

import holidays
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.commons.calendar import queries
from linli.commons.calendar.models import Days, OutsideCalendar, Pause, Term, Unit, reckon
from linli.commons.calendar.models.counting import LONGEST, add_months

pytestmark = pytest.mark.django_db
CHINA = holidays.country_holidays("CN", years=range(2014, 2030))
DAY = timedelta(1)
quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
days = st.dates(date(2015, 1, 1), date(2027, 9, 30))


def works(day: date) -> bool:
    return bool(CHINA.is_working_day(day))


def moment(day: date, at: time = time(10)) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def until(term: Term) -> datetime:
    return timezone.localtime(reckon(term, Days("", term.first)).due_at)


@st.composite
def pauses_after(draw: st.DrawFn, start: date) -> tuple[Pause, ...]:
    """Pauses one after the other, each of some days."""
    made, day = [], start
    for _number in range(draw(st.integers(0, 3))):
        begins = day + draw(st.integers(0, 3)) * DAY
        day = begins + draw(st.integers(0, 12)) * DAY
        made.append(Pause(moment(begins, time(11)), moment(day, time(12))))
    return tuple(made)


def stands(pauses: tuple[Pause, ...], day: date) -> bool:
    return any(timezone.localdate(one.begins) <= day < timezone.localdate(one.ends) for one in pauses)


@quick
@given(start=days, amount=st.integers(1, 60), data=st.data())
def test_working_days_are_those_on_which_offices_are_open_and_the_clock_runs(
    start: date, amount: int, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(start))
    day, left = start, amount
    while left:
        day += DAY
        left -= works(day) and not stands(pauses, day)
    # a pause that begins after the naive end would never have been allowed
    if any(timezone.localdate(one.begins) > day for one in pauses):
        return
    found = reckon(Term(moment(start), amount, Unit.WORKING_DAY, 0, pauses), Days("", start))
    assert timezone.localtime(found.due_at) == moment(day, time(18))
    assert len(found.counted) == amount
    assert {row.day for row in (*found.counted, *found.skipped)} == {
        start + number * DAY for number in range(1, (day - start).days + 1)
    }


@quick
@given(start=days, amount=st.integers(1, 90), data=st.data())
def test_calendar_days_all_count_and_end_on_a_working_day(start: date, amount: int, data: st.DataObject) -> None:
    pauses = data.draw(pauses_after(start))
    day, left = start, amount
    while left:
        day += DAY
        left -= not stands(pauses, day)
    if any(timezone.localdate(one.begins) > day for one in pauses):
        return
    nominal = day
    while not works(day):
        day += DAY
    found = reckon(Term(moment(start), amount, Unit.CALENDAR_DAY, 0, pauses), Days("", start))
    assert (timezone.localtime(found.due_at), found.nominal) == (moment(day, time(23, 59, 59)), nominal)
    assert (len(found.counted), found.counted[-1].day) == (amount, day)


@quick
@given(start=days, amount=st.integers(1, 14))
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start: date, amount: int) -> None:
    year, month = start.year, start.month
    for _number in range(amount):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    day = start.day
    while True:
        try:
            end = date(year, month, day)
        except ValueError:
            day -= 1
        else:
            break
    while not works(end):
        end += DAY
    assert until(Term(moment(start), amount, Unit.MONTH)) == moment(end, time(23, 59, 59))


@quick
@given(start=days, at=st.times(), amount=st.integers(1, 500), stood=st.integers(0, 300))
def test_clock_hours_run_from_their_moment_over_nights_and_holidays(
    start: date, at: time, amount: int, stood: int
) -> None:
    begins = moment(start, at)
    pause = Pause(begins, begins + timedelta(minutes=stood))
    assert until(Term(begins, amount, Unit.CLOCK_HOUR, 0, (pause,))) == begins + timedelta(hours=amount, minutes=stood)


OPEN = ((time(8, 30), time(12)), (time(14, 30), time(18)))


@settings(quick, max_examples=40)
@given(
    start=days,
    minute=st.integers(0, 24 * 60 - 1),
    amount=st.integers(1, 20),
    stands_for=st.integers(0, 3000),
    data=st.data(),
)
def test_working_hours_run_while_offices_are_open(
    start: date, minute: int, amount: int, stands_for: int, data: st.DataObject
) -> None:
    begins = moment(start) - timedelta(hours=10) + timedelta(minutes=minute)
    pause = Pause(begins + timedelta(minutes=20), begins + timedelta(minutes=20 + stands_for))
    at, left = begins, amount * 60
    while left:
        local = timezone.localtime(at)
        opened = works(local.date()) and any(opens <= local.time() < closes for opens, closes in OPEN)
        left -= opened and not pause.begins <= at < pause.ends
        at += timedelta(minutes=1)
    assert until(Term(begins, amount, Unit.WORKING_HOUR, 0, (pause,))) == at


def test_an_extension_counts_like_a_longer_term() -> None:
    start = moment(date(2026, 9, 14))
    assert until(Term(start, 5, Unit.WORKING_DAY, extended=5)) == until(Term(start, 10, Unit.WORKING_DAY))


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("amount", [0, -3, LONGEST + 1])
def test_no_term_of_nothing_or_of_a_generation(unit: Unit, amount: int) -> None:
    with pytest.raises(OutsideCalendar):
        reckon(Term(moment(date(2026, 9, 14)), amount, unit), Days("", date(2026, 9, 14)))


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        (date(1990, 1, 1), 5, Unit.WORKING_DAY),
        (date(2014, 12, 31), 5, Unit.CALENDAR_DAY),
        (date(2026, 1, 1), 4000, Unit.WORKING_DAY),
        (date(2026, 1, 1), 4000, Unit.CALENDAR_DAY),
        (date(9999, 12, 31), 1, Unit.CLOCK_HOUR),
        (date(9000, 12, 31), 1, Unit.CLOCK_HOUR),
    ],
)
def test_what_leads_out_of_the_calendar_is_refused(start: date, amount: int, unit: Unit) -> None:
    with pytest.raises(OutsideCalendar):
        queries.due(start, amount, unit)


def test_the_calendar_is_not_read_backwards() -> None:
    with pytest.raises(OutsideCalendar):
        Days("", date(2026, 9, 14)).at(date(2026, 9, 13))


def test_months_beyond_the_end_of_time_are_refused() -> None:
    with pytest.raises(OutsideCalendar):
        add_months(date(9999, 1, 1), 12)
