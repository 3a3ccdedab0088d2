"""A clock's life: it starts with its date, stands, goes on, is extended and stopped, and explains itself all the while."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from linli.commons.calendar.models import OutsideCalendar, Unit
from linli.commons.deadlines import actions
from linli.commons.deadlines.models import Clock, ClockStatus, MoveKind, Todo
from linli.commons.deadlines.queries import clock_about
from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.core import clock as city_clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event

from .conftest import HUDONG, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]
OFFICER = Person(ref="people.account:5")


def started(amount: int = 5, unit: Unit = Unit.WORKING_DAY, about: str = "cases.case:1") -> Clock:
    return actions.start_clock(
        about=about, name="办理期限", amount=amount, unit=unit, place_path=HUDONG, rule_ref="r:1", by=OFFICER
    )


def strip(clock: Clock) -> list[str]:
    return [f"{mark.day.day} {mark.note} {mark.kind}{' now' if mark.is_today else ''}".strip() for mark in clock.days()]


def test_a_clock_starts_with_its_date_its_move_and_its_event() -> None:
    clock = started()
    assert clock.due_at == at("2026-09-20T18:00")
    assert [(move.kind, move.by, move.due_after) for move in clock.moves.all()] == [
        ("start", "people.account:5", clock.due_at)
    ]
    event = Event.objects.get(subject=f"deadlines.clock:{clock.pk}")
    assert (event.verb, event.place_path, event.data["amount"], event.data["rule"]) == (
        "deadlines.clock.start",
        HUDONG,
        5,
        "r:1",
    )
    assert (str(clock), clock.limit, str(clock.moves.get())) == (
        "办理期限 cases.case:1",
        "5 个工作日",
        "start 2026-09-14",
    )


def test_a_matter_without_a_clock_has_none_to_read() -> None:
    with pytest.raises(Clock.DoesNotExist):
        clock_about(Todo(pk=1))


def test_a_clock_explains_its_date() -> None:
    assert started().sentence() == (
        "5 个工作日：从次日 9月15日起数，跳过 9月19日（周六），9月20日（周日）因国庆节调休上班算工作日，到 9月20日 18:00。"
    )


def test_the_strip_shows_which_days_count() -> None:
    clock = started()
    with city_clock.stopped_at(at("2026-09-16T09:00")):
        assert strip(clock) == [
            "14 起算",
            "15 第 1 日 used",
            "16 第 2 日 used now",
            "17 第 3 日",
            "18 第 4 日",
            "19 休息 rest",
            "20 第 5 日 due",
        ]
        assert next(mark.why for mark in clock.days() if mark.kind == "rest") == "周六"
    with city_clock.stopped_at(at("2026-09-18T09:40")):
        clock.stop(by=OFFICER)
        assert strip(clock)[4:] == ["18 办结 done", "19 休息 rest", "20 第 5 日 due"]
        assert not clock.is_late


def test_the_strip_of_a_missed_term_goes_on_until_today() -> None:
    clock = started(2)
    with city_clock.stopped_at(at("2026-09-18T09:00")):
        assert clock.is_late
        assert strip(clock)[2:] == ["16 第 2 日 due", "17 逾期 late", "18 逾期 late now"]
        clock.stop(by=OFFICER)
        assert strip(clock)[3:] == ["17 逾期 late", "18 办结 late"]


def test_a_day_of_rest_after_the_limit_is_no_late_day() -> None:
    clock = started(2)
    with city_clock.stopped_at(at("2026-09-19T09:00")):
        assert strip(clock)[3:] == ["17 逾期 late", "18 逾期 late", "19 休息 rest now"]
        assert clock.days()[-1].why == "周六"
    with city_clock.stopped_at(at("2026-09-21T09:00")):
        assert strip(clock)[5:] == ["19 休息 rest", "20 逾期 late", "21 逾期 late now"]


def test_the_strip_of_a_term_missed_long_ago_says_how_many_days_it_leaves_out() -> None:
    clock = started(2)
    with city_clock.stopped_at(at("2026-09-25T09:00")):
        assert strip(clock)[-2:] == ["24 逾期 late", "25 休息 rest now"]
    with city_clock.stopped_at(at("2026-09-26T09:00")):
        assert strip(clock)[-3:] == ["23 逾期 late", "24 又 2 天 more", "26 休息 rest now"]
    with city_clock.stopped_at(at("2026-12-30T09:00")):
        assert strip(clock)[-3:] == ["23 逾期 late", "24 又 97 天 more", "30 逾期 late now"]
        assert len(clock.days()) == 12
        clock.stop(by=OFFICER)
        assert strip(clock)[-2:] == ["24 又 97 天 more", "30 办结 late"]


def test_the_strip_ends_with_the_calendar_where_that_does_not_reach_today() -> None:
    started(2)
    with city_clock.stopped_at(at("2040-01-01T09:00")):
        assert strip(Clock.objects.get())[-1] == "24 又 4847 天 more"


def test_a_term_of_months_has_no_strip() -> None:
    assert started(2, Unit.MONTH).days() == ()


def test_a_pause_moves_the_date_by_the_working_time_lost() -> None:
    clock = started()
    with city_clock.stopped_at(at("2026-09-16T15:00")):
        clock.pause(reason="等待申请人补充材料", by=OFFICER)
        assert (clock.status, clock.due_at) == (ClockStatus.PAUSED, at("2026-09-20T18:00"))
        assert clock.sentence().endswith("自 9月16日 15:00 起暂停计时。")
    with city_clock.stopped_at(at("2026-09-21T09:00")):
        assert not clock.is_late
        clock.resume(by=OFFICER)
    # 16th, 17th, 18th and Sunday 20th stood: 15 · 21 22 23 24
    assert (clock.status, clock.due_at) == (ClockStatus.RUNNING, at("2026-09-24T18:00"))
    assert "跳过 9月16日至9月20日（暂停）" in clock.sentence()
    assert strip(clock)[2:4] == ["16 暂停 rest", "17 暂停 rest"]
    assert [move.kind for move in clock.moves.all()] == ["start", "pause", "resume"]
    moved = Event.objects.get(verb="deadlines.clock.resume").data["due_at"]
    assert [datetime.fromisoformat(one) for one in moved] == [at("2026-09-20T18:00"), at("2026-09-24T18:00")]


def test_several_pauses_add_up() -> None:
    clock = started()
    for begins, ends in [("2026-09-15T09:00", "2026-09-16T09:00"), ("2026-09-17T09:00", "2026-09-18T09:00")]:
        with city_clock.stopped_at(at(begins)):
            clock.pause(reason="x", by=OFFICER)
        with city_clock.stopped_at(at(ends)):
            clock.resume(by=OFFICER)
    assert Clock.objects.get().due_at == at("2026-09-22T18:00")


def test_a_term_that_ran_out_cannot_be_paused() -> None:
    clock = started(1)
    with city_clock.stopped_at(at("2026-09-16T08:00")), pytest.raises(Refused):
        clock.pause(reason="太晚", by=OFFICER)
    assert Clock.objects.get().status == ClockStatus.RUNNING


def test_a_running_clock_cannot_go_on_and_a_stopped_one_is_over() -> None:
    clock = started()
    with pytest.raises(Refused):
        clock.resume(by=OFFICER)
    clock.stop(by=OFFICER)
    for again in (lambda: clock.stop(by=OFFICER), lambda: clock.extend(amount=1, reason="x", by=OFFICER)):
        with pytest.raises(Refused):
            again()


def test_an_extension_adds_in_the_unit_of_the_term() -> None:
    clock = started()
    clock.extend(amount=5, reason="案情复杂", by=OFFICER)
    assert clock.due_at == at("2026-09-28T18:00")
    assert clock.sentence().startswith("5 个工作日：从次日 9月15日起数，另延长 5 个工作日，")
    move = clock.moves.get(kind=MoveKind.EXTEND)
    assert (move.amount, move.reason, move.due_before) == (5, "案情复杂", at("2026-09-20T18:00"))
    assert clock.limit == "10 个工作日"


def test_an_extension_out_of_the_calendar_changes_nothing() -> None:
    clock = started()
    with pytest.raises(OutsideCalendar):
        clock.extend(amount=4000, reason="x", by=OFFICER)
    assert Clock.objects.get().extended == 0


def test_a_clock_closed_while_it_stands_is_not_late() -> None:
    clock = started(2)
    with city_clock.stopped_at(at("2026-09-15T15:00")):
        clock.pause(reason="等待", by=OFFICER)
    with city_clock.stopped_at(at("2026-09-25T09:00")):
        clock.stop(by=OFFICER)
        assert (clock.is_late, clock.paused_at) == (False, None)
    # the 25th is Mid-Autumn, a weekend follows: the two days left would have been the 28th and the 29th
    assert clock.due_at == at("2026-09-29T18:00")
    assert Clock.objects.get().sentence().endswith("到 9月29日 18:00。")


def test_a_stop_before_the_pause_counts_nothing_backwards() -> None:
    clock = started(30, Unit.CLOCK_HOUR)
    with city_clock.stopped_at(at("2026-09-15T09:00")):
        clock.pause(reason="等待", by=OFFICER)
        clock.stop(by=OFFICER, at=at("2026-09-14T12:00"))
    assert (clock.due_at, clock.stopped_at) == (at("2026-09-15T16:40"), at("2026-09-14T12:00"))
    assert Clock.objects.get().reckon().due_at == clock.due_at


def test_a_matter_has_one_open_clock_of_a_name_and_a_new_one_after_it() -> None:
    clock = started()
    with pytest.raises(IntegrityError), transaction.atomic():
        started()
    clock.stop(by=OFFICER)
    assert started().pk != clock.pk


@pytest.mark.parametrize(
    "nonsense",
    [
        {"amount": 0},
        {"unit": "moon"},
        {"due_at": "2026-09-01T00:00Z"},
        {"stopped_at": "2026-09-20T00:00Z"},
        {"paused_at": "2026-09-20T00:00Z"},
        {"status": "lost"},
    ],
)
def test_the_database_refuses_a_clock_that_makes_no_sense(nonsense: dict[str, object]) -> None:
    clock = started()
    with pytest.raises(IntegrityError):
        Clock.objects.filter(pk=clock.pk).update(**nonsense)


def test_moves_are_never_rewritten() -> None:
    clock = started()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        clock.moves.update(reason="x")


def test_the_system_counts_again_only_with_an_event() -> None:
    clock = started()
    clock.recompute(by=SYSTEM)
    assert Event.objects.filter(verb="deadlines.clock.recompute", actor="system").count() == 1
    assert clock.due_at.date() == date(2026, 9, 20)
