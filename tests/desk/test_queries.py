"""The desk: what a body has to do now, grouped by urgency, in working days, with few queries for any number."""

from collections.abc import Callable

import pytest
from deadlines.conftest import HUDONG, at
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.commons.deadlines import actions
from linli.commons.deadlines.models import Todo
from linli.faces.desk import queries
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock as city_clock
from linli.ground.organisations.models import Body
from linli.ground.ui import navigation
from linli.ground.ui.navigation import capped_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("september")]


def opened(body: Body, due: str, number: int = 1, verb: str = "cases.answer", place: str = HUDONG) -> Todo:
    return actions.open_todo(
        about=f"cases.case:{number}",
        verb=verb,
        title=f"第{number}件",
        body=body,
        due_at=at(due),
        place_path=place,
        by=SYSTEM,
    )


def shown(desk: queries.Home) -> dict[str, list[str]]:
    return {
        one.urgency.value: [f"{line.title} {line.left.text} {line.left.kind}" for line in one.lines]
        for one in desk.groups
    }


def test_the_desk_groups_by_urgency_and_counts_working_days(committee: Body, worker: Person) -> None:
    for number, due in enumerate(
        [
            "2026-09-10T18:00",
            "2026-09-14T09:00",
            "2026-09-14T18:00",
            "2026-09-20T18:00",
            "2026-09-19T12:00",
            "2026-09-22T18:00",
            "2035-01-01T18:00",
        ],
        1,
    ):
        opened(committee, due, number)
    clock = actions.start_clock(
        about="cases.case:9", name="办理", amount=5, unit="working_day", place_path=HUDONG, by=SYSTEM
    )
    actions.open_todo(about="cases.case:9", verb="cases.answer", title="第9件", body=committee, clock=clock, by=SYSTEM)
    clock.pause(reason="x", by=SYSTEM)
    with city_clock.stopped_at(at("2026-09-14T10:40")):
        desk = queries.home(worker)
    assert shown(desk) == {
        "overdue": ["第1件 逾期 2 个工作日 late", "第2件 已于 9月14日 09:00 到期 late"],
        "today": ["第3件 今天 18:00 soon"],
        "week": ["第5件 还剩 4 个工作日 ok", "第4件 还剩 5 个工作日 ok"],
        "later": ["第6件 还剩 7 个工作日 ok", "第7件 到 2035年1月1日 18:00 ok"],
        "waiting": ["第9件 暂停计时 wait"],
    }
    assert [str(one.count) for one in desk.groups] == ["2", "1", "2", "2", "1"]
    assert (desk.next, desk.previous, str(desk.done_this_month), desk.is_clear) == (None, None, "0", False)


def test_a_weekend_that_is_not_worked_is_less_than_a_working_day_away(committee: Body, worker: Person) -> None:
    with city_clock.stopped_at(at("2026-09-18T19:00")):
        opened(committee, "2026-09-19T12:00")
        assert shown(queries.home(worker))["week"] == ["第1件 到 9月19日 12:00 ok"]


def test_what_was_done_this_month_is_counted(committee: Body, worker: Person) -> None:
    with city_clock.stopped_at(at("2026-08-30T10:00")):
        opened(committee, "2026-09-30T18:00").close(by=SYSTEM)
    opened(committee, "2026-09-30T18:00").close(by=SYSTEM)
    desk = queries.home(worker)
    assert (desk.done_this_month.number, desk.is_clear) == (1, True)


def test_the_desk_pages_by_key_with_the_same_queries_for_one_and_thirty_rows(committee: Body, worker: Person) -> None:
    opened(committee, "2026-09-20T18:00", 0)
    with CaptureQueriesContext(connection) as one:
        queries.home(worker)
    for number in range(1, 40):
        opened(committee, f"2026-09-{15 + number % 10}T18:00", number)
    with CaptureQueriesContext(connection) as thirty:
        first = queries.home(worker)
    assert len(one) == len(thirty) == 5
    second = queries.home(worker, token=first.next or "")
    titles = [line.title for desk in (first, second) for group in desk.groups for line in group.lines]
    assert (len(titles), len(set(titles)), second.next) == (40, 40, None)
    with pytest.raises(SuspiciousOperation):
        queries.home(worker, token="forged")


def test_counts_stop_at_the_cap(committee: Body, worker: Person) -> None:
    now = city_clock.now()
    Todo.objects.bulk_create(
        Todo(
            about=f"cases.case:{n}",
            verb="v.w",
            title="t",
            body=committee,
            place_path=HUDONG,
            opened_at=now,
            due_at=at("2026-09-20T18:00"),
        )
        for n in range(502)
    )
    assert [str(one.count) for one in queries.home(worker).groups] == ["0", "0", "500+", "0", "0"]


def test_who_holds_no_post_has_no_desk() -> None:
    desk = queries.home(VISITOR)
    assert list(queries.overdue(VISITOR)) == []
    assert (desk.is_clear, [one.lines for one in desk.groups]) == (True, [[], [], [], [], []])


@pytest.mark.parametrize(
    ("today", "ahead"),
    [
        ("2026-09-14", ("中秋节", 9)),
        ("2026-09-25", None),  # the holiday itself
        ("2026-09-28", ("国庆节", 2)),
        ("2026-10-12", None),  # none for a month
    ],
)
def test_the_desk_counts_the_working_days_before_the_next_holiday(today: str, ahead: tuple[str, int] | None) -> None:
    with city_clock.stopped_at(at(f"{today}T10:00")):
        found = queries.holiday_ahead(HUDONG)
    assert (found and (found.name, found.days)) == ahead


def test_a_worker_reads_the_desk_with_the_holiday_ahead(worker: Person, as_actor: Callable[[Person], Client]) -> None:
    assert "距中秋节还有 9 个工作日" in as_actor(worker).get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (RoleCode.WORKER, (True, True)),
        (RoleCode.DEPARTMENT, (False, True)),
        (RoleCode.DELEGATE, (False, True)),
        (RoleCode.MEMBER, (False, False)),
    ],
)
def test_an_empty_desk_offers_no_door_that_is_closed(
    role: RoleCode,
    offered: tuple[bool, bool],
    committee: Body,
    in_post: Callable[[RoleCode, Body], Person],
    as_actor: Callable[[Person], Client],
) -> None:
    client = as_actor(in_post(role, committee))
    page = client.get("/desk/").content.decode().partition("<main")[2]
    doors = ("/cases/register/", "/cases/")
    assert tuple(f'href="{door}"' in page for door in doors) == offered
    assert tuple(client.get(door).status_code == 200 for door in doors) == offered


def test_the_badges_of_the_shell_count_what_their_lists_hold(committee: Body, worker: Person) -> None:
    opened(committee, "2026-09-10T18:00")
    opened(committee, "2026-09-20T18:00", 2)
    badges = {entry.badge for entry in navigation._entries if entry.badge and entry.visible(worker)}
    plain = {badge: str(count) for badge, count in capped_counts({one: one.rows(worker) for one in badges}).items()}
    assert {badge: tally.text for badge, tally in navigation.tallies(worker).items()} == {
        badge: text for badge, text in plain.items() if text != "0"
    }
    assert "1" in plain.values()
