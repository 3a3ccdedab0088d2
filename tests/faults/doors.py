"""The addresses of the house, and how a test stands before one with real keys."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .conftest import House

EMPTY = {"csrfmiddlewaretoken": "-"}  # what a browser sends with every form
QUERIES = {"places:picker": {"level": "community", "for": "id_place"}}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
Door = tuple[str, tuple[str, ...]]


@cache
def named() -> tuple[Door, ...]:
    """Every named address for people, with its parameters."""
    return tuple(door for door in _walk(get_resolver()) if not door[0].startswith("api:"))


def _walk(resolver: URLResolver, before: tuple[str, ...] = (), path: str = "") -> Iterator[Door]:
    for entry in resolver.url_patterns:
        address = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*before, *([entry.namespace] if entry.namespace else [])), address)
        elif isinstance(entry, URLPattern):
            yield ":".join((*before, entry.name or address)), tuple(PARAMETER.findall(address.replace("?P", "")))


def keys_for(house: House, name: str, parameters: tuple[str, ...]) -> dict[str, Any]:
    """The real keys of an address."""
    app = name.partition(":")[0]
    return {one: house.keys.get(f"{name}:{one}", house.keys.get(f"{app}:{one}")) for one in parameters}


def ask(house: House, client: Client, verb: str, name: str, typed: dict[str, Any] | None = None) -> HttpResponse:
    """Go to an address; `name#variant` picks a key of its own or the second pattern of the same name."""
    plain, _, variant = name.partition("#")
    found = sorted((parameters for one, parameters in named() if one == plain), key=len)
    keys = keys_for(house, plain, found[-1] if variant else found[0])
    keys |= {one: house.keys[f"{name}:{one}"] for one in keys if f"{name}:{one}" in house.keys}
    address = reverse(plain, kwargs=keys)
    answer = (
        client.get(address, QUERIES.get(plain, {}) | (typed or {}))
        if verb == "GET"
        else client.post(address, EMPTY | (typed or {}))
    )
    if answer.streaming:
        answer.getvalue()  # its file is closed when it has been read
    return answer
