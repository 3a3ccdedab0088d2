"""Who may do what with the catalogue."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Item


def may_keep(actor: Actor) -> bool:
    """Keep the catalogue: see what has ended, add items, take sheets over and hand them out."""
    return actor.post is not None and actor.area(Power.KEEP_CATALOGUE) is not None


def may_edit(actor: Actor, item: Item) -> bool:
    """Change an item or end it: who keeps the catalogue of its city."""
    return may_keep(actor) and actor.holds(Power.KEEP_CATALOGUE, item.place_path)


def may_show(actor: Actor, item: Item) -> bool:  # noqa: ARG001 (the catalogue is public)
    """Read the guide of an item: everybody."""
    return True
