"""What applications come to as a page, a spreadsheet and for programs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.flows.services.models import Satisfied
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken

from .conftest import LOW, URGENT, Desk
from .test_rates import live

RATES = "/services/rates/"
SEPTEMBER = {"first": "2026-09-01", "last": "2026-09-30"}


def test_the_page_shows_fractions_percent_and_the_formula(desk: Desk) -> None:
    live(desk, "notice decided", Satisfied.YES)
    live(desk, "decided", Satisfied.NO)
    live(desk, "accepted", code=LOW)
    reviewer = desk.town.client("reviewer")
    page = reviewer.get(RATES).content.decode()
    words = ("满意 1 ÷ 已评价 2", "按时办结 2 ÷ 已办结或逾期 2", "一次性告知 1 ÷ 收件 3", "好评率＝", "临时救助申请")
    assert [word in page for word in words] == [True] * 5
    one = live(desk, "decided")
    for query, word in (
        ("by=handler", "湖东社区工作站"),
        ("by=field", "社会救助"),
        ("by=place&place=150302006", "湖东社区"),
        (f"item={URGENT}&handler={one.handler.reference}&field=relief", "湖东社区工作站"),
        ("by=nonsense&place=%00", "最低生活保障申请"),
    ):
        assert word in reviewer.get(f"{RATES}?{query}").content.decode(), query
    behind = reviewer.get(f"{RATES}behind/?of=satisfied").content.decode()
    assert ("临时救助申请" in behind, "满意" in behind) == (True, True)
    assert reviewer.get(f"{RATES}behind/?of=nothing").status_code == 404
    empty = reviewer.get(f"{RATES}behind/?first=2020-01-01&last=2020-01-31").content.decode()
    assert "这个数字背后没有办件" in empty
    sheet = reviewer.get(f"{RATES}export.xlsx?by=handler")
    assert (sheet.status_code, sheet["Content-Type"].endswith("sheet")) == (200, True)


def test_days_in_the_wrong_order_come_back_with_a_sentence(desk: Desk) -> None:
    answer = desk.town.client("reviewer").get(f"{RATES}?first=2026-09-30&last=2026-09-01")
    assert (answer.status_code, "结束日期早于开始日期" in answer.content.decode()) == (422, True)


def test_where_nothing_came_in_no_rate_is_shown(desk: Desk) -> None:
    page = desk.town.client("worker").get(RATES).content.decode()
    assert ("没有收到办件" in page, "<c-figure" in page, "÷" in page) == (True, False, False)


@pytest.mark.parametrize("by", ["item", "handler", "place", "field"])
def test_the_page_asks_a_bounded_number_of_questions(desk: Desk, by: str) -> None:
    client, counts = desk.town.client("reviewer"), []
    for more in (1, 5):
        for _each in range(more):
            live(desk, "decided", Satisfied.YES)
            desk.receive(LOW, place=desk.town.west)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(RATES, {"by": by}).status_code == 200
        counts.append(len([one for one in asked if "database_change" not in one["sql"]]))
    assert counts[0] == counts[1] <= 13


def test_programs_read_the_same(desk: Desk) -> None:
    live(desk, "decided", Satisfied.FAIRLY)
    secret = ApiToken.issue(post=desk.town.actor("reviewer").post_ref, label="考核系统", by=SYSTEM)[1]
    headers = {"authorization": f"Bearer {secret}"}

    def asked(path: str, **more: str) -> object:
        return Client().get(f"/api/services/{path}", {"place": "1503"} | SEPTEMBER | more, headers=headers).json()

    (line,) = asked("rates")  # type: ignore[misc]
    assert {name: line[name] for name in ("key", "received", "in_time", "satisfaction", "notices")} == {
        "key": URGENT, "received": 1, "in_time": "100.0%", "satisfaction": "100.0%", "notices": "0.0%",
    }  # fmt: skip
    (behind,) = asked("rates/behind", of="satisfied")["items"]  # type: ignore[index]
    assert (behind["item"], behind["outcome"]) == (URGENT, 1)
