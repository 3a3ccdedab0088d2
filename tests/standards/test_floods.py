"""A flood of calls is refused at the open doors: by token, or by address without one; reading and bringing apart, for that minute."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cases.conftest import MONDAY, Town
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.flows.cases.models import Case
from linli.ground.core import clock

from .spec import said
from .test_bringing import LAMP, key_of

TOLD = "调用过于频繁，请在 48 秒后再试。"  # the clock stands at twelve seconds past
AT = MONDAY + timedelta(seconds=12)
Call = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def few(settings: Any, town: Town) -> Any:
    """A city that takes few calls: from a token three of a kind, from an address two."""
    kinds = {"token": 3, "address": 2}
    settings.CALLS = {(kind, way): most for kind, most in kinds.items() for way in ("read", "bring")}
    with clock.stopped_at(AT):
        yield


def read(token: str = "", at: str = "/api/cases/", **more: Any) -> HttpResponse:
    return Client(headers={"authorization": f"Bearer {token}"} if token else {}).get(at, **more)


def bring(key: str) -> HttpResponse:
    return Client().post("/open311/v2/requests.json", LAMP | {"api_key": key})


def statuses(call: Call, times: int, *args: Any, **more: Any) -> list[int]:
    return [call(*args, **more).status_code for _time in range(times)]


@pytest.mark.parametrize("way", ["json", "xml"])
def test_open311_says_so_in_its_own_words_and_both_its_formats(way: str) -> None:
    at = f"/open311/v2/services.{way}"
    assert statuses(read, 2, at=at) == [200, 200]
    answer = read(at=at)
    assert said(answer, "errors", 429) == [{"code": 429, "description": TOLD}]
    assert (answer["Retry-After"], answer["Access-Control-Allow-Origin"]) == ("48", "*")


def test_an_address_of_no_format_is_told_in_json() -> None:
    at = "/open311/v2/services.csv"
    assert statuses(read, 2, at=at) == [404, 404]
    assert said(read(at=at), "errors", 429)[0]["code"] == 429


def test_the_api_says_so_as_it_says_every_refusal_in_the_language_of_the_caller(town: Town) -> None:
    token = key_of(town)
    statuses(read, 4, token)  # the first one opened the door and counts for its address
    answer = read(token)
    assert (answer.status_code, answer.json(), answer["Retry-After"]) == (429, {"detail": TOLD}, "48")
    english = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"}).get("/api/cases/")
    assert english.json() == {"detail": "Too many calls. Try again in 48 s."}


def test_it_is_over_with_the_minute(town: Town) -> None:
    token = key_of(town)
    assert statuses(read, 6, token) == [200, 200, 200, 200, 429, 429]
    with clock.stopped_at(MONDAY + timedelta(seconds=59)):
        assert read(token)["Retry-After"] == "1"
    with clock.stopped_at(MONDAY + timedelta(seconds=60)):
        assert statuses(read, 4, token) == [200, 200, 200, 429]


def test_tokens_share_nothing_with_each_other_or_with_their_address(town: Town) -> None:
    one, other = key_of(town), key_of(town, "officer")
    assert statuses(read, 5, one) == [200, 200, 200, 200, 429]
    assert statuses(read, 2, at="/open311/v2/services.json") == [200, 429], "the token's first call was its address's"
    assert statuses(read, 4, other) == [200, 200, 200, 429], "new here, and not held to what its address has sent"


def test_reading_and_bringing_are_counted_apart(town: Town) -> None:
    key = key_of(town)
    statuses(read, 5, key)
    assert statuses(bring, 6, key) == [200, 200, 200, 429, 429, 429]
    assert Case.objects.count() == 1


def test_a_token_that_nobody_issued_is_no_token_of_its_own() -> None:
    assert [read(f"linli_{number}").status_code for number in range(4)] == [401, 401, 429, 429]
    assert [bring(f"linli_{number}").status_code for number in range(4)] == [403, 403, 429, 429]


def test_addresses_are_told_apart_as_far_as_the_proxy_in_front_is_trusted(settings: Any) -> None:
    at = "/open311/v2/services.json"
    forged = [read(at=at, headers={"x-forwarded-for": f"10.0.0.{number}"}).status_code for number in range(3)]
    assert forged == [200, 200, 429], "who is not behind a proxy may write there what they like"
    assert read(at=at, REMOTE_ADDR="10.0.0.9").status_code == 200
    settings.PROXIES = 1
    behind = [read(at=at, headers={"x-forwarded-for": f"1.1.1.1, 10.0.0.{number}"}).status_code for number in range(3)]
    assert behind == [200, 200, 200]


def test_what_was_refused_has_asked_nothing_and_what_was_not_has_asked_no_more(town: Town, settings: Any) -> None:
    token = key_of(town)
    with CaptureQueriesContext(connection) as first:
        read(token)
    with CaptureQueriesContext(connection) as counted:
        statuses(read, 3, token)
    assert len(counted) == 3 * len(first)
    with CaptureQueriesContext(connection) as refused:
        assert read(token).status_code == 429
    assert len(refused) == 0


def test_the_house_s_own_pages_are_not_counted() -> None:
    assert statuses(read, 4, at="/people/sign-in/") == [200] * 4


def test_the_contract_names_the_refusal(settings: Any) -> None:
    settings.CALLS = dict.fromkeys(settings.CALLS, 9)
    contract = read(at="/api/openapi.json").json()
    answers = {one["responses"]["429"]["headers"]["Retry-After"]["schema"]["type"] for one in _operations(contract)}
    assert (answers, "Retry-After" in contract["info"]["description"]) == ({"integer"}, True)


def _operations(contract: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in contract["paths"].values() for operation in path.values()]
