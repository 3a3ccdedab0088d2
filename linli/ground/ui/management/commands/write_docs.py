"""`manage write_docs`: the documents that are drawn from the code: lifecycles, permissions, the API's contract."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django_fsm import FSMField

from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES

OWN = "linli."


def documents() -> dict[str, str]:
    """Return every generated document by its path below docs/."""
    with translation.override("en"):
        return {"lifecycles.md": _lifecycles(), "permissions.md": _permissions(), "openapi.json": _contract()}


def _lifecycles() -> str:
    parts = ["# Lifecycles\n\nDrawn from the steps in the code by `manage write_docs`."]
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label_lower):
        fields = [field for field in model._meta.fields if isinstance(field, FSMField)]
        if fields and model.__module__.startswith(OWN):
            parts.append(f"## {model._meta.label_lower}\n\n{_first_line(model)}\n\n```mermaid\nstateDiagram-v2")
            parts.append("\n".join(_moves(model, fields[0])) + "\n```")
    return "\n\n".join(parts).replace("stateDiagram-v2\n\n", "stateDiagram-v2\n") + "\n"


def _moves(model: Any, field: Any) -> Iterator[str]:
    yield f"    [*] --> {field.default.value}"
    moves = field.get_all_transitions(model)
    for move in sorted(moves, key=lambda one: (one.source, one.name)):
        yield f"    {move.source} --> {move.target or move.source}: {move.name}"


def _permissions() -> str:
    parts = [
        "# Permissions\n\nDrawn from the code by `manage write_docs`. What a role may do is written in `authority/roles.py`."
    ]
    parts.append("## Roles\n\n| role | what it is | reach | powers |\n|---|---|---|---|")
    for code, role in ROLES.items():
        powers = ", ".join(power.value for power in Power if power in role.powers) or "–"
        parts[-1] += f"\n| {code.value} | {role.sentence} | {role.reach.value} | {powers} |"
    parts.append("## Powers\n\n" + "\n".join(f"- **{power.value}**: {power.label}" for power in Power))
    rows = "\n".join(
        f"| `/{address}` | {rule} | {sentence} |" for address, rule, sentence in sorted(_doors(get_resolver()))
    )
    parts.append(f"## Doors\n\n| address | rule | in words |\n|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _doors(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str, str]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _doors(entry, address)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "rule"):
            rule = entry.callback.rule
            yield (address, rule, "everybody") if rule == "public" else (address, rule.__name__, _first_line(rule))


def _first_line(thing: Any) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0]


def _contract() -> str:
    contract = Client().get("/api/openapi.json", headers={"host": "localhost"}).json()
    return json.dumps(contract, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


class Command(BaseCommand):
    """Write what has changed."""

    help = "Writes docs/lifecycles.md, docs/permissions.md and docs/openapi.json."

    def handle(self, **_options: object) -> None:
        """Write the documents."""
        folder: Path = settings.ROOT / "docs"
        for name, text in documents().items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(name)
