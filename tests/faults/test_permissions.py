"""Every address × every role, against the table that people wrote (permissions.toml)."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pytest
from cases.conftest import PHONE, TEXT
from django.http import HttpResponse

from .conftest import ROLES, House, undone
from .doors import ask, named
from .papers import LISTED

WRITTEN = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8"))
PARTS = {name: part for name, part in WRITTEN.items() if isinstance(part, dict)}
API = {line: cells.split() for line, cells in PARTS.pop("api").items()}
TABLE = {line: cells.split() for part in PARTS.values() for line, cells in part.items()}
NOBODY = {"visitor", "department", "unit", "outsider"}  # who has no part in the matters of 湖东
SECRETS = (TEXT, PHONE, "张女士", "生日写错了", LISTED, "resident@example.org")
TELLING = {"notices:confirm", "demo:index"}  # the link is the proof; the demo tells how to enter as its invented people


IDS = re.compile(rb'\sid="([^"]+)"')


class Said(NamedTuple):
    """What an address answered: in the words of the table, which secrets it showed to nobody in particular, which ids stand twice."""

    word: str
    secrets: list[str]
    twice: list[str]


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


@pytest.fixture(scope="module")
def answers(built: House) -> Callable[[str], dict[str, Said]]:
    """What every address answers a role, asked once for all tests here."""
    return cache(partial(answers_to, built))


def answers_to(house: House, role: str) -> dict[str, Said]:
    client, said = house.browser(role), {}
    cookies = deepcopy(client.cookies)
    for line in TABLE:
        with undone():
            answer = ask(house, client, *line.split())
        client.cookies = deepcopy(cookies)
        page = b"" if answer.streaming else answer.content
        secrets = [secret for secret in SECRETS if role in NOBODY and secret.encode() in page]
        ids = Counter(IDS.findall(page)) if answer.get("Content-Type", "").startswith("text/html") else {}
        said[line] = Said(word(answer), secrets, [one.decode() for one, times in ids.items() if times > 1])
    return said


@pytest.mark.parametrize("role", ROLES)
def test_no_page_has_two_things_of_one_id(house: House, answers: Callable[[str], dict[str, Said]], role: str) -> None:
    assert {line: said.twice for line, said in answers(role).items() if said.twice} == {}, "labels name the wrong field"


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_table_says(
    house: House, answers: Callable[[str], dict[str, Said]], role: str
) -> None:
    table, said = {line: cells[ROLES.index(role)] for line, cells in TABLE.items()}, answers(role)
    assert {line: said[line].word for line, cell in table.items() if said[line].word != cell} == {}


@pytest.mark.parametrize("role", sorted(NOBODY))
def test_what_belongs_to_another_community_is_never_shown(
    house: House, answers: Callable[[str], dict[str, Said]], role: str
) -> None:
    shown = {line: said.secrets for line, said in answers(role).items() if said.secrets}
    assert {line: secrets for line, secrets in shown.items() if line.split()[1] not in TELLING} == {}


def test_an_address_that_only_takes_forms_shows_nothing_to_whoever_just_looks(house: House) -> None:
    only_post = [line.split()[1] for line in TABLE if line.startswith("POST ") and f"GET {line[5:]}" not in TABLE]
    looked = {name: ask(house, house.browser("visitor"), "GET", name).status_code for name in only_post}
    assert {name: status for name, status in looked.items() if status not in {302, 403, 404, 405}} == {}
