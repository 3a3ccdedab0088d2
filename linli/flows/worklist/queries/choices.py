"""What there is to choose from in the filter: the places of one's area, the bodies that lead there."""

from dataclasses import dataclass
from typing import Final

from linli.commons.routing.models import Category
from linli.commons.routing.queries import TAKERS
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.organisations.models import Body
from linli.ground.places.divisions import LEVELS
from linli.ground.places.models import Place

DEEP: Final = 2
"""Levels below one's own place that are offered; what lies deeper is reached from there."""


@dataclass(frozen=True)
class Condition:
    """One thing that the present filter asks, in words, and the filter without it."""

    label: str
    value: str
    query: str


def area_of(actor: Actor) -> str:
    """Return the place whose cases the actor watches over, or in which their body works; empty for the whole country."""
    area = actor.area(Power.OVERSEE_CASES)
    return area if area is not None else actor.post.place_path if actor.post else ""


def areas_of(actor: Actor, chosen: str = "") -> list[tuple[str, str]]:
    """Return the places to narrow the list to, each under the one above; the chosen one too where it lies deeper."""
    top = area_of(actor)
    deep = [digits for digits in LEVELS if digits > len(top)][:DEEP]
    levels = [LEVELS[digits] for digits in deep]
    below = Place.objects.current().under(top).filter(level__in=levels).order_by("path")
    offered = [(path, "　" * deep.index(len(path)) + name) for path, name in below.values_list("path", "name")]
    if chosen and chosen not in {path for path, _name in offered}:
        found = Place.objects.current().filter(path=chosen).first()
        offered += [(chosen, found.name)] if found else []
    return offered


def categories_of(field: str) -> list[tuple[str, str]]:
    """Return the categories of a field, of every field where none is chosen; ended ones too, since their cases stay."""
    every = Category.objects.order_by("field", "is_rest", "position", "code")
    return [(one.code, str(one)) for one in every if field in {"", one.field}]


def leads_of(actor: Actor, place: str = "") -> list[tuple[str, str]]:
    """Return the bodies that may lead in a place or right below it, those of the place first."""
    top = place or area_of(actor)
    levels = [level for digits, level in LEVELS.items() if digits >= len(top)][:DEEP]
    near = Body.objects.current().filter(kind__code__in=TAKERS, place__path__startswith=top, place__level__in=levels)
    return list(near.order_by("place__path", "kind__position", "pk").values_list("reference", "name"))
