"""Which requests are found: by days, services and status, page by page, within bounds that keep the city answering."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, Town, about
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.flows.cases import actions
from linli.flows.cases.models import Case
from linli.ground.core import clock

from .spec import said
from .test_reading import read

CODES = ("street-light", "waste", "greening")
BOUNDED = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def year(town: Town) -> list[Case]:
    """Twelve cases over nearly a year, every third refused; the newest first."""
    made = []
    for number in range(12):
        with clock.stopped_at(MONDAY - timedelta(days=30 * number)):
            case = town.receive(category=CODES[number % 3], answers={}, same="another")
            if number % 3 == 0:
                actions.refuse(case, ground="court", text="说明", by=town.actor("worker"))
            made.append(case)
    return made


def numbers(**wanted: object) -> list[str]:
    return [one["service_request_id"] for one in read("requests", "requests", **wanted)]


def page_of(wanted: dict[str, object]) -> list[str]:
    answer = Client().get("/open311/v2/requests.json", wanted)
    return [one["service_request_id"] for one in said(answer, "requests")]


def test_the_last_ninety_days_are_found_where_none_are_named(year: list[Case]) -> None:
    assert numbers() == [one.reference for one in year[:4]]


@BOUNDED
@given(
    start=st.integers(0, 400),
    days=st.integers(0, 90),
    codes=st.sets(st.sampled_from(CODES)),
    status=st.sets(st.sampled_from(["open", "closed"])),
    size=st.integers(1, 5),
)
def test_pages_put_together_are_what_was_asked_for(
    year: list[Case], start: int, days: int, *, codes: set[str], status: set[str], size: int
) -> None:
    first = MONDAY - timedelta(days=start)
    wanted = {"start_date": first.isoformat(), "end_date": (first + timedelta(days=days)).isoformat()}
    wanted |= {"service_code": ",".join(codes), "status": ",".join(status)}
    fitting = [
        one.reference
        for one in year
        if first <= one.received_at <= first + timedelta(days=days)
        and one.category.code in (codes or CODES)
        and ("closed" if one.closed_at else "open") in (status or {"open", "closed"})
    ]
    pages = [page_of(wanted | {"page": page, "page_size": size}) for page in range(1, 14 // size + 2)]
    assert [number for page in pages for number in page] == fitting
    assert max(map(len, pages)) <= size


def test_one_end_of_the_days_is_enough(year: list[Case]) -> None:
    then = MONDAY - timedelta(days=100)
    after, before = numbers(start_date=then.isoformat()), numbers(end_date=then.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert (after, before) == ([one.reference for one in year[1:4]], [one.reference for one in year[4:7]])
    assert numbers(start_date="2026-09-14") == [year[0].reference]
    assert numbers(end_date="2026-09-14T10:12:00 08:00") == [one.reference for one in year[:4]]


def test_named_requests_are_found_whatever_else_is_asked(year: list[Case]) -> None:
    wanted = [year[11].reference, year[1].reference]
    assert numbers(service_request_id=",".join(wanted), status="closed", service_code="waste") == wanted[::-1]


def test_an_ended_category_is_still_read(town: Town, year: list[Case]) -> None:
    about("waste").end(by=town.actor("worker"))
    assert numbers(service_code="waste") == [year[1].reference]


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        ({"status": "lost"}, "status: "),
        ({"start_date": "last week"}, "start_date: "),
        ({"start_date": "1899-01-01"}, "start_date: "),
        ({"end_date": "9999-12-31"}, "end_date: "),
        ({"start_date": "2026-01-01", "end_date": "2026-06-01"}, "end_date: "),
        ({"start_date": "2026-02-01", "end_date": "2026-01-01"}, "end_date: "),
        ({"page": "0"}, "page: "),
        ({"page": "101", "page_size": "100"}, "page: "),
        ({"page_size": "1001"}, "page_size: "),
        ({"page_size": "many"}, "page_size: "),
        ({"service_request_id": ",".join(["A"] * 101)}, "service_request_id: "),
        ({"service_code": "a\x00"}, "service_code: "),
    ],
)
def test_what_makes_no_sense_is_named(town: Town, wanted: dict[str, str], begins: str) -> None:
    (fault,) = read("requests", "errors", 400, **wanted)
    assert (fault["code"], fault["description"][: len(begins)]) == (400, begins)


def test_the_last_page_that_may_be_asked_for_is_answered(year: list[Case]) -> None:
    assert numbers(page=100, page_size=100) == []
