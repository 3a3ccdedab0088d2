"""A change of the calendar counts running clocks again: each that moves gets its event, with the old and the new date."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from linli.commons.calendar import actions
from linli.commons.calendar.models import Calendar, CalendarDay, DayKind, OfficeHours
from linli.commons.deadlines import actions as deadlines
from linli.commons.deadlines.models import Clock
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.places.models import Place

from .conftest import HAIBOWAN, HUDONG, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]
THURSDAY, TOMORROW = date(2026, 9, 17), date(2026, 9, 15)
OTHER_CITY = "1501"


def announce(path: str = HAIBOWAN, kind: DayKind = DayKind.LOCAL_HOLIDAY, days: tuple[date, ...] = (THURSDAY,)) -> int:
    notice = {"name": "建区纪念日", "reason": "放假一天", "source": "海政发〔2026〕9号"}
    return actions.announce(place_path=path, days=days, kind=kind, by=SYSTEM, **notice)


def kind_of(path: str, day: date = THURSDAY) -> str:
    return CalendarDay.objects.get(calendar=Calendar.objects.ruling(path), day=day).kind


def hours(
    place_path: str = HAIBOWAN, begins_on: date = TOMORROW, turns: str = "08:30 12:00 14:00 17:30"
) -> OfficeHours:
    names = ("opens", "break_begins", "break_ends", "closes")
    facts = dict(zip(names, map(turn, turns.split()), strict=True))
    return OfficeHours(place_path=place_path, begins_on=begins_on, notice="海政办发〔2026〕3号", **facts)


def turn(text: str) -> object:
    return at(f"2026-01-01T{text}").time()


def start(number: int, path: str = HUDONG, unit: str = "working_hour", amount: int = 10) -> Clock:
    return deadlines.start_clock(
        about=f"cases.case:{number}", name="办理", amount=amount, unit=unit, place_path=path, by=SYSTEM
    )


def test_running_terms_are_counted_again_each_with_an_event_and_the_old_and_new_date() -> None:
    here = deadlines.start_clock(
        about="cases.case:1", name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM
    )
    elsewhere = deadlines.start_clock(
        about="cases.case:2", name="办理", amount=5, unit="working_day", place_path=OTHER_CITY, by=SYSTEM
    )
    hours = deadlines.start_clock(
        about="cases.case:3", name="办理", amount=300, unit="clock_hour", place_path=HUDONG, by=SYSTEM
    )
    over = deadlines.start_clock(
        about="cases.case:4", name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM
    )
    over.stop(by=SYSTEM)
    assert announce() == 1
    dates = {one.about[-1]: one.due_at for one in Clock.objects.all()}
    assert dates == {"1": at("2026-09-21T18:00"), "2": elsewhere.due_at, "3": hours.due_at, "4": over.due_at}
    move = Clock.objects.get(pk=here.pk).moves.get(kind="recompute")
    assert (move.due_before, move.due_after) == (at("2026-09-20T18:00"), at("2026-09-21T18:00"))
    assert list(Event.objects.filter(verb="deadlines.clock.recompute").values_list("subject", flat=True)) == [
        f"deadlines.clock:{here.pk}"
    ]
    assert announce(kind=DayKind.WORKDAY) == 1
    assert Clock.objects.get(pk=here.pk).due_at == at("2026-09-20T18:00")


def test_a_newly_published_day_is_taken_over_and_terms_follow_but_not_over_a_day_announced_by_hand() -> None:
    announce(HAIBOWAN)
    nation = Calendar.objects.ruling("")
    nation.days.filter(day="2026-09-20").update(kind="weekend", name="")
    nation.renumber()
    Calendar.objects.ruling(HAIBOWAN).follow()
    clock = deadlines.start_clock(
        about="cases.case:1", name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM
    )
    assert clock.due_at == at("2026-09-22T18:00")
    loaded = actions.load_calendar(by=SYSTEM)
    assert (loaded.changed, loaded.moved) == ([date(2026, 9, 20)], 1)
    assert (kind_of(HUDONG), Clock.objects.get().due_at) == ("local_holiday", at("2026-09-21T18:00"))
    assert Event.objects.get(verb="calendar.calendar.load").data["changed"] == ["2026-09-20"]


def test_setting_hours_counts_running_terms_again_each_with_an_event_and_says_before_how_many() -> None:
    here, days = start(1), start(2, unit="working_day", amount=5)
    start(3, amount=2)
    start(4, OTHER_CITY)
    over = start(5)
    over.stop(by=SYSTEM)
    before = {one.about: one.due_at for one in Clock.objects.all()}
    assert actions.moved_by(hours()) == 2
    assert (
        OfficeHours.objects.filter(place_path=HAIBOWAN).count(),
        Event.objects.filter(verb__contains="hours").count(),
    ) == (0, 0)
    assert actions.set_hours(hours=hours(), by=SYSTEM) == 2
    after = {one.about: one.due_at for one in Clock.objects.all()}
    assert {about for about, due_at in after.items() if due_at != before[about]} == {here.about, days.about}
    assert (before[here.about], after[here.about]) == (at("2026-09-15T16:10"), at("2026-09-15T15:40"))
    assert (before[days.about], after[days.about]) == (at("2026-09-20T18:00"), at("2026-09-20T17:30"))
    moves = Event.objects.filter(verb="deadlines.clock.recompute").values_list("subject", flat=True)
    assert sorted(moves) == [f"deadlines.clock:{here.pk}", f"deadlines.clock:{days.pk}"]
    event = Event.objects.get(verb="calendar.officehours.set_hours")
    assert (event.place_path, event.data) == (
        HAIBOWAN,
        {"begins_on": "2026-09-15", "hours": "08:30–12:00 14:00–17:30"},
    )


def test_coming_hours_are_taken_back_and_terms_return_to_their_date() -> None:
    term = start(1, unit="working_day", amount=5)
    actions.set_hours(hours=hours(), by=SYSTEM)
    coming = OfficeHours.objects.get(place_path=HAIBOWAN)
    assert actions.moved_by(coming) == 1
    assert OfficeHours.objects.filter(pk=coming.pk).exists()
    assert actions.remove_hours(hours=coming, by=SYSTEM) == 1
    assert Clock.objects.get().due_at == term.due_at == at("2026-09-20T18:00")
    assert Event.objects.get(verb="calendar.officehours.remove_hours").subject == f"calendar.officehours:{coming.pk}"
    with pytest.raises(Refused):
        actions.remove_hours(hours=coming, by=SYSTEM)


def test_terms_of_one_place_are_counted_on_one_reading_of_its_calendar(
    places: dict[str, Place], django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(20):
        start(number)
    with django_assert_num_queries(
        8
    ):  # savepoint, insert, clocks, their moves, the calendar in two stretches, hours, rollback
        assert actions.moved_by(hours()) == 20
