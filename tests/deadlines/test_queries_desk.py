"""The desk: what a body has to do now, grouped by urgency, in working days, with few queries for any number."""

from collections.abc import Callable

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.commons.deadlines import actions, queries
from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.rules import may_announce, may_confirm_year, may_list_todos
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock as city_clock
from linli.ground.organisations.models import Body

from .conftest import HUDONG, at

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


def shown(desk: queries.Desk) -> dict[str, list[str]]:
    return {
        one.urgency.value: [f"{row.todo.title} {row.left.text} {row.left.kind}" for row in one.rows]
        for one in desk.sections
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
        desk = queries.desk(worker)
    assert shown(desk) == {
        "overdue": ["第1件 逾期 2 个工作日 late", "第2件 已于 9月14日 09:00 到期 late"],
        "today": ["第3件 今天 18:00 soon"],
        "week": ["第5件 还剩 4 个工作日 ok", "第4件 还剩 5 个工作日 ok"],
        "later": ["第6件 还剩 7 个工作日 ok", "第7件 到 2035年1月1日 18:00 ok"],
        "waiting": ["第9件 暂停计时 wait"],
    }
    assert [str(one.count) for one in desk.sections] == ["2", "1", "2", "2", "1"]
    assert (desk.next, desk.previous, str(desk.done_this_month), desk.is_clear) == (None, None, "0", False)


def test_a_weekend_that_is_not_worked_is_less_than_a_working_day_away(committee: Body, worker: Person) -> None:
    with city_clock.stopped_at(at("2026-09-18T19:00")):
        opened(committee, "2026-09-19T12:00")
        assert shown(queries.desk(worker))["week"] == ["第1件 到 9月19日 12:00 ok"]


def test_what_was_done_this_month_is_counted(committee: Body, worker: Person) -> None:
    with city_clock.stopped_at(at("2026-08-30T10:00")):
        opened(committee, "2026-09-30T18:00").close(by=SYSTEM)
    opened(committee, "2026-09-30T18:00").close(by=SYSTEM)
    desk = queries.desk(worker)
    assert (desk.done_this_month.number, desk.is_clear) == (1, True)


def test_the_desk_filters_by_app_and_by_grid(committee: Body, worker: Person) -> None:
    opened(committee, "2026-09-20T18:00", 1, "cases.answer", HUDONG + "001")
    opened(committee, "2026-09-20T18:00", 2, "meetings.invite", HUDONG + "002")
    assert [
        shown(desk)["week"][0][:3]
        for desk in (queries.desk(worker, app="meetings"), queries.desk(worker, place_path=HUDONG + "001"))
    ] == [
        "第2件",
        "第1件",
    ]
    assert queries.desk(worker, app="case").is_clear


def test_the_desk_pages_by_key_with_the_same_queries_for_one_and_thirty_rows(committee: Body, worker: Person) -> None:
    opened(committee, "2026-09-20T18:00", 0)
    with CaptureQueriesContext(connection) as one:
        queries.desk(worker)
    for number in range(1, 40):
        opened(committee, f"2026-09-{15 + number % 10}T18:00", number)
    with CaptureQueriesContext(connection) as thirty:
        first = queries.desk(worker)
    assert len(one) == len(thirty) == 5
    second = queries.desk(worker, token=first.next or "")
    titles = [row.todo.title for desk in (first, second) for section in desk.sections for row in section.rows]
    assert (len(titles), len(set(titles)), second.next) == (40, 40, None)
    with pytest.raises(SuspiciousOperation):
        queries.desk(worker, token="forged")


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
    assert [str(one.count) for one in queries.desk(worker).sections] == ["0", "0", "500+", "0", "0"]


def test_who_holds_no_post_has_no_desk() -> None:
    desk = queries.desk(VISITOR)
    assert (desk.is_clear, [one.rows for one in desk.sections]) == (True, [[], [], [], [], []])


def test_people_see_their_bodys_todos_and_overseers_their_place(
    committee: Body, office: Body, in_post: Callable[[RoleCode, Body], Person]
) -> None:
    own, above, far = opened(committee, "2026-09-20T18:00"), opened(office, "2026-09-20T18:00", place="150302007"), None
    far = opened(office, "2026-09-20T18:00", 3, place="1501")

    def seen(actor: object) -> set[Todo]:
        return set(Todo.objects.visible_to(actor))

    assert seen(VISITOR) == seen(Person(ref="people.account:1")) == set()
    assert seen(SYSTEM) == {own, above, far}
    assert seen(in_post(RoleCode.WORKER, committee)) == {own}
    assert seen(in_post(RoleCode.DEPARTMENT, committee)) == {own}
    assert seen(in_post(RoleCode.SUBDISTRICT, office)) == {own, above, far}, "what its body owes elsewhere as well"
    assert seen(in_post(RoleCode.DELEGATE, office)) == {above, far}


def test_only_those_who_keep_the_calendar_announce(
    committee: Body, reviewer: Person, in_post: Callable[[RoleCode, Body], Person]
) -> None:
    worker = in_post(RoleCode.WORKER, committee)
    assert [
        [rule(actor) for rule in (may_announce, may_confirm_year, may_list_todos)]
        for actor in (VISITOR, worker, reviewer)
    ] == [
        [False, False, False],
        [False, False, True],
        [True, True, True],
    ]
