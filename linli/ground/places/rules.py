"""Who may change places: grids are drawn by those who keep the places; the divisions themselves come only from the statistics."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .divisions import Level
from .models import Place


def may_draw_grid(actor: Actor, place: Place) -> bool:
    """Say whether the actor may draw a grid in this community."""
    return place.level == Level.COMMUNITY and _keeps(actor, place)


def may_rename(actor: Actor, place: Place) -> bool:
    """Say whether the actor may rename this grid."""
    return place.level == Level.GRID and _keeps(actor, place)


def may_end(actor: Actor, place: Place) -> bool:
    """Say whether the actor may end this grid."""
    return place.level == Level.GRID and _keeps(actor, place)


def _keeps(actor: Actor, place: Place) -> bool:
    return place.ended_on is None and actor.holds(Power.MANAGE_PLACES, place.path)
