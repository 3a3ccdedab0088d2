"""One filter for page, count, export and API: each of its parts leaves what it says, and its address says it again."""

from datetime import date, timedelta

import pytest
from cases.conftest import MONDAY, Town
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.commons.routing.models import ServiceField, Urgency
from linli.flows.cases import actions
from linli.flows.cases.models import Case, Channel, Status
from linli.flows.dispatch import actions as dispatch
from linli.flows.worklist.queries import DUES, NOTHING, OPEN, Filter, Part, chosen
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.core import clock

FILTERS = st.builds(
    Filter,
    q=st.sampled_from(["", "路灯", "东门 3号楼"]),
    status=st.sampled_from(["", OPEN, *Status.values]),
    due=st.sampled_from(["", *(one.value for one in DUES)]),
    part=st.sampled_from(["", *Part.values]),
    place=st.sampled_from(["", "1503", "150302006001"]),
    field=st.sampled_from(["", *ServiceField.values]),
    category=st.sampled_from(["", "street-light"]),
    lead=st.sampled_from(["", "7K3M9QXB"]),
    urgency=st.sampled_from(["", *Urgency.values]),
    channel=st.sampled_from(["", *Channel.values]),
    since=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    until=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    returned=st.booleans(),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILTERS)
def test_the_address_says_the_filter_and_is_read_as_the_same(asked: Filter) -> None:
    assert Filter.of_query(asked.query) == asked
    assert bool(asked) == (asked.query != "")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*Filter.__dataclass_fields__, "page", "x"]), st.text(max_size=80)))
def test_whatever_an_address_asks_some_filter_is_read(typed: dict[str, str]) -> None:
    asked = Filter.of(typed)
    assert Filter.of_query(asked.query) == asked


def test_what_is_no_value_is_left_out() -> None:
    nonsense = {
        "status": "x",
        "due": "later",
        "place": "15x",
        "since": "14.9.2026",
        "until": "1999-12-31",
        "lead": "a b",
    }
    assert Filter.of(nonsense | {"returned": "yes", "category": "路", "q": "\0"}) == NOTHING


def left(town: Town, who: str = "officer", **asked: object) -> list[Case]:
    return list(chosen(town.actor(who), Filter(**asked)).order_by("pk"))


@pytest.fixture
def cases(town: Town) -> dict[str, Case]:
    """A lamp of the east that waits, heating of the west that is under way, waste of the east that is closed, one sent back."""
    found = {
        "lamp": town.receive(category="street-light"),
        "heating": town.receive(category="health-other", place=town.west, text="暖气不热。", channel=Channel.PHONE),
        "waste": town.receive(text="垃圾三天没有清运。"),
    }
    with clock.stopped_at(MONDAY + timedelta(hours=3)):
        found["returned"] = town.receive(text="停车位被占。")
        dispatch.send_back(found["returned"], text="不属于社区职责。", by=town.actor("worker"))
    actions.accept(found["waste"], by=town.actor("worker"))
    actions.answer(found["waste"], text="已清运。", by=town.actor("worker"))
    actions.close(found["waste"], text="居民满意。", by=town.actor("worker"))
    dispatch.ask_help(
        found["lamp"], body=town.bodies["subdistrict_office", "150302006"], wanted="协调", by=town.actor("worker")
    )
    return found


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, "lamp heating waste returned"),
        ({"status": "returned"}, "returned"),
        ({"status": OPEN}, "lamp heating returned"),
        ({"q": "路灯"}, "lamp"),
        ({"q": "路灯", "status": "closed"}, ""),
        ({"place": "150302006002"}, "heating"),
        ({"place": "150302006"}, "lamp heating waste returned"),
        ({"field": "health"}, "heating"),
        ({"category": "street-light"}, "lamp"),
        ({"channel": "phone"}, "heating"),
        ({"returned": True}, "returned"),
        ({"part": Part.LEAD}, "heating"),
        ({"part": Part.HELP}, "lamp"),
        ({"since": date(2026, 9, 14)}, "lamp heating waste returned"),
        ({"since": date(2026, 9, 15)}, ""),
        ({"until": date(2026, 9, 13)}, ""),
        ({"until": date(2026, 9, 14), "since": date(2026, 9, 14)}, "lamp heating waste returned"),
    ],
)
def test_each_part_leaves_what_it_says(
    town: Town, cases: dict[str, Case], asked: dict[str, object], names: str
) -> None:
    assert left(town, **asked) == [cases[name] for name in names.split()]


def test_a_lead_and_an_urgency_are_parts_too(town: Town, cases: dict[str, Case]) -> None:
    assert left(town, lead=cases["lamp"].lead.reference) == [cases[name] for name in ("lamp", "waste", "returned")]
    wanted = [one for one in cases.values() if one.category.urgency == cases["lamp"].category.urgency]
    assert left(town, urgency=cases["lamp"].category.urgency) == wanted


def test_how_soon_it_is_due_is_what_the_row_says(town: Town, cases: dict[str, Case]) -> None:
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        assert left(town, due="overdue") == [cases[name] for name in ("lamp", "heating", "returned")]
        assert (left(town, due="today"), left(town, due="week")) == ([], [])
    assert left(town, due="overdue") == []
    soon = {*left(town, due="today"), *left(town, due="week")}
    assert soon == {cases["lamp"], cases["heating"], cases["returned"]}


def test_whoever_has_no_body_has_no_part(town: Town, cases: dict[str, Case]) -> None:
    assert list(chosen(SYSTEM, Filter(part=Part.LEAD))) == []
    assert list(chosen(VISITOR, Filter())) == []
