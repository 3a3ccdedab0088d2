"""Announcing days: only the place that differs is renumbered, and places below follow."""

from datetime import date

import pytest
from django.db import transaction

from linli.commons.calendar import actions, queries
from linli.commons.calendar.models import Announcement, Calendar, CalendarDay, DayKind, OutsideCalendar, Unit
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core.models import Event

from .conftest import BINHE, HAIBOWAN, HUDONG, WUHAI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]
THURSDAY = date(2026, 9, 17)
OTHER_CITY = "1501"


def announce(path: str = HAIBOWAN, kind: DayKind = DayKind.LOCAL_HOLIDAY, days: tuple[date, ...] = (THURSDAY,)) -> int:
    notice = {"name": "建区纪念日", "reason": "放假一天", "source": "海政发〔2026〕9号"}
    return actions.announce(place_path=path, days=days, kind=kind, by=SYSTEM, **notice)


def kind_of(path: str, day: date = THURSDAY) -> str:
    return CalendarDay.objects.get(calendar=Calendar.objects.ruling(path), day=day).kind


def due(path: str) -> str:
    return f"{queries.due(date(2026, 9, 14), 5, Unit.WORKING_DAY, path).due_at:%m-%d}"


def test_a_local_holiday_renumbers_only_its_own_place() -> None:
    before = list(Calendar.objects.ruling("").days.order_by("day").values_list("number", flat=True))
    announce()
    nation, own = Calendar.objects.ruling(OTHER_CITY), Calendar.objects.ruling(HUDONG)
    assert (nation.place_path, own.place_path) == ("", HAIBOWAN)
    assert list(nation.days.order_by("day").values_list("number", flat=True)) == before
    shifted = [
        old - new for old, new in zip(before, own.days.order_by("day").values_list("number", flat=True), strict=True)
    ]
    day = (THURSDAY - date(2015, 1, 1)).days
    assert (set(shifted[:day]), set(shifted[day:])) == ({0}, {1})
    assert (due(HUDONG), due(WUHAI)) == ("09-21", "09-20")


def test_an_announcement_keeps_its_reason_and_source_and_the_log_only_the_codes() -> None:
    announce()
    kept = Announcement.objects.get()
    assert (kept.before, kept.kind, kept.reason, kept.source, kept.by) == (
        "workday",
        "local_holiday",
        "放假一天",
        "海政发〔2026〕9号",
        "system",
    )
    assert str(kept) == "2026-09-17 workday → local_holiday"
    event = Event.objects.get(verb="calendar.calendar.announce")
    assert (event.place_path, event.data) == (HAIBOWAN, {"day": "2026-09-17", "kind": ["workday", "local_holiday"]})
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Announcement.objects.all().delete()


def test_places_below_follow_unless_they_announced_the_day_themselves() -> None:
    announce(BINHE, DayKind.WORKDAY)
    announce(HUDONG, DayKind.LOCAL_HOLIDAY, days=(date(2026, 9, 22),))
    announce(WUHAI)
    assert [kind_of(path) for path in (WUHAI, HAIBOWAN, BINHE, HUDONG)] == [
        "local_holiday",
        "local_holiday",
        "workday",
        "workday",
    ]
    assert (kind_of(BINHE, date(2026, 9, 22)), kind_of(HUDONG, date(2026, 9, 22))) == ("workday", "local_holiday")


def test_a_day_outside_the_calendar_cannot_be_announced() -> None:
    with pytest.raises(OutsideCalendar):
        announce(days=(date(2040, 1, 1),))


def test_an_announced_year_is_provisional_no_longer_below_as_well() -> None:
    announce(HUDONG)
    actions.confirm_year(place_path=WUHAI, year=2027, by=Person(ref="people.account:9"))
    assert [queries.provisional_years(Calendar.objects.ruling(path)) for path in ("", WUHAI, HUDONG)] == [
        [2027, 2028],
        [2028],
        [2028],
    ]
    assert Event.objects.get(verb="calendar.calendar.confirm_year").data == {"year": 2027}


def test_loading_again_changes_nothing() -> None:
    loaded = actions.load_calendar(by=SYSTEM)
    assert (loaded.days, loaded.changed, loaded.moved) == (CalendarDay.objects.count(), [], 0)
    assert not Event.objects.filter(verb="calendar.calendar.load").exists()


def test_the_calendar_grows_with_the_years() -> None:
    loaded = actions.load_calendar(by=SYSTEM, last=2029)
    assert (loaded.changed, queries.provisional_years(Calendar.objects.ruling(""))) == ([], [2027, 2028, 2029])
    assert CalendarDay.objects.latest("day").day == date(2029, 12, 31)
