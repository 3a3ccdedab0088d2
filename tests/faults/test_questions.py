"""Every address with a question mark, asked what nobody should ask: never a 5xx, and it comes back escaped."""

import pytest

from .conftest import ROLES, House
from .doors import ask
from .forms import who_may
from .typed import NONSENSE, SCRIPT

# What the address of a page may ask after its question mark.
QUESTIONS = {
    "portal:search": ("q",),
    "desk:home": ("page",),
    "worklist:index": (
        *("q", "status", "due", "part", "place", "field", "category", "lead", "urgency", "channel", "since", "until"),
        *("returned", "page"),
    ),
    "worklist:save": ("q", "since"),
    "worklist:accept": ("case", "all", "q"),
    "worklist:export": ("q", "status"),
    "worklist:queue": ("heap", "page"),
    "overview:overview": ("place", "period"),
    "overview:overview_sheet": ("place", "period"),
    "callbacks:queue": ("page",),
    "callbacks:rates": ("place", "first", "last", "by", "lead", "category"),
    "callbacks:behind": ("place", "first", "last", "of", "lead", "category", "page"),
    "callbacks:export": ("place", "first", "last", "by"),
    "intake:report": ("field",),
    "intake:follow": ("reference",),
    "cases:mine": ("page",),
    "guides:index": ("q", "field"),
    "guides:keep": ("q",),
    "ratings:rates": ("place", "first", "last", "by", "handler", "item", "field"),
    "ratings:behind": ("place", "first", "last", "of", "handler", "item", "field", "page"),
    "ratings:export": ("place", "first", "last", "by"),
    "services:mine": ("page",),
    "services:queue": ("status", "page"),
    "accounts:index": ("q", "kind", "state", "page"),
    "accounts:waiting": ("page",),
    "accounts:tokens": ("page",),
    "notices:inbox": ("page", "only"),
    "notices:undelivered": ("page",),
    "webhooks:list": ("page",),
    "webhooks:show": ("page", "only"),
    "calendar:show": ("place",),
    "calendar:show_hours": ("place",),
    "organisations:index": ("q",),
    "organisations:appoint": ("q",),
    "completeness:index": ("under",),
    "completeness:export": ("under",),
    "residents:list": ("q", "page"),
    "residents:requests": ("page",),
    "residents:export": ("as",),
    "people:sign_in": ("next",),
    "people:sign_in_staff": ("next",),
    "rulebook:index": ("q", "mark", "place"),
    "rulebook:show": ("place",),
    "rulebook:change": ("place",),
    "rulebook:lodge": ("place",),
    "places:index": ("q",),
    "places:picker": ("level", "for", "q"),
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_page_breaks_over_what_its_address_asks(house: House, kind: str) -> None:
    wrong: dict[str, object] = {}
    browsers = {role: house.browser(role) for role in ROLES}
    for name, asked in QUESTIONS.items():
        client = browsers[who_may("GET", name)]
        for one in asked:
            answer = ask(house, client, "GET", name, {one: NONSENSE[kind]})
            if answer.status_code not in {200, 302, 400, 404, 422}:
                wrong[f"{name} {one}"] = answer.status_code
            elif SCRIPT.encode() in answer.content:
                wrong[f"{name} {one}"] = "the script came back as it was"
    assert wrong == {}
