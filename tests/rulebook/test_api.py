"""The rulebook for machines."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from linli.ground.authority.actors import Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock

pytestmark = pytest.mark.django_db
LIMIT = "/api/rulebook/cases.limit.normal"


def in_post(request: HttpRequest) -> Actor:
    """Resolve the post that the test puts on."""
    post = PostHeld("organisations.post:9", RoleCode(request.headers["X-Role"]), 1, "1503", "办公室 · 岗位")
    return Person(ref="people.account:7", name="王某", post=post)


@pytest.fixture
def program(settings: Settings) -> Any:
    """A signed-in client in a post over Wuhai."""

    def make(role: str) -> Client:
        settings.ACTOR_RESOLVER = f"{__name__}.in_post"
        client = Client(headers={"X-Role": role, "Accept-Language": "en"})
        client.cookies[settings.SESSION_COOKIE_NAME] = "x"
        return client

    return make


def wanted(seen: int, **facts: object) -> dict[str, object]:
    return {
        "value": "4",
        "place": "1503",
        "effective_from": clock.today().isoformat(),
        "reason": "太慢",
        "seen": seen,
    } | facts


def test_a_program_lists_and_reads_rules_without_a_key(client: Client) -> None:
    listed = client.get("/api/rulebook/", {"q": "居民代表会议到会人数"}).json()
    assert [(one["key"], one["value"], one["mark"], one["article"]) for one in listed] == [
        ("ju.rep_assembly.quorum", ">=2/3", "LAW", "第二十九条")
    ]
    one = client.get(LIMIT).json()
    assert (one["value"], one["unit"], one["jurisdiction"], one["newest"] > 0) == ("5", "working_day", "", True)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/rulebook/nothing", 404),
        ("/api/rulebook/ju.term.years?on=2025-12-31", 404),
        ("/api/rulebook/ju.term.years?on=morgen", 422),
        ("/api/rulebook/ju.term.years?place=wuhai", 422),
        ("/api/rulebook/?mark=NONE", 422),
        (f"/api/rulebook/?q={'x' * 101}", 422),
    ],
)
def test_bad_questions_have_clear_answers(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_program_changes_custom_but_not_law(program: Any) -> None:
    reviewer = program("reviewer")
    seen = reviewer.get(LIMIT).json()["newest"]
    done = reviewer.post(f"{LIMIT}/change", wanted(seen), content_type="application/json")
    assert (done.status_code, done.json()["value"], done.json()["jurisdiction"]) == (201, "4", "1503")
    overtaken = reviewer.post(f"{LIMIT}/change", wanted(seen), content_type="application/json")
    assert overtaken.status_code == 409
    law = reviewer.post("/api/rulebook/ju.term.years/change", wanted(seen), content_type="application/json")
    assert law.status_code == 403
    idle = reviewer.post("/api/rulebook/cases.rate.days/change", wanted(seen), content_type="application/json")
    assert (idle.status_code, idle.json()["detail"].endswith("a change would change nothing.")) == (422, True)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"value": "soon"}, 422),
        ({"reason": ""}, 422),
        ({"reason": " "}, 422),
        ({"place": "1504"}, 403),
        ({"mark": "LAW"}, 422),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(program: Any, facts: dict[str, object], status: int) -> None:
    reviewer = program("reviewer")
    seen = reviewer.get(LIMIT).json()["newest"]
    assert (
        reviewer.post(f"{LIMIT}/change", wanted(seen, **facts), content_type="application/json").status_code == status
    )


def test_others_may_not(program: Any, client: Client) -> None:
    assert program("worker").post(f"{LIMIT}/change", wanted(0), content_type="application/json").status_code == 403
