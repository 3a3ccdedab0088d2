"""The packs: the rules as they stand in git, one TOML file per law or set of customs. They can be read without a database."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError

from linli.ground.places.divisions import Level

from .units import Mark, Unit, cleaned, is_number

FOLDER: Final = Path(__file__).parent / "packs"
LIMITS: Final = ("deviates_from", "deviates_to")


class BadPack(Exception):
    """A pack that cannot be used; says the file, the rule and what is wrong."""


class UnknownRule(LookupError):
    """No rule of this key is in force there and then."""


@dataclass(frozen=True)
class Entry:
    """One rule as a pack writes it."""

    pack: str
    key: str
    subject: str
    title: str
    unit: str
    value: str
    mark: str
    law: str
    article: str
    effective_from: date
    sentence: str
    jurisdiction: str = ""
    base: str = ""
    note: str = ""
    deviates_from: int | None = None
    deviates_to: int | None = None
    down_to: str = Level.PREFECTURE.value
    """The innermost level of places that may have its own value."""
    in_use: bool = True
    """False while no function of this release works by it."""

    @property
    def number(self) -> int:
        """The value as a whole number; raises ValueError for a share or a word."""
        return int(self.value)

    @property
    def version_ref(self) -> str:
        """The pack, the rule and its date: `juweihui_law_2025/ju.assembly.quorum@2026-01-01`."""
        return f"{self.pack}/{self.key}@{self.effective_from.isoformat()}"


@dataclass(frozen=True)
class PackText:
    """One law or set of customs with its rules, in the order in which pages show them."""

    code: str
    title: str
    source: str
    order: int
    entries: tuple[Entry, ...] = field(repr=False)


@cache
def shipped() -> tuple[PackText, ...]:
    """Return the packs of this release, in order; raises BadPack."""
    return read(FOLDER)


@cache
def norms() -> Mapping[str, Entry]:
    """Return the nation's rules of the shipped packs by key."""
    return {entry.key: entry for pack in shipped() for entry in pack.entries if not entry.jurisdiction}


def norm(key: str) -> Entry:
    """Return the nation's rule of the shipped packs, for deciding without a city; raises UnknownRule."""
    try:
        return norms()[key]
    except KeyError as error:
        raise UnknownRule(key) from error


def read(folder: Path) -> tuple[PackText, ...]:
    """Return the packs of a folder in their order; raises BadPack for the first thing that is wrong."""
    packs = [_pack(path) for path in sorted(folder.glob("*.toml"))]
    seen: set[tuple[str, str]] = set()
    for entry in (entry for pack in packs for entry in pack.entries):
        if (entry.key, entry.jurisdiction) in seen:
            raise BadPack(f"{entry.pack}: {entry.key} is written twice")
        seen.add((entry.key, entry.jurisdiction))
    return tuple(sorted(packs, key=lambda pack: (pack.order, pack.code)))


def _pack(path: Path) -> PackText:
    try:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = tuple(_entries(path.stem, text))
        return PackText(path.stem, text["title"], text.get("source", ""), int(text["order"]), entries)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise BadPack(f"{path.stem}: {error!r}") from error


def _entries(code: str, text: Mapping[str, Any]) -> Iterator[Entry]:
    common = {name: text[name] for name in ("law", "mark", "effective_from") if name in text}
    for row in text["rule"]:
        entry = Entry(pack=code, **(common | row))
        _check(entry)
        yield entry


def _check(entry: Entry) -> None:
    """Refuse an entry whose mark, unit, value, limits or date make no sense, or that is law without an article."""
    try:
        kept = cleaned(entry.value, Unit(entry.unit))
        mark = Mark(entry.mark)
        Level(entry.down_to)
    except (ValidationError, ValueError) as error:
        raise BadPack(f"{entry.pack}: {entry.key}: {error}") from error
    if kept != entry.value or not isinstance(entry.effective_from, date):
        raise BadPack(f"{entry.pack}: {entry.key}: value or date")
    if mark is Mark.CHARTER:
        raise BadPack(f"{entry.pack}: {entry.key}: a charter is lodged, not shipped")
    if mark is Mark.LAW and (entry.jurisdiction or not entry.article or not entry.law):
        raise BadPack(f"{entry.pack}: {entry.key}: law needs its name and article and holds in the whole nation")
    if any(getattr(entry, name) is not None for name in LIMITS) and not is_number(entry.unit):
        raise BadPack(f"{entry.pack}: {entry.key}: only numbers may deviate within limits")
