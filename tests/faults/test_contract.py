"""The API against its own contract, by schemathesis: signed in as everybody who holds a post, with real keys and with nonsense.

Whatever is asked, the answer is one that the contract declares, in the declared shape, and never a 5xx. Every operation is
also asked in earnest by somebody who may (who that is: test_api.py).
"""

import traceback
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, product

import pytest
import schemathesis
from django.conf import settings as house_settings
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

from .conftest import ROLES, STAFF, House, undone
from .earnest import asked_in_earnest, here
from .test_permissions import API

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SEED = 20260914
VARIETY = 3  # requests of a kind, dealt among the roles in turn: drawing one costs more than asking it
Dealt = dict[str, dict[str, list[schemathesis.Case]]]
HOST = {"Host": "localhost"}
TYPED = "linliLINLIlinliLINLIlinliLINLI26"  # what the session's own pages would send against forgery


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


def said_by(house: House, role: str) -> dict[str, dict[str, str]]:
    """How a role says who it is: staff by the token of their post, the resident by a session, the visitor not at all."""
    if role in STAFF:
        return {"headers": HOST | {"Authorization": f"Bearer {house.tokens[role]}"}}
    if role == "visitor":
        return {"headers": HOST}
    session = house.browser(role).cookies[house_settings.SESSION_COOKIE_NAME].value
    cookies = {house_settings.SESSION_COOKIE_NAME: session, house_settings.CSRF_COOKIE_NAME: TYPED}
    return {"headers": HOST | {"X-CSRFToken": TYPED}, "cookies": cookies}


def send(case: schemathesis.Case, who: dict[str, dict[str, str]]) -> int:
    """Ask, check the answer against the contract, and return its status."""
    answer = case.call(**who)
    case.validate_response(answer, checks=CHECKS)
    return answer.status_code


def drawn(strategy: SearchStrategy[schemathesis.Case]) -> list[schemathesis.Case]:
    """Requests of a kind, as different as there are; none where nothing can be malformed but the key, which is the real one."""
    cases: list[schemathesis.Case] = []

    @seed(SEED)
    @settings(
        max_examples=1 + VARIETY,  # the first one is always the plainest
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
    return cases[1:] or cases


@pytest.fixture(scope="module")
def dealt(built: House, operations: dict[str, APIOperation]) -> Dealt:
    """For each role and operation a well-formed and a malformed request, by turns at a real key and at an invented one."""
    known, hands = here(built), {role: {label: [] for label in operations} for role in ROLES}
    for turn, (label, operation) in enumerate(operations.items()):
        keys = known.of(label)
        at_real = [role for number, role in enumerate(ROLES, turn) if keys and number % 3]
        invented = [role for role in ROLES if role not in at_real]
        for mode, (roles, path) in product(GenerationMode, ((at_real, {"path_parameters": keys}), (invented, {}))):
            cases = drawn(operation.as_strategy(mode, **path)) if roles else []
            for role, case in zip(roles, cycle(cases)) if cases else ():
                hands[role][label].append(case)
    return hands


@pytest.mark.parametrize("role", ROLES)
def test_the_api_keeps_its_contract_whatever_is_asked(
    house: House, dealt: Dealt, crashes: list[str], role: str
) -> None:
    who, broken = said_by(house, role), {}
    for label, cases in dealt[role].items():
        try:
            for case in cases:
                with undone():
                    send(case, who)
        except FailureGroup as error:
            broken[label] = f"{crashes[-1:]} {error}"
    assert broken == {}


def test_what_is_done_in_earnest_keeps_the_contract(house: House, operations: dict[str, APIOperation]) -> None:
    met, known = {}, here(house)
    for label, operation in operations.items():
        role = next(role for role, cell in zip(ROLES, API[label], strict=True) if cell.startswith("2"))
        with undone():
            sent = asked_in_earnest(house, known, label)
            met[label] = send(operation.Case(path_parameters=known.of(label), **sent), said_by(house, role)) // 100
    assert met == dict.fromkeys(operations, 2)
