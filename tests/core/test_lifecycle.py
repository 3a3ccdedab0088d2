"""A thing is locked once in a block that is written together, and says how its row stands; another thing of the same row does not."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.commons.deadlines.actions import start_clock, stop_clock
from linli.commons.deadlines.models import Clock
from linli.flows.cases.models import Case
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.database.writing import is_ours, together

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def running(db: None) -> Clock:
    return start_clock(about="cases.case:1", name="answer", amount=5, unit="calendar_day", by=SYSTEM)


def locks(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum("FOR UPDATE" in one["sql"] for one in asked)


def twice(clock: Clock) -> None:
    clock.extend(amount=1, reason="", by=SYSTEM)
    clock.pause(reason="", by=SYSTEM)


def test_two_steps_of_one_block_lock_the_row_once(running: Clock) -> None:
    with transaction.atomic(), together():
        assert locks(lambda: twice(running)) == 1
        assert is_ours(running)
    assert not is_ours(running)
    fresh = Clock.objects.get(pk=running.pk)
    assert (fresh.version, fresh.extended, fresh.is_waiting) == (3, 1, True)


def test_outside_of_a_block_each_step_locks_it(running: Clock) -> None:
    with transaction.atomic():
        assert locks(lambda: twice(running)) == 2


def test_another_thing_of_the_same_row_is_read_anew_and_takes_its_place(running: Clock) -> None:
    other = Clock.objects.get(pk=running.pk)
    with transaction.atomic(), together():
        running.extend(amount=1, reason="", by=SYSTEM)
        other.extend(amount=2, reason="", by=SYSTEM)
        assert (is_ours(running), is_ours(other), other.extended) == (False, True, 3)
        running.extend(amount=3, reason="", by=SYSTEM)
    fresh = Clock.objects.get(pk=running.pk)
    assert (fresh.version, fresh.extended, running.extended) == (4, 6, 6)


def test_what_was_seen_is_compared_though_the_row_is_locked_already(running: Clock) -> None:
    with transaction.atomic(), together():
        running.extend(amount=1, reason="", by=SYSTEM)
        with pytest.raises(Conflict):
            running.as_seen(1).lock()
        running.as_seen(2).lock()


def test_a_step_that_is_taken_back_leaves_the_row_to_be_read_again(running: Clock) -> None:
    with transaction.atomic(), together():
        with transaction.atomic():
            running.extend(amount=1, reason="", by=SYSTEM)
            transaction.set_rollback(True)
        assert not is_ours(running)
        running.lock()
        assert (running.version, running.extended) == (1, 0)


def test_the_clock_that_was_started_last_is_stopped_once(running: Clock) -> None:
    begun: datetime = running.started_at
    with transaction.atomic():
        stop_clock(about=Case(pk=1), by=SYSTEM)
    fresh = Clock.objects.get(pk=running.pk)
    assert fresh.stopped_at is not None
    assert fresh.stopped_at - begun < timedelta(minutes=1)
    with pytest.raises(Refused), transaction.atomic():
        stop_clock(about=Case(pk=1), by=SYSTEM)
