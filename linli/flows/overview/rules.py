"""WHO MAY look at the overview: a post that watches over cases, at its own place and all below it."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power


def may_overview(actor: Actor) -> bool:
    """See what the cases come to: whoever watches over a place."""
    return actor.post is not None and actor.area(Power.OVERSEE_CASES) is not None
