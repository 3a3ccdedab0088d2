"""Who may say how many residents a place has."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.places.models import Place

from .queries import LEVELS


def may_declare(actor: Actor, place: Place) -> bool:
    """Declare a figure of the place, or say that its register is complete: whoever keeps that register."""
    here = place.level in LEVELS and place.ended_on is None
    return here and actor.holds(Power.KEEP_REGISTER, place.path)
