"""The draft of a catalogue that the release ships: an editable default, no law. A city takes it over, changes it, drops what it lacks."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from linli.commons.guides.models import FACTS, Entry, materials_in, opinions_in, steps_in

DRAFT: Final = Path(__file__).parents[1] / "data" / "items.toml"
EMPTY: Final[dict[str, object]] = {
    "article": "",
    "aliases": "", "statutory_days": None, "fee": 0, "fee_basis": "", "contact": "", "hours": "", "valid_until": None,
    "valid_from": date(2026, 1, 1),
}  # fmt: skip
DIVISION: Final = 8
"""Figures of the division in an item's code."""


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(DRAFT.read_text(encoding="utf-8"))["item"]
    return rows


def shipped(place_path: str) -> Iterator[Entry]:
    """Yield the items of the draft with the codes of a city: its division, the department's letters, kind and number."""
    for row in _rows():
        code = f"{place_path.ljust(DIVISION, '0')[:DIVISION]}{row['letters']}-{row['kind']}-{row['number']:04}"
        facts = EMPTY | row | {"code": code}
        materials, steps = materials_in(row.get("materials", "")), steps_in(row.get("steps", ""))
        opinions = opinions_in(row.get("opinions", ""))
        yield Entry({name: facts[name] for name in FACTS}, materials, steps, opinions)
