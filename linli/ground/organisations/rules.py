"""Who may set up bodies and say who holds which post."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Body, Holding, Post


def may_manage(actor: Actor) -> bool:
    """Let those keep bodies and posts who have the power over some place."""
    return actor.area(Power.MANAGE_BODIES) is not None


def may_set_up(actor: Actor, place_path: str) -> bool:
    """Let them set up bodies within their own place."""
    return actor.holds(Power.MANAGE_BODIES, place_path)


def may_rename(actor: Actor, body: Body) -> bool:
    """Let them rename bodies within their own place."""
    return actor.holds(Power.MANAGE_BODIES, body.place_path)


def may_dissolve(actor: Actor, body: Body) -> bool:
    """Let them dissolve bodies within their own place, but not the one that they sit in."""
    return may_rename(actor, body) and (actor.post is None or actor.post.body != body.pk)


def may_appoint(actor: Actor, post: Post) -> bool:
    """Let them fill the posts of bodies within their own place; nobody fills their own (the action refuses)."""
    return actor.holds(Power.MANAGE_BODIES, post.place_path)


def may_end(actor: Actor, holding: Holding) -> bool:
    """Let them end a term within their own place."""
    return actor.holds(Power.MANAGE_BODIES, holding.place_path)


def may_choose(actor: Actor) -> bool:
    """Let everybody with an account see their own posts."""
    return bool(actor.ref)


def may_act_as(actor: Actor, holding: Holding) -> bool:
    """Let a person choose among their own posts."""
    return actor.person is not None and actor.person == holding.person_id
