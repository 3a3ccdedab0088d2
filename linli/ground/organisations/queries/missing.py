"""What places lack: bodies that are due there, offices of towns and sub-districts, departments of a city."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from linli.ground.authority.actors import Actor
from linli.ground.organisations.models import Body, BodyKind, stand_of
from linli.ground.organisations.rules import may_set_up
from linli.ground.places.divisions import MUNICIPALITIES, Level
from linli.ground.places.models import Place

DEPARTMENTS: Final = Path(__file__).parent.parent / "data" / "departments.toml"
OFFICES: Final = {
    "街道": "subdistrict_office",
    "镇": "town_government",
    "乡": "town_government",
    "苏木": "town_government",
}
"""Which office a division of the fourth level has, by the end of its name; a park or a farm may have either, so it is set up by hand."""


@dataclass(frozen=True)
class Missing:
    """One body that a place lacks, with the name it would have."""

    place: Place
    kind: BodyKind
    name: str
    short_name: str
    slot: str = ""


def missing_in(places: Iterable[Place], actor: Actor) -> list[Missing]:
    """Return what places lack and the actor may set up there, in the order of the kinds; two queries however many places.

    A kind of which a place may have several (residents' groups) is named one by one, so it is not among them.
    """
    places = list(places)
    kinds = list(BodyKind.objects.all())
    standing = set(Body.objects.current().filter(place__in=places).values_list("place__path", "kind__code", "slot"))
    return [
        one
        for place in places
        for kind in kinds
        if may_set_up(actor, place.path, kind)
        for one in _of_kind(place, kind)
        if (place.path, kind.code, one.slot) not in standing
    ]


def departments_missing(place: Place, kind: BodyKind) -> list[Missing]:
    """Return the departments of the file that a place does not have yet. One query."""
    standing = set(Body.objects.current().filter(place=place, kind=kind).values_list("slot", flat=True))
    return [one for one in _departments(place, kind) if one.slot not in standing]


def _of_kind(place: Place, kind: BodyKind) -> Iterator[Missing]:
    if kind.code == "department":
        if place.level == Level.PREFECTURE or place.path in MUNICIPALITIES:
            yield from _departments(place, kind)
    elif not kind.many and (kind.is_due_at(stand_of(place)) or _is_office(place, kind)):
        yield Missing(place, kind, *kind.names_at(place))


def _is_office(place: Place, kind: BodyKind) -> bool:
    return place.level == Level.TOWN and any(
        code == kind.code and place.name.endswith(ending) for ending, code in OFFICES.items()
    )


def _departments(place: Place, kind: BodyKind) -> Iterator[Missing]:
    """Yield the departments and group bodies under their names of today; one merged into another has no body of its own."""
    is_county = place.level == Level.COUNTY
    full = f"{place.parent or ''}{place.short_name}" if is_county else place.short_name
    for row in _rows():
        if "into" not in row and not (is_county and "city_only" in row):
            pattern = str(row.get("pattern", "{place}{name}"))
            name = pattern.format(place=place.short_name, full=full, name=row["name"])
            yield Missing(place, kind, name, str(row["name"]), str(row["code"]))


@cache
def _rows() -> list[dict[str, str | bool]]:
    rows: list[dict[str, str | bool]] = tomllib.loads(DEPARTMENTS.read_text(encoding="utf-8"))["department"]
    return rows
