"""The API against its own contract, by schemathesis: signed in as everybody who holds a post, with real keys and with nonsense.

Whatever is asked, the answer is one that the contract declares, in the declared shape, and never a 5xx. Every operation is also asked once
in earnest, so that what is tested is more than refusals. Requests are made up once; every role asks one of each kind.
"""

import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from linli.config.wsgi import application
from linli.flows.cases import actions
from linli.flows.cases.models import Case

from .conftest import STAFF, House, spare_person, undone

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 4  # of each kind: well-formed or malformed, at a real key or an invented one
SEED = 20260914
ASKER = {"POST /api/cases/{reference}/rate", "POST /api/cases/{reference}/reopen"}  # only who asked, who has no token
HOST = {"Host": "localhost"}


@pytest.fixture(scope="module", autouse=True)
def one_connection() -> Iterator[None]:
    """Let requests keep the connection of the test, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def crashes() -> Iterator[list[str]]:
    """What made the city answer 500."""
    seen: list[str] = []

    def note(**_facts: object) -> None:
        seen.append(traceback.format_exc(limit=-4))

    got_request_exception.connect(note)
    yield seen
    got_request_exception.disconnect(note)


@pytest.fixture(scope="module")
def operations(one_connection: None) -> dict[str, APIOperation]:
    """Every operation by its verb and path."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=HOST)
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def real_keys(house: House, label: str) -> dict[str, Any]:
    """The real keys of an operation's path."""
    keys = house.keys
    if "/cases/" in label:
        return {"reference": keys["cases:reference"]}
    if "/webhooks/calls/" in label:
        return {"id": keys["webhooks:redeliver:id"]}
    if "/inbox/" in label:
        return {"id": house.keys["notices:of-worker:id"]}
    if "/webhooks/" in label:
        return {"id": keys["webhooks:resume:id" if label.endswith("resume") else "webhooks:id"]}
    if "/posts/" in label:
        return {"pk": keys["organisations:appoint:pk"]}
    return {
        "reference": keys["organisations:reference"],
        "pk": keys["organisations:pk"],
        "key": keys["rulebook:key"],
        "path": keys["places:path"],
        "year": keys["calendar:year"],
    }


def in_earnest(house: House, label: str) -> dict[str, Any]:
    """What a person would send: body and query of an operation."""
    path, version = house.town.east.path, brought_to(house, label.rpartition("/")[2]).version
    need = {
        "text": "路灯四晚不亮了。",
        "field": "surroundings",
        "place": path,
        "name": "张女士",
        "phone": "13904730001",
    }
    change = {
        "value": "2",
        "place": "1503",
        "effective_from": "2026-10-01",
        "reason": "路远。",
        "seen": house.keys["rulebook:seen"],
    }
    days = {"place": "1503", "days": ["2026-10-12"], "kind": "holiday", "reason": "市庆。", "source": "市政府通知"}
    hook = {"label": "热线", "url": "https://hotline.example.org/", "verbs": ["cases"]}
    person = spare_person(house).pk if label.endswith("/appoint") else 0
    bodies: dict[str, Any] = {
        "POST /api/cases/": need,
        "POST /api/cases/{reference}/accept": {"version": version},
        "POST /api/cases/{reference}/answer": {"version": version, "text": "已经修好。"},
        "POST /api/cases/{reference}/close": {"version": version, "text": "已经修好。"},
        "POST /api/webhooks/": hook,
        "POST /api/calendar/announce": days,
        "POST /api/organisations/posts/{pk}/appoint": {"person": person, "begins_on": "2026-09-14", "how": "appointed"},
        "POST /api/organisations/holdings/{pk}/end": {"on": "2026-09-14", "why": "resigned"},
        "POST /api/rulebook/{key}/change": change,
    }
    queries: dict[str, Any] = {
        "GET /api/calendar/due": {"start": "2026-09-14", "amount": 5, "unit": "working_day"},
        "GET /api/organisations/bodies": {"place": path},
    }
    sent: dict[str, Any] = {"query": queries.get(label, {})}
    return sent | ({"body": bodies[label]} if label in bodies else {})


def brought_to(house: House, verb: str) -> Case:
    """The case, where this step is next."""
    case, worker = Case.objects.get(pk=house.case.pk), house.town.actor("worker")
    if verb in {"answer", "close", "rate", "reopen"}:
        actions.accept(case, by=worker)
    if verb in {"close", "rate", "reopen"}:
        actions.answer(case, text="已经修好。", by=worker)
    return case


def send(case: schemathesis.Case, token: str) -> int:
    """Ask, check the answer against the contract, and return its status."""
    answer = case.call(headers=HOST | {"Authorization": f"Bearer {token}"})
    case.validate_response(answer, checks=CHECKS)
    return answer.status_code


@pytest.fixture(scope="module")
def requests(built: House, operations: dict[str, APIOperation]) -> list[tuple[str, list[schemathesis.Case]]]:
    """For every operation well-formed and malformed requests, at real keys and at invented ones."""
    made = []
    for label, operation in operations.items():
        keys = {name: key for name, key in real_keys(built, label).items() if f"{{{name}}}" in label}
        for mode in GenerationMode:
            made.append((label, drawn(operation.as_strategy(mode))))
            if keys:
                made.append((label, drawn(operation.as_strategy(mode, path_parameters=keys))))
    return made


def drawn(strategy: SearchStrategy[schemathesis.Case]) -> list[schemathesis.Case]:
    """The first requests of a kind; none where nothing can be malformed but the key, which is the real one."""
    cases: list[schemathesis.Case] = []

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def keep(case: schemathesis.Case) -> None:
        cases.append(case)

    with suppress(Unsatisfiable):
        keep()
    return cases


def test_requests_of_every_operation_are_tried(
    operations: dict[str, APIOperation], requests: list[tuple[str, list[schemathesis.Case]]]
) -> None:
    assert {label for label, cases in requests if cases} == operations.keys()


@pytest.mark.parametrize("role", STAFF)
def test_the_api_keeps_its_contract_whatever_is_asked(
    house: House, requests: list[tuple[str, list[schemathesis.Case]]], crashes: list[str], role: str
) -> None:
    broken: dict[str, str] = {}
    for label, cases in requests:
        if not cases:
            continue
        try:
            with undone():
                send(cases[STAFF.index(role) % len(cases)], house.tokens[role])
        except FailureGroup as error:
            broken[label] = f"{crashes[-1:]} {error}"
    assert broken == {}


def test_every_operation_can_be_done_by_somebody(house: House, operations: dict[str, APIOperation]) -> None:
    never: dict[str, object] = {}
    for label in operations.keys() - ASKER:
        operation = operations[label]
        keys = {name: key for name, key in real_keys(house, label).items() if f"{{{name}}}" in label}
        met = set()
        for role in STAFF:
            with undone():
                case = operation.Case(path_parameters=keys, **in_earnest(house, label))
                met.add(send(case, house.tokens[role]))
        if not any(200 <= status < 300 for status in met):
            never[label] = met
    assert never == {}


@pytest.mark.parametrize("verb", ["rate", "reopen"])
def test_who_asked_judges_over_the_api_with_their_session(house: House, verb: str) -> None:
    version = brought_to(house, verb).version
    said = {"rate": {"contacted": True, "solved": "yes", "satisfied": "yes"}, "reopen": {"text": "还是不亮。"}}[verb]
    address = f"/api/cases/{house.case.reference}/{verb}"
    answer = house.browser("resident").post(address, said | {"version": version}, content_type="application/json")
    assert answer.status_code == 200
