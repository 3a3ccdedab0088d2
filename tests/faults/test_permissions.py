"""Every address × every role, against the table that people wrote (permissions.toml)."""

import tomllib
from copy import deepcopy
from pathlib import Path

import pytest
from django.http import HttpResponse

from .conftest import ROLES, House, undone
from .doors import ask, named

WRITTEN = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8"))
PARTS = {name: part for name, part in WRITTEN.items() if isinstance(part, dict)}
API = {line: cells.split() for line, cells in PARTS.pop("api").items()}
TABLE = {line: cells.split() for part in PARTS.values() for line, cells in part.items()}


def word(answer: HttpResponse) -> str:
    """The answer in the words of the table."""
    if answer.status_code == 302 and answer["Location"].startswith("/people/sign-in/?next="):
        return "in"
    return str(answer.status_code)


def test_the_table_names_every_address_and_no_other() -> None:
    lines = [line.split()[1] for line in TABLE]
    patterns = sorted(name for name, _parameters in named())
    assert sorted({line.partition("#")[0] for line in lines}) == sorted(set(patterns))
    twice = {name for name in patterns if patterns.count(name) > 1}
    assert {name for name in twice if not any(line.startswith(f"{name}#") for line in lines)} == set()


def test_the_table_has_a_cell_for_every_role() -> None:
    assert tuple(WRITTEN["columns"].split()) == ROLES
    lines = TABLE | API
    assert {line: len(cells) for line, cells in lines.items()} == dict.fromkeys(lines, len(ROLES))


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_table_says(house: House, role: str) -> None:
    column = ROLES.index(role)
    client, differs = house.browser(role), {}
    cookies = deepcopy(client.cookies)
    for line, cells in TABLE.items():
        verb, name = line.split()
        with undone():
            found = word(ask(house, client, verb, name))
        client.cookies = deepcopy(cookies)
        if found != cells[column]:
            differs[line] = f"{found}, not {cells[column]}"
    assert differs == {}


def test_an_address_that_only_takes_forms_shows_nothing_to_whoever_just_looks(house: House) -> None:
    only_post = [line.split()[1] for line in TABLE if line.startswith("POST ") and f"GET {line[5:]}" not in TABLE]
    looked = {name: ask(house, house.browser("visitor"), "GET", name).status_code for name in only_post}
    assert {name: status for name, status in looked.items() if status not in {302, 403, 404, 405}} == {}
