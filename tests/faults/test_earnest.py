"""Every operation of the API asked in earnest by somebody who may: it is done, and the answer keeps the contract."""

import pytest
from schemathesis.schemas import APIOperation

from .conftest import ROLES, House, undone
from .contract import UNCLOSED, one_connection, operations, said_by, send
from .earnest import asked_in_earnest, here
from .test_permissions import API

__all__ = ["one_connection", "operations"]


@pytest.mark.filterwarnings(UNCLOSED)
def test_what_is_done_in_earnest_keeps_the_contract(house: House, operations: dict[str, APIOperation]) -> None:
    met, known = {}, here(house)
    for label, operation in operations.items():
        role = next(role for role, cell in zip(ROLES, API[label], strict=True) if cell.startswith("2"))
        with undone():
            sent = asked_in_earnest(house, known, label)
            met[label] = send(operation.Case(path_parameters=known.of(label), **sent), said_by(house, role)) // 100
    assert met == dict.fromkeys(operations, 2)
