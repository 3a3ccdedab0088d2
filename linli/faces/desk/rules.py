"""Who has a desk."""

from linli.ground.authority.actors import Actor


def may_home(actor: Actor) -> bool:
    """Have a desk: whoever acts in a post."""
    return actor.post is not None
