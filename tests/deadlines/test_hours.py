"""Office hours: a custom of each place from a day on, which working hours and the end of a working day are counted on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.commons.deadlines import actions, queries
from linli.commons.deadlines.models import Clock, OfficeHours, Unit
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core import clock as city_clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.places.models import Place

from .conftest import BINHE, HAIBOWAN, HUDONG, WUHAI, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]
TOMORROW = date(2026, 9, 15)
OTHER_CITY = "1501"


def hours(
    place_path: str = HAIBOWAN, begins_on: date = TOMORROW, turns: str = "08:30 12:00 14:00 17:30"
) -> OfficeHours:
    names = ("opens", "break_begins", "break_ends", "closes")
    facts = dict(zip(names, map(turn, turns.split()), strict=True))
    return OfficeHours(place_path=place_path, begins_on=begins_on, notice="海政办发〔2026〕3号", **facts)


def turn(text: str) -> object:
    return at(f"2026-01-01T{text}").time()


def closing(path: str, day: str) -> str:
    return f"{queries.due(at(f'{day}T09:00'), 1, Unit.WORKING_DAY, path).due_at:%H:%M}"


def start(number: int, path: str = HUDONG, unit: str = "working_hour", amount: int = 10) -> Clock:
    return actions.start_clock(
        about=f"cases.case:{number}", name="办理", amount=amount, unit=unit, place_path=path, by=SYSTEM
    )


def test_every_city_begins_with_the_customary_hours() -> None:
    assert [str(one) for one in OfficeHours.objects.around(HUDONG)] == ["08:30–12:00 14:30–18:00"]
    assert closing(HUDONG, "2026-09-14") == "18:00"


def test_the_nearest_place_that_has_begun_counts_and_until_then_the_one_above() -> None:
    hours(WUHAI, date(2026, 5, 1), "09:00 12:00 15:00 18:30").save()
    hours(BINHE, date(2026, 10, 12)).save()
    hours("", date(2020, 1, 1), "08:00 12:00 13:00 16:00").save()
    ends = [closing(HUDONG, day) for day in ("2026-02-02", "2026-06-01", "2026-11-02")]
    assert ends == ["16:00", "18:30", "17:30"]
    assert closing(OTHER_CITY, "2026-11-02") == "16:00"
    assert queries.due(at("2026-11-02T11:00"), 2, Unit.WORKING_HOUR, HUDONG).due_at == at("2026-11-02T15:00")


def test_where_no_hours_are_set_the_whole_working_day_counts_and_the_sentence_says_so() -> None:
    OfficeHours.objects.all().delete()
    assert closing(HUDONG, "2026-09-14") == "23:59"
    found = queries.due(at("2026-09-14T20:00"), 3, Unit.WORKING_HOUR, HUDONG)
    assert found.due_at == at("2026-09-14T23:00")
    assert "未设办公时间，工作日全天计" in found.sentence


def test_a_term_in_working_hours_says_on_which_hours_it_was_counted() -> None:
    hours().save()
    sentence = queries.due(at("2026-09-14T16:00"), 4, Unit.WORKING_HOUR, HUDONG).sentence
    assert "按办公时间 08:30–12:00 14:30–18:00 计，按办公时间 08:30–12:00 14:00–17:30 计" in sentence
    assert "办公时间" not in queries.due(at("2026-09-14T16:00"), 4, Unit.WORKING_DAY, HUDONG).sentence


def test_hours_without_a_lunch_break_are_one_stretch() -> None:
    hours(begins_on=date(2026, 9, 1), turns="09:00 12:00 12:00 17:00").save()
    shown = queries.hours_of(HUDONG)
    assert [(label, kind) for label, _share, kind in shown.parts] == [
        ("", "shut"),
        ("09:00–17:00", "done"),
        ("", "shut"),
    ]


@pytest.mark.parametrize("turns", ["09:00 08:00 14:00 18:00", "08:30 14:00 12:00 18:00", "08:30 12:00 18:00 18:00"])
def test_hours_that_run_backwards_are_refused(turns: str) -> None:
    with pytest.raises(IntegrityError):
        hours(turns=turns).save()


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
    event = Event.objects.get(verb="deadlines.officehours.set_hours")
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
    assert Event.objects.get(verb="deadlines.officehours.remove_hours").subject == f"deadlines.officehours:{coming.pk}"
    with pytest.raises(Refused):
        actions.remove_hours(hours=coming, by=SYSTEM)


def test_hours_that_hold_are_history_and_stay() -> None:
    actions.set_hours(hours=hours(begins_on=date(2026, 9, 14)), by=SYSTEM)
    with pytest.raises(Refused):
        actions.remove_hours(hours=OfficeHours.objects.get(place_path=HAIBOWAN), by=SYSTEM)


def test_two_who_set_the_same_day_at_once_are_told_that_somebody_was_quicker() -> None:
    actions.set_hours(hours=hours(), by=SYSTEM)
    with pytest.raises(Conflict), transaction.atomic():
        actions.set_hours(hours=hours(), by=Person(ref="people.account:9"))
    assert Event.objects.filter(verb="deadlines.officehours.set_hours").count() == 1


def test_terms_of_one_place_are_counted_on_one_reading_of_its_calendar(
    places: dict[str, Place], django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(20):
        start(number)
    with django_assert_num_queries(
        8
    ):  # savepoint, insert, clocks, their moves, the calendar in two stretches, hours, rollback
        assert actions.moved_by(hours()) == 20


def test_the_page_shows_what_holds_today_whose_it_is_and_what_comes(places: dict[str, Place]) -> None:
    hours(WUHAI, date(2026, 5, 1), "09:00 12:00 15:00 18:30").save()
    hours(WUHAI, date(2026, 10, 1)).save()
    shown = queries.hours_of(HUDONG)
    assert [(str(one), of, one.is_coming) for one, of in shown.sets] == [
        ("08:30–12:00 14:00–17:30", "乌海市", True),
        ("09:00–12:00 15:00–18:30", "乌海市", False),
        ("08:30–12:00 14:30–18:00", "", False),
    ]
    assert (str(shown.today), shown.is_open) == ("09:00–12:00 15:00–18:30", True)
    assert [kind for _label, _share, kind in shown.parts] == ["shut", "done", "wait", "done", "shut"]
    assert 98 <= sum(share for _label, share, _kind in shown.parts) <= 102
    for moment, is_open in (("2026-09-14T12:00", False), ("2026-09-14T15:00", True), ("2026-09-13T10:00", False)):
        with city_clock.stopped_at(at(moment)):
            assert queries.hours_of(HUDONG).is_open is is_open


def test_a_place_without_hours_shows_no_picture() -> None:
    OfficeHours.objects.all().delete()
    shown = queries.hours_of(HUDONG)
    assert (shown.sets, shown.today, shown.parts, shown.is_open) == ([], None, [], False)


def test_an_upper_places_hours_that_never_held_here_are_not_shown() -> None:
    hours(HAIBOWAN, date(2014, 1, 1)).save()
    hours(WUHAI, date(2026, 5, 1)).save()
    assert [one.place_path for one, _of in queries.hours_of(HUDONG).sets] == [HAIBOWAN]
