"""A rule that can be changed is read by the city's code, and one that no code reads says so: found from the source, not from a list."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from linli.ground.rulebook import packs
from linli.ground.rulebook.packs import Entry
from linli.ground.rulebook.units import Mark

HOUSE = Path(packs.__file__).parents[2]
DECISIONS = HOUSE / "ground" / "decisions"
"""Asked by `manage decide` alone, which reads the law of the release and not the city's own values."""
ENTRIES = packs.norms()


def texts(data: object) -> Iterator[str]:
    """Every text in the data of a TOML file."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


def keys_in_code(source: str) -> set[str]:
    """The keys that a module names: whole, or as an f-string whose holes are filled by other words of the module."""
    nodes = list(ast.walk(ast.parse(source)))
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found = words & ENTRIES.keys()
    for node in nodes:
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
            parts = [
                re.escape(str(one.value)) if isinstance(one, ast.Constant) else "([a-z_.]+)" for one in node.values
            ]
            matches = (re.fullmatch("".join(parts), key) for key in ENTRIES)
            found |= {match[0] for match in matches if match and words.issuperset(match.groups())}
    return found


def keys_read(*, by_decisions: bool) -> set[str]:
    """Every key that the house's modules and its data name; the packs themselves are left out."""
    found: set[str] = set()
    for path in HOUSE.rglob("*.py"):
        if "migrations" not in path.parts and (by_decisions or DECISIONS not in path.parents):
            found |= keys_in_code(path.read_text(encoding="utf-8"))
    for path in HOUSE.rglob("*.toml"):
        if packs.FOLDER not in path.parents:
            found |= ENTRIES.keys() & set(texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    return found


def is_open(entry: Entry) -> bool:
    """Whether somebody may set another value: custom, or law that allows it."""
    return entry.mark != Mark.LAW or entry.deviates_from is not None or entry.deviates_to is not None


def test_words_of_the_source_are_found_whole_and_pieced_together() -> None:
    assert keys_in_code("rule('cases.limit.normal')") == {"cases.limit.normal"}
    assert keys_in_code("kind = 'special'\nbook(f'owners.pass.{kind}.area')") == {"owners.pass.special.area"}
    assert keys_in_code("rule = 'ju.recall.propose'\nbook(f'{rule}.voters')") == {"ju.recall.propose.voters"}
    assert keys_in_code("f'{anything}.{other}'") == set()


def test_every_rule_that_can_be_changed_is_read_by_the_city_and_no_other() -> None:
    changeable = {key for key, entry in ENTRIES.items() if is_open(entry)}
    assert {key for key in changeable if ENTRIES[key].in_use} == changeable & keys_read(by_decisions=False)


def test_a_locked_law_that_no_function_reads_says_so() -> None:
    locked = {key for key, entry in ENTRIES.items() if not is_open(entry)}
    assert {key for key in locked if ENTRIES[key].in_use} == locked & keys_read(by_decisions=True)
