"""The calendar as work: loading what is published, announcing what differs, and counting open clocks again."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.commons.deadlines.models import Announcement, Calendar, CalendarDay, Clock, DayKind, Days, OfficeHours
from linli.commons.deadlines.models.calendar import WORKED
from linli.commons.deadlines.models.clock import OPEN
from linli.commons.deadlines.models.counting import OutsideCalendar
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Conflict, Refused

from .published import FIRST_YEAR, published_days

LAST_YEAR: Final = 2028
AHEAD: Final = 2  # a term that starts today must find its last day
BATCH: Final = 2000


@dataclass(frozen=True)
class Loaded:
    """What a loading did: days in the national calendar, days that changed, open clocks whose date moved."""

    days: int
    changed: list[date]
    clocks: int


@transaction.atomic
def load_calendar(*, by: Actor, first: int = FIRST_YEAR, last: int | None = None) -> Loaded:
    """Bring the national calendar up to what is published, up to two years ahead; days announced by hand stay as they are.

    Calendars of places take over what they did not announce themselves. Open clocks are counted again.
    """
    last = last or max(LAST_YEAR, clock.today().year + AHEAD)
    nation, _made = Calendar.objects.get_or_create(place_path="")
    present = {row.day: row for row in nation.days.select_for_update()}
    fresh, number = [], 0
    for one in published_days(first, last):
        number += one.kind in WORKED
        row = present.get(one.day)
        if row is None or (
            not row.is_own and (row.kind, row.name, row.provisional) != (one.kind, one.name, one.provisional)
        ):
            facts = {"day": one.day, "kind": one.kind, "name": one.name, "provisional": one.provisional}
            fresh.append(CalendarDay(calendar=nation, number=number, **facts))
    if fresh:
        _store(nation, fresh)
    changed = {row.day for row in fresh if row.day in present}.union(*_hand_down(""))
    moved = _count_again("", changed, by=by)
    if fresh:
        record(
            "deadlines.calendar.load",
            nation,
            by=by,
            data={"first": first, "last": last, "changed": sorted(changed)[:100]},
        )
    return Loaded(nation.days.count(), sorted(changed), moved)


@transaction.atomic
def announce(
    *, place_path: str, days: Iterable[date], kind: DayKind, reason: str, source: str, by: Actor, name: str = ""
) -> int:
    """Announce what days are in a jurisdiction, with the reason and the notice it stands in; return how many open clocks moved.

    A place that differs for the first time gets a calendar of its own; places below it follow unless they announced the day
    themselves. Raises OutsideCalendar for a day that the calendar does not hold.
    """
    calendar = _own_calendar(place_path)
    wanted = sorted(set(days))
    rows = {row.day: row for row in calendar.days.select_for_update().filter(day__in=wanted)}
    if len(rows) != len(wanted):
        raise OutsideCalendar(wanted)
    said = {"kind": kind, "name": name, "reason": reason, "source": source, "by": by.ref, "post": by.post_ref}
    Announcement.objects.bulk_create(
        Announcement(calendar=calendar, day=day, before=rows[day].kind, at=clock.now(), **said) for day in wanted
    )
    calendar.days.filter(day__in=wanted).update(kind=kind, name=name, is_own=True, provisional=False)
    calendar.renumber()
    _hand_down(place_path)
    for day in wanted:
        data = {"day": day, "kind": [rows[day].kind, kind.value]}
        record("deadlines.calendar.announce", calendar, by=by, place_path=place_path, data=data)
    return _count_again(place_path, wanted, by=by)


@transaction.atomic
def confirm_year(*, place_path: str, year: int, by: Actor) -> None:
    """Say that a year's swapped days are all announced and entered: its deadlines are provisional no longer."""
    calendar = _own_calendar(place_path)
    calendar.days.filter(day__year=year).update(provisional=False)
    _hand_down(place_path)
    record("deadlines.calendar.confirm_year", calendar, by=by, place_path=place_path, data={"year": year})


@transaction.atomic
def set_hours(*, hours: OfficeHours, by: Actor) -> int:
    """Set office hours from a day on; return how many open clocks moved. Raises Conflict where somebody just did the same."""
    try:
        with transaction.atomic():
            hours.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(hours) from error
    return _hours_changed(hours, "set_hours", by)


@transaction.atomic
def remove_hours(*, hours: OfficeHours, by: Actor) -> int:
    """Take back hours that have not begun; return how many open clocks moved. Raises Refused once they hold or are gone."""
    if not hours.is_coming or not OfficeHours.objects.filter(pk=hours.pk).delete()[0]:
        raise Refused(hours, "remove_hours")
    return _hours_changed(hours, "remove_hours", by)


def moved_by(hours: OfficeHours) -> int:
    """Return how many open clocks it would move to set these hours (a new row) or to remove them (a kept one); nothing changes."""
    with transaction.atomic():
        copy(hours).save(force_insert=True) if hours.pk is None else copy(hours).delete()
        count = len(_moving(hours.place_path, hours.begins_on))
        transaction.set_rollback(True)
    return count


def _hours_changed(hours: OfficeHours, verb: str, by: Actor) -> int:
    data = {"begins_on": hours.begins_on, "hours": str(hours)}
    record(f"deadlines.officehours.{verb}", hours, by=by, place_path=hours.place_path, data=data)
    return _recompute(_moving(hours.place_path, hours.begins_on), by)


def _own_calendar(place_path: str) -> Calendar:
    """Return the place's own calendar; the first time it takes over every day from the one that ruled there."""
    ruling = Calendar.objects.ruling(place_path)
    if ruling.place_path == place_path:
        return ruling
    calendar, _made = Calendar.objects.get_or_create(place_path=place_path)
    calendar.follow()
    return calendar


def _hand_down(place_path: str) -> list[list[date]]:
    """Let the calendars below a place follow it, upper ones first; return the days that changed in each."""
    return [one.follow() for one in Calendar.objects.under(place_path).exclude(place_path=place_path)]


def _store(nation: Calendar, fresh: list[CalendarDay]) -> None:
    """Write days and number the calendar anew."""
    CalendarDay.objects.bulk_create(
        fresh,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["calendar", "day"],
        update_fields=["kind", "name", "provisional"],
    )
    nation.renumber()


def _count_again(place_path: str, days: Iterable[date], *, by: Actor) -> int:
    """Count those open clocks of a place again that one of the days may move; each that moves gets its event."""
    days = sorted(days)
    return _recompute(_moving(place_path, days[0], days[-1]), by) if days else 0


def _recompute(clocks: list[Clock], by: Actor) -> int:
    for one in clocks:
        one.recompute(by=by)
    return len(clocks)


def _moving(place_path: str, first: date, last: date = date.max) -> list[Clock]:
    """Return the open clocks of a place whose date is another since the days from `first` to `last` have changed.

    The calendar of each place is read once, however many clocks run there.
    """
    touched = Clock.objects.filter(status__in=OPEN, place_path__startswith=place_path, due_at__date__gte=first)
    stretches: dict[str, Days] = {}
    found = []
    for one in touched.filter(started_at__date__lte=last).prefetch_related("moves").order_by("started_at", "pk"):
        if one.place_path not in stretches:
            stretches[one.place_path] = Days(one.place_path, localdate(one.started_at))
        if one.reckon(stretches[one.place_path]).due_at != one.due_at:
            found.append(one)
    return found
