"""Who may change the posts of a body: whoever keeps the body."""

from linli.ground.authority.actors import Actor
from linli.ground.organisations.models import Body, Post
from linli.ground.organisations.rules import may_rename as may_keep


def may_add(actor: Actor, body: Body) -> bool:
    """Let them add posts to the bodies that they may keep."""
    return may_keep(actor, body)


def may_rename(actor: Actor, post: Post) -> bool:
    """Let them give another name to the posts of the bodies that they may keep."""
    return may_keep(actor, post.body)


def may_resize(actor: Actor, post: Post) -> bool:
    """Let them change how many seats a post of the bodies that they may keep has."""
    return may_keep(actor, post.body)


def may_abolish(actor: Actor, post: Post) -> bool:
    """Let them end posts of the bodies that they may keep; the action refuses one in which somebody sits."""
    return may_keep(actor, post.body)
