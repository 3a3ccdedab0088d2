"""Office hours: a custom of each place from a day on, which working hours and the end of a working day are counted on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.commons.calendar import actions, queries
from linli.commons.calendar.models import OfficeHours, Unit
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


def test_hours_that_hold_are_history_and_stay() -> None:
    actions.set_hours(hours=hours(begins_on=date(2026, 9, 14)), by=SYSTEM)
    with pytest.raises(Refused):
        actions.remove_hours(hours=OfficeHours.objects.get(place_path=HAIBOWAN), by=SYSTEM)


def test_two_who_set_the_same_day_at_once_are_told_that_somebody_was_quicker() -> None:
    actions.set_hours(hours=hours(), by=SYSTEM)
    with pytest.raises(Conflict), transaction.atomic():
        actions.set_hours(hours=hours(), by=Person(ref="people.account:9"))
    assert Event.objects.filter(verb="calendar.officehours.set_hours").count() == 1


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
