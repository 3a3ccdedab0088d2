"""Asking about places: the open city, one place, those below it, and finding one by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Count, F, Func, Q, Value
from django.db.models.functions import Coalesce, Left

from linli.ground.database.prepared import Prepared
from linli.ground.textsearch.queries import initials, spelt
from linli.ground.ui.page_facts import PageFacts

from .divisions import DIGITS, Kind, Level
from .models import City, Place, PlaceChange, PlaceQuerySet

FOUND_MAX: Final = 50
SPELT_MAX: Final = 2000
"""A place with more places below it than this is searched by characters only, not by pinyin."""
_cities: dict[str, City] = {}
_EXISTING: Final = Prepared(
    lambda path: Place.objects.current().select_related("parent__parent").filter(path=path), path="a path"
)


@dataclass(frozen=True)
class Group:
    """Places that lie in one place above them, e.g. the communities of a town."""

    above: Place
    places: list[Place]


def city() -> City | None:
    """Return the city that this installation serves, None before it is opened.

    The row never changes, so each process keeps it once found; not inside a transaction, which may yet be rolled back.
    """
    database = str(connection.settings_dict["NAME"])
    if database in _cities:
        return _cities[database]
    found = City.objects.select_related("place").first()
    if found is not None and not connection.in_atomic_block:
        _cities[database] = found
    return found


def city_path() -> str:
    """Return the path of the open city; empty before it is opened, when nothing is limited to it."""
    found = city()
    return found.path if found else ""


def page_facts() -> PageFacts:
    """Say on every page which city this is, and whether it is a demonstration."""
    found = city()
    return PageFacts(city=found.place.name if found else "", demo=found is not None and found.is_demo)


def place_at(path: str) -> Place | None:
    """Return the current place with this path, or the last one that bore it; with its parents."""
    found = Place.objects.with_parents().select_related("successor").filter(path=path)
    return found.current().first() or found.order_by("-ended_on", "-pk").first()


class _AnyOf(Func):
    """`place_id = ANY(ARRAY(SELECT …))`: which places it is stands before the rows are looked at, so that an index finds them."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def within(area: str) -> Q:
    """Return the condition "its place lies in this area", for things that have a `place`.

    The few places of a town or community are looked up first, and indexes find the rest. A city's things are most of all, so each is asked;
    COALESCE keeps the database from taking them for few, as it takes whatever begins with what it is not told yet.
    """
    if len(area) < DIGITS[Level.TOWN]:
        return Q(Coalesce(Q(place__path__startswith=area), Value(value=False), output_field=BooleanField()))
    return Q(_AnyOf(F("place_id"), ArraySubquery(Place.objects.filter(path__startswith=area).order_by().values("pk"))))


def existing(path: str) -> Place | None:
    """Return the place with this path that exists today, with the two above it: of a grid its community and that one's town."""
    return _EXISTING.first(path=path)


def town_of(place: Place) -> Place | None:
    """Return the sub-district or town in which a place lies, or which it is; None for what lies higher. It is known with those above it."""
    one: Place | None = place
    while one is not None and len(one.path) > DIGITS[Level.TOWN]:
        one = one.parent
    return one if one is not None and one.level == Level.TOWN else None


def communities_of(path: str) -> PlaceQuerySet:
    """Return the real communities and villages below a place today, by code."""
    return Place.objects.current().under(path).communities().order_by("path")


def grouped(places: Iterable[Place]) -> list[Group]:
    """Group places, sorted by path, under the place above each."""
    return [
        Group(above, list(below))
        for above, below in groupby(places, key=lambda place: place.parent)
        if above is not None
    ]


def counts_by_kind(path: str) -> dict[Kind, int]:
    """Return how many communities of each kind lie below a place today, in the order of kinds."""
    rows = (
        Place.objects.current()
        .at(Level.COMMUNITY)
        .under(path)
        .order_by()
        .values_list("kind")
        .annotate(number=Count("pk"))
    )
    found = dict(rows)
    return {kind: found[kind.value] for kind in Kind if kind.value in found}


def find(text: str, within: str, *, level: Level | None = None) -> list[Place]:
    """Return up to 50 places below a path whose name holds the text, or whose pinyin or initials begin with it; never the whole country.

    Shorter codes first: a town comes before its communities. Pinyin only where few enough places lie below.
    """
    text = "".join(text.replace("\0", "").split())
    if not text or not within:
        return []
    area = Place.objects.current().under(within).order_by("path")
    if level is not None:
        area = area.at(level)
    found = list(area.with_parents().filter(name__contains=text)[:FOUND_MAX])
    if not found and text.isascii() and text.isalpha():
        names = list(area.values_list("path", "name")[: SPELT_MAX + 1])
        if len(names) <= SPELT_MAX:
            paths = [path for path, name in names if any(one.startswith(text.lower()) for one in _spelt(name))]
            found = list(area.with_parents().filter(path__in=paths[:FOUND_MAX]))
    return sorted(found, key=lambda place: (len(place.path), place.path))


@lru_cache(maxsize=4 * SPELT_MAX)
def _spelt(name: str) -> tuple[str, str]:
    """Return the pinyin of a name without tones, and its initials."""
    return spelt(name), initials(name)


@dataclass(frozen=True)
class Child:
    """A place below, with the number of communities and villages in it."""

    place: Place
    communities: int


def children_of(place: Place) -> list[Child]:
    """Return the places right below a place today, by code, each with its communities counted."""
    below = list(Place.objects.current().filter(parent=place).order_by("path"))
    if not below or below[0].level in {Level.COMMUNITY, Level.GRID}:
        return [Child(one, 0) for one in below]
    digits = len(below[0].path)
    area = Place.objects.current().at(Level.COMMUNITY).under(place.path).order_by()
    counts = dict(area.values_list(Left("path", digits)).annotate(number=Count("pk")))
    return [Child(one, counts.get(one.path, 0)) for one in below]


def towns_of(county: Place) -> list[Group]:
    """Return the communities of a district or county under their towns; a town without any has none."""
    towns = list(Place.objects.current().filter(parent=county).order_by("path"))
    communities: dict[int, list[Place]] = {town.pk: [] for town in towns}
    for one in Place.objects.current().at(Level.COMMUNITY).filter(parent__parent=county).order_by("path"):
        communities[one.parent_id].append(one)  # type: ignore[index]
    return [Group(town, communities[town.pk]) for town in towns]


def history_of(place: Place) -> list[PlaceChange]:
    """Return what became of a place and which places went over to it, the latest first."""
    changes = PlaceChange.objects.filter(Q(place=place) | Q(successor=place)).select_related(
        "place", "successor", "edition"
    )
    return list(changes.order_by("-on", "-pk"))
