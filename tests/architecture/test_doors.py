"""Every door has its rule, and no door loads what it was not scoped to."""

import ast
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from linli.config.api import api

from .house import apps, name, room, sources, tree

FOREIGN = re.compile(r"^(allauth|django)\.")


def doors(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, object]]:
    """Every address with its view."""
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from doors(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def test_every_view_is_public_or_guarded() -> None:
    open_doors = [
        address
        for address, view in doors(get_resolver())
        if not hasattr(view, "rule") and not address.startswith("api/") and not FOREIGN.match(view.__module__)
    ]
    assert open_doors == []


def test_every_api_operation_is_public_or_guarded() -> None:
    open_doors = [
        f"{'/'.join(operation.methods)} {path}"
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if not hasattr(operation.view_func, "rule")
    ]
    assert open_doors == []


def test_doors_load_only_what_the_actor_may_see() -> None:
    wrong = []
    for app in apps():
        for file in sources(app):
            if room(app, file) not in {"views", "api"}:
                continue
            module = tree(file)
            scoped = {
                id(node.value)
                for node in ast.walk(module)
                if isinstance(node, ast.Attribute) and node.attr == "visible_to"
            }
            wrong += [
                f"{name(file)}:{node.lineno}"
                for node in ast.walk(module)
                if isinstance(node, ast.Attribute)
                and node.attr in {"objects", "_default_manager"}
                and id(node) not in scoped
            ]
    assert wrong == []
