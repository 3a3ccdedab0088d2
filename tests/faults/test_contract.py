"""The API against its own contract, by schemathesis: signed in as everybody who holds a post, with real keys and with nonsense.

Whatever is asked, the answer is one that the contract declares, in the declared shape, and never a 5xx. Every operation is
also asked in earnest by somebody who may (test_earnest.py).
"""

import traceback
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, product

import pytest
import schemathesis
from django.core.signals import got_request_exception
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation

from .conftest import ROLES, House, undone
from .contract import UNCLOSED, one_connection, operations, said_by, send
from .earnest import here

__all__ = ["one_connection", "operations"]
SEED = 20260914
VARIETY = 3  # requests of a kind, dealt among the roles in turn: drawing one costs more than asking it
Dealt = dict[str, dict[str, list[schemathesis.Case]]]


@pytest.fixture
def crashes() -> Iterator[list[str]]:
    """What made the city answer 500."""
    seen: list[str] = []

    def note(**_facts: object) -> None:
        seen.append(traceback.format_exc(limit=-4))

    got_request_exception.connect(note)
    yield seen
    got_request_exception.disconnect(note)


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


@pytest.mark.filterwarnings(UNCLOSED)
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
