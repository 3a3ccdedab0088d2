"""The contract of the API: its operations, and how an answer is held against it."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.conf import settings as house_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from linli.config.wsgi import application

from .conftest import STAFF, House

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
UNCLOSED = "ignore:Exception ignored in. <_io:pytest.PytestUnraisableExceptionWarning"
"""Its client reads a file that it is handed, and does not close it."""
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
