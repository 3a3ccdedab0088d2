"""What the catalogue gives a place: the kinds that can stand there, the bodies that should, a government's departments by name."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from linli.ground.places.divisions import MUNICIPALITIES, Level
from linli.ground.places.models import Place

from .models import BodyKind, stand_of

DEPARTMENTS: Final = Path(__file__).parent / "data" / "departments.toml"


@dataclass(frozen=True)
class Due:
    """One body that a place should have, with the name it would have."""

    place: Place
    kind: BodyKind
    name: str
    short_name: str
    slot: str = ""

    @property
    def key(self) -> str:
        """What tells it apart from all others: place, kind and department."""
        return f"{self.place.path}.{self.kind.code}.{self.slot}"


def kind_at(code: str, stand: str) -> BodyKind | None:
    """Return the kind that can be set up at a kind of place, None where it has no business there."""
    kind = BodyKind.objects.filter(code=code).first()
    return kind if kind and kind.need_at(stand) else None


def due_at(place: Place, kinds: Sequence[BodyKind]) -> Iterator[Due]:
    """Yield what law, city and government ask for at a place, in the order of the kinds: bodies, offices of towns, a city's departments.

    A kind of which a place may have several (residents' groups) is named one by one, so it is not among them.
    """
    for kind in kinds:
        if kind.code == "department":
            if place.level == Level.PREFECTURE or place.path in MUNICIPALITIES:
                yield from departments_at(place, kind)
        elif not kind.many and kind.is_due_at(stand_of(place)):
            yield Due(place, kind, *kind.names_at(place))


def departments_at(place: Place, kind: BodyKind) -> Iterator[Due]:
    """Yield the departments and group bodies under their names of today; one merged into another has no body of its own."""
    is_county = place.level == Level.COUNTY
    full = f"{place.parent or ''}{place.short_name}" if is_county else place.short_name
    for row in departments():
        if "into" not in row and not (is_county and "city_only" in row):
            pattern = str(row.get("pattern", "{place}{name}"))
            name = pattern.format(place=place.short_name, full=full, name=row["name"])
            yield Due(place, kind, name, str(row["name"]), str(row["code"]))


@cache
def departments() -> list[dict[str, str | bool]]:
    """Return the departments of the file, those of 2006 that have gone into others too."""
    rows: list[dict[str, str | bool]] = tomllib.loads(DEPARTMENTS.read_text(encoding="utf-8"))["department"]
    return rows
