"""Every operation of the API × every role, asked in earnest, against the table that people wrote (permissions.toml)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from .conftest import ROLES, STAFF, House, undone
from .earnest import Keys, asked_in_earnest, elsewhere, here, law, operations
from .test_permissions import API

KEYED = {line for line in operations() if "{" in line and line.startswith("POST ")}


@pytest.fixture(scope="module")
def variants(built: House) -> Iterator[dict[str, Keys]]:
    """What the lines of the table are asked about."""
    with undone():
        yield {"": here(built), "elsewhere": elsewhere(built), "law": law(built)}


def asker(house: House, role: str) -> Client:
    """A program in somebody's post; the resident comes with a session, the visitor with nothing."""
    if role not in STAFF:
        return house.browser(role)
    client = Client(headers={"authorization": f"Bearer {house.tokens[role]}"})
    client.raise_request_exception = False
    return client


def ask(house: House, client: Client, line: str, keys: Keys) -> HttpResponse:
    """Send an operation of the table with what a person would send."""
    label = line.partition("#")[0]
    verb, path = label.split()
    sent: dict[str, Any] = asked_in_earnest(house, keys, label)
    address = path.format(**keys.of(label)) + (f"?{urlencode(sent['query'])}" if sent["query"] else "")
    if verb == "GET":
        answer = client.get(address)
        if answer.streaming:
            answer.getvalue()  # its file is closed when it has been read
        return answer
    return (
        client.generic(verb, address) if "body" not in sent else client.post(address, sent["body"], "application/json")
    )


def test_the_table_names_every_operation_and_no_other() -> None:
    assert {line.partition("#")[0] for line in API} == operations()


def test_every_act_on_a_thing_has_a_line_for_somebody_elses() -> None:
    assert {line for line in KEYED if f"{line}#elsewhere" not in API} == set()


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_answers_each_role_as_the_table_says(
    house: House, variants: dict[str, Keys], role: str
) -> None:
    client, differs = asker(house, role), {}
    for line, cells in API.items():
        with undone():
            found = str(ask(house, client, line, variants[line.partition("#")[2]]).status_code)
        if found != cells[ROLES.index(role)]:
            differs[line] = f"{found}, not {cells[ROLES.index(role)]}"
    assert differs == {}


@pytest.mark.parametrize("role", ["worker", "administrator"])
def test_a_session_of_staff_opens_what_their_token_opens(house: House, variants: dict[str, Keys], role: str) -> None:
    client, differs = house.browser(role), {}
    for line, cells in API.items():
        if cells[0] == "401":
            with undone():
                found = str(ask(house, client, line, variants[line.partition("#")[2]]).status_code)
            if found != cells[ROLES.index(role)]:
                differs[line] = f"{found}, not {cells[ROLES.index(role)]}"
    assert differs == {}


@pytest.mark.parametrize("role", ROLES[1:])
def test_lists_hold_the_cases_that_the_table_shows_and_no_others(
    house: House, variants: dict[str, Keys], role: str
) -> None:
    listed = [one["reference"] for one in asker(house, role).get("/api/cases/").json()["items"]]
    here = [variants[""].case.reference, house.keys["standards:reference"], house.supported.reference]
    cases = {"": here, "#elsewhere": [variants["elsewhere"].case.reference]}
    may = [
        reference
        for variant, references in cases.items()
        for reference in references
        if API[f"GET /api/cases/{{reference}}{variant}"][ROLES.index(role)] == "200"
    ]
    assert sorted(listed) == sorted(may)


def test_lists_of_the_register_and_of_webhooks_end_at_the_border(house: House, variants: dict[str, Keys]) -> None:
    places = {
        role: {one["place"][:12] for one in asker(house, role).get("/api/residents/").json()["items"]}
        for role in ("worker", "chair", "outsider")
    }
    assert places == {"worker": {"150302006001"}, "chair": {"150302006001"}, "outsider": set()}
    hooks = {one["place_path"] for one in asker(house, "administrator").get("/api/webhooks/").json()["items"]}
    assert hooks == {"1503"}
