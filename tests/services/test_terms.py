"""Every term against a naive count of days: to accept, to decide, deemed acceptance."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.commons.calendar.models import CalendarDay
from linli.flows.services import actions, queries
from linli.flows.services.models import Application, ApplicationStatus
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock

from .conftest import LOW, SPOT, URGENT, Desk

FIRST = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
TERMS = {LOW: 20, URGENT: 10, SPOT: 1}
"""By item: the law's 20 where the promise is no shorter, the promise, the city's own for what is done on the spot."""


def naive(start: date, amount: int) -> date:
    """Count working days one by one, from the day after."""
    works = set(CalendarDay.objects.filter(kind__in=["workday", "swapped_workday"]).values_list("day", flat=True))
    day = start
    while amount:
        day += timedelta(1)
        amount -= day in works
    return day


@pytest.fixture
def kinds_are_known(desk: Desk) -> None:
    assert {"2026-09-14", "2026-09-20"} <= {str(day) for day in _working()}


def _working() -> set[date]:
    return {row.day for row in CalendarDay.objects.all() if row.kind in {"workday", "swapped_workday"}}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.integers(0, 24 * 45), code=st.sampled_from(sorted(TERMS)), waits=st.integers(0, 100))
def test_every_date_is_that_of_a_naive_count(desk: Desk, hours: int, code: str, waits: int) -> None:
    received = FIRST + timedelta(hours=hours)
    with clock.stopped_at(received):
        one = desk.receive(code)
        due_at = queries.clock_of(one).due_at
    assert localdate(due_at) == naive(localdate(received), 5)
    accepted = received + timedelta(hours=waits)
    with clock.stopped_at(accepted):
        if accepted <= due_at:
            assert actions.deem_accepted(by=SYSTEM) == 0
            actions.accept(one, by=desk.worker)
        else:
            assert actions.deem_accepted(by=SYSTEM) == 1
    one = Application.objects.get(pk=one.pk)
    begun = accepted if accepted <= due_at else received
    assert (one.status, one.is_deemed) == (ApplicationStatus.ACCEPTED, accepted > due_at)
    assert localdate(queries.clock_of(one).due_at) == naive(localdate(begun), TERMS[code])
    with clock.stopped_at(begun + timedelta(minutes=1)):
        actions.withdraw(one, by=desk.resident)
