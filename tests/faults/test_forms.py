"""Every form, filled with what nobody should type: never a 5xx, and it comes back escaped."""

from copy import deepcopy
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client

from .conftest import ROLES, House, undone
from .doors import ask
from .forms import FORMS, FREE, who_may
from .test_permissions import TABLE
from .typed import NEED, NONSENSE, SCRIPT

EACH = ("over-long", "wrong type", "nul")
"""Dealt to the fields in turn, each in a form that is otherwise in order: they reach what lies behind it."""


def at_the_door(house: House, name: str, client: Client) -> Client:
    """The browser, come as far as this form: the second steps of signing in follow a first one."""
    steps = {
        "people:prove_code": ("people:sign_in", {"phone": "13904730001"}),
        "people:set_up_second_factor": (
            "people:sign_in_staff",
            {"username": "worker", "password": "a-long-pass-phrase-7"},
        ),
    }
    if name == "accounts:accept":
        client = house.browser("visitor")
        assert ask(house, client, "GET", "accounts:follow").status_code == 302
    if name in steps:
        client = house.browser("visitor")
        assert ask(house, client, "POST", *steps[name]).status_code == 302
    return client


def is_there(table: str = "core_event") -> bool:
    return table in connection.introspection.table_names()


def test_every_form_is_tried() -> None:
    posts = {line.split()[1].partition("#")[0] for line in TABLE if line.startswith("POST ")}
    assert FORMS.keys() == posts


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_form_breaks_over_what_is_typed(house: House, kind: str) -> None:
    wrong: dict[str, object] = {}
    typed = NONSENSE[kind]
    browsers = {role: house.browser(role) for role in ROLES}
    dealt = cycle(EACH)
    for name, fields in FORMS.items():
        client = at_the_door(house, name, browsers[who_may("POST", name)])
        cookies = deepcopy(client.cookies)
        one_by_one = [fields | {field: typed} for field, its in zip(fields, dealt, strict=False) if its == kind]
        ways = [dict.fromkeys(fields, typed), *one_by_one]
        for way in ways:
            with undone():
                answer = ask(house, client, "POST", name, way)
            client.cookies = deepcopy(cookies)
            if answer.status_code not in {200, 201, 302, 403, 404, 409, 422}:
                wrong[f"{name} {[field for field in way if way[field] == typed]}"] = answer.status_code
            elif SCRIPT in answer.content.decode():
                wrong[name] = "the script came back as it was"
    assert wrong == {}
    assert is_there()


@pytest.mark.parametrize("name", FREE)
def test_what_was_typed_comes_back_escaped(house: House, name: str) -> None:
    fields = FORMS[name]
    nothing_else = dict.fromkeys(fields, "") | {FREE[name]: SCRIPT}
    answer = ask(house, house.browser(who_may("POST", name)), "POST", name, nothing_else)
    page = answer.content.decode()
    assert (answer.status_code, "&lt;script&gt;alert(1)&lt;/script&gt;" in page, SCRIPT in page) == (422, True, False)


def test_free_text_is_kept_as_it_was_typed_and_shown_escaped(house: House) -> None:
    client = house.browser("worker")
    receipt = ask(
        house, client, "POST", "intake:register", NEED | {"text": SCRIPT, "where": "'; DROP TABLE core_event; --"}
    )
    page = client.get(receipt["Location"]).content.decode()
    shown = client.get(receipt["Location"].removesuffix("receipt/")).content.decode()
    assert (receipt.status_code, SCRIPT in page + shown, "&lt;script&gt;" in shown, "DROP TABLE" in shown) == (
        302,
        False,
        True,
        True,
    )
    assert is_there()
