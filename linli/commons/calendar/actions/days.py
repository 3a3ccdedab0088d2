"""The days as work: loading what is published, announcing what differs; what runs on the calendar is counted again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from linli.commons.calendar import recounting
from linli.commons.calendar.models import Announcement, Calendar, CalendarDay, DayKind, OutsideCalendar
from linli.commons.calendar.models.days import WORKED
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record

from .published import FIRST_YEAR, published_days

LAST_YEAR: Final = 2028
AHEAD: Final = 2  # a term that starts today must find its last day
BATCH: Final = 2000


@dataclass(frozen=True)
class Loaded:
    """What a loading did: days in the national calendar, days that changed, running deadlines whose date moved."""

    days: int
    changed: list[date]
    moved: int


@transaction.atomic
def load_calendar(*, by: Actor, first: int = FIRST_YEAR, last: int | None = None) -> Loaded:
    """Bring the national calendar up to what is published, up to two years ahead; days announced by hand stay as they are.

    Calendars of places take over what they did not announce themselves. Running deadlines are counted again.
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
            "calendar.calendar.load",
            nation,
            by=by,
            data={"first": first, "last": last, "changed": sorted(changed)[:100]},
        )
    return Loaded(nation.days.count(), sorted(changed), moved)


@transaction.atomic
def announce(
    *, place_path: str, days: Iterable[date], kind: DayKind, reason: str, source: str, by: Actor, name: str = ""
) -> int:
    """Announce what days are in a jurisdiction, with the reason and the notice it stands in; return how many running deadlines moved.

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
        record("calendar.calendar.announce", calendar, by=by, place_path=place_path, data=data)
    return _count_again(place_path, wanted, by=by)


@transaction.atomic
def confirm_year(*, place_path: str, year: int, by: Actor) -> None:
    """Say that a year's swapped days are all announced and entered: its deadlines are provisional no longer."""
    calendar = _own_calendar(place_path)
    calendar.days.filter(day__year=year).update(provisional=False)
    _hand_down(place_path)
    record("calendar.calendar.confirm_year", calendar, by=by, place_path=place_path, data={"year": year})


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
    """Count those running deadlines of a place again that one of the days may move."""
    days = sorted(days)
    return recounting.recount(place_path, days[0], days[-1], by=by) if days else 0
