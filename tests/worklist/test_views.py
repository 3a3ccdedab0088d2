"""The list of cases at the desk: narrowed, counted, shared by its address."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from cases.conftest import MONDAY, Town
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.flows.cases import actions
from linli.flows.cases.models import CaseQuerySet, Status
from linli.flows.search.queries import LATELY
from linli.flows.worklist.queries import OPEN, Filter, listed
from linli.flows.worklist.queries.listing import page_for
from linli.ground.authority.actors import Person
from linli.ground.core import clock


def test_the_list_shows_one_status_and_one_field(town: Town) -> None:
    lamp, heating = town.receive(), town.receive(category="health-other")
    actions.accept(heating, by=town.actor("worker"))
    worker = town.client("worker")
    asked = ["", "?status=received", "?status=accepted", "?field=health", "?field=health&status=received", "?status=x"]
    found = [worker.get(f"/cases/{one}").context["found"].page.items for one in asked]
    assert found == [[heating, lamp], [lamp], [heating], [heating], [], [heating, lamp]]


def test_each_status_says_how_many_it_would_show_beside_what_else_is_asked(town: Town) -> None:
    town.receive()
    actions.accept(town.receive(category="health-other"), by=town.actor("worker"))
    found = listed(town.actor("worker"), Filter(field="health"))
    statuses = {one.value: one.count.number for one in found.statuses if one.count}
    assert statuses == dict.fromkeys(Status.values, 0) | {"": 1, OPEN: 1, "accepted": 1}
    assert ([left is not None for _case, left in found.cases], found.count.number) == ([True], 1)


def test_a_search_among_few_counts_all_of_them_and_among_many_what_it_shows(town: Town) -> None:
    for _case in range(31):
        town.receive()
    few, many = (listed(town.actor(who), Filter(q="路灯")) for who in ("worker", "officer"))
    assert {one.value: str(one.count) for one in few.statuses if one.count and one.count.number} == {
        "": "31",
        "open": "31",
        "received": "31",
    }
    assert [one.value for one in many.statuses if one.count] == []
    assert [(str(one.count), one.may_all) for one in (few, many)] == [("31", True), ("30+", False)]
    assert [str(listed(town.actor(who), Filter(q="火箭")).count) for who in ("worker", "officer")] == ["0", "0"]


@pytest.mark.parametrize("query", ["", "field=safety", "returned=1", "due=overdue", "status=open"])
def test_few_cases_are_counted_as_many_are(town: Town, query: str) -> None:
    for _case in range(2):
        town.receive()
    officer, asked = town.actor("officer"), Filter.of_query(query)
    many = {one.value: one.count for one in listed(officer, asked).statuses if one.count}
    few = {one.value: one.count for one in listed(officer, asked.but(place=town.east.path)).statuses}
    assert many == {value: few[value] for value in many}


def test_what_has_no_words_finds_nothing(town: Town) -> None:
    town.receive()
    assert [listed(town.actor("worker"), Filter(q=typed)).page.items for typed in ("。", "？！")] == [[], []]


@pytest.mark.parametrize("place", ["150302006001", "1503"])
def test_a_search_goes_on_past_the_newest_cases(town: Town, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr("linli.flows.search.queries.NEWEST", 2)
    seat = town.actor("officer")
    assert isinstance(seat, Person)
    assert seat.post
    watcher = replace(seat, post=replace(seat.post, place_path=place))
    old = [town.receive()]
    with clock.stopped_at(MONDAY + timedelta(weeks=LATELY + 1)):
        old += [town.receive() for _case in range(2)]
        town.receive(text="垃圾没有清运。")
        assert listed(watcher, Filter(q="路灯")).page.items == old[::-1]
        first = page_for(watcher, Filter(q="路灯"), CaseQuerySet.all, size=1)
        second = page_for(watcher, Filter(q="路灯"), CaseQuerySet.all, size=2, token=first.next)
        assert (first.items, second.items, second.next) == (old[:1:-1], old[1::-1], None)
        again = page_for(watcher, Filter(q="路灯"), CaseQuerySet.all, size=1, token=second.previous)
        assert again.items == first.items
        assert page_for(watcher, Filter(q="，"), CaseQuerySet.all).items == []


def test_how_soon_is_counted_for_the_status_that_is_shown(town: Town) -> None:
    town.receive()
    found = listed(town.actor("officer"), Filter(due="overdue"))
    assert [(one.value, one.count.number) for one in found.statuses if one.count] == [("", 0)]


def test_the_list_costs_the_same_for_one_case_and_for_many(town: Town) -> None:
    spent = []
    for _more in (1, 8):
        for _case in range(_more):
            town.receive()
        with CaptureQueriesContext(connection) as asked:
            listed(town.actor("worker"), Filter())
        spent.append(len(asked))
    assert spent[0] == spent[1] <= 6


@pytest.mark.parametrize("query", ["", "?q=路灯&due=overdue&place=150302006001"])
def test_the_page_asks_no_more_than_a_page_may(town: Town, query: str) -> None:
    town.receive()
    officer = town.client("officer")
    officer.get("/cases/")
    with CaptureQueriesContext(connection) as asked:
        officer.get(f"/cases/{query}")
    own = [one["sql"] for one in asked if not re.search(r"session|people_|organisations_(holding|post)", one["sql"])]
    assert len(own) <= 12


def test_what_is_asked_stands_in_words_and_can_be_left_out_one_by_one(town: Town) -> None:
    page = town.client("officer").get("/cases/?field=health&place=150302006001&returned=1&q=灯&nonsense=1")
    shown = [(one.label, one.value, one.query) for one in page.context["conditions"]]
    assert shown == [
        ("地点", "湖东社区居委会", "q=%E7%81%AF&field=health&returned=1"),
        ("服务领域", "卫生计生", "q=%E7%81%AF&place=150302006001&returned=1"),
        ("退回", "至少一次", "q=%E7%81%AF&place=150302006001&field=health"),
    ]
    assert "没有符合条件的诉求" in page.content.decode()


def test_the_address_to_pass_on_holds_only_what_is_asked(town: Town) -> None:
    worker = town.client("worker")
    assert worker.get("/cases/?q=&status=received&due=&x=")["Location"] == "/cases/?status=received"


def test_a_place_below_what_is_offered_is_named_too(town: Town) -> None:
    page = town.client("worker").get("/cases/?place=150302007001")
    assert [one.value for one in page.context["conditions"]] == ["友谊社区居委会"]
    missing = town.client("worker").get("/cases/?place=999999")
    assert [one.value for one in missing.context["conditions"]] == ["999999"]


def test_a_wrong_day_is_said_and_stays_as_typed(town: Town) -> None:
    town.receive()
    page = town.client("worker").get("/cases/?since=2026-09-14&until=2026-09-01").content.decode()
    assert "最后一天早于第一天" in page
    assert 'value="2026-09-01"' in page


@pytest.mark.parametrize("typed", ["2026/9/14", "2026.09.14", "2026年9月14日", "２０２６－９－１４"])
def test_a_day_may_be_written_as_people_do(town: Town, typed: str) -> None:
    lamp = town.receive()
    page = town.client("worker").get("/cases/", {"since": typed, "until": ""}, follow=True)
    assert page.redirect_chain == [("/cases/?since=2026-09-14", 302)]
    assert page.context["found"].page.items == [lamp]
    assert town.client("worker").get("/cases/", {"since": "2026年9月15日"}).context["found"].page.items == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-02-30", "“2026-02-30”不是有效日期，列表未按它筛选。请写成 2026-09-14 这样的日期。"),
        ("上个月", "“上个月”不是有效日期，列表未按它筛选。请写成 2026-09-14 这样的日期。"),
        ("9" * 300, f"“{'9' * 17}...”不是有效日期，列表未按它筛选。请写成 2026-09-14 这样的日期。"),
        ("1999-12-31", "列表未按“1999-12-31”筛选。请填写 2000 年至 2100 年之间的日期。"),
    ],
)
def test_a_day_that_is_none_is_said_at_its_field_and_stays_as_typed(town: Town, typed: str, told: str) -> None:
    lamp = town.receive()
    page = town.client("worker").get("/cases/", {"since": typed, "until": "", "status": "received"})
    assert (page.status_code, page.context["form"].errors) == (200, {"since": [told]})
    assert page.context["found"].page.items == [lamp]
    words = page.content.decode()
    assert 'class="c-more-filter" open' in words
    field = re.search(r'<input [^>]*name="since"[^>]*>', words)
    assert field
    assert f'value="{typed}"' in field[0]
    assert ('type="text"' in field[0]) is (typed != "1999-12-31")
    assert 'aria-describedby="filter_since_error"' in field[0]
    assert 'id="filter_since_error"' in words
    assert f'<a href="#filter_since">{told}</a>' in words


def test_a_list_of_more_than_a_page_may_be_taken_whole(town: Town) -> None:
    for _case in range(32):
        town.receive()
    found = listed(town.actor("worker"), Filter())
    assert (found.may_all, len(found.cases), found.count.number) == (True, 30, 32)
    second = town.client("worker").get(f"/cases/?page={found.page.next}")
    assert len(second.context["found"].cases) == 2
