"""Who may set up bodies and say who holds which post."""

from typing import Final

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.kinds.models import BodyKind, Group

from .models import Body, Holding, Post

FROM_ABOVE: Final = frozenset({Group.PARTY, Group.ASSEMBLY, Group.COMMITTEE, Group.SUPERVISION})


def may_manage(actor: Actor) -> bool:
    """Let those keep bodies and posts who have the power over some place."""
    return actor.area(Power.MANAGE_BODIES) is not None


def may_manage_at(actor: Actor, place_path: str) -> bool:
    """Let them keep bodies and posts within their own place; of which groups, `may_keep` says."""
    return actor.holds(Power.MANAGE_BODIES, place_path)


def may_keep(actor: Actor, group: str, place_path: str) -> bool:
    """Let them keep bodies of a group at a place; those that govern the community, or watch over who does, only from above it.

    The committee neither makes nor unmakes those who choose, lead or watch over it (Residents' Committee Law 2025 art. 13, 14, 36;
    Villagers' Committee Law art. 11, 37): they are chosen outside of it, and the office above records them.
    """
    return may_manage_at(actor, place_path) and (
        group not in FROM_ABOVE or actor.area(Power.MANAGE_BODIES) != place_path
    )


def may_set_up(actor: Actor, place_path: str, kind: BodyKind) -> bool:
    """Let them set up the bodies that they may keep."""
    return may_keep(actor, kind.group, place_path)


def may_rename(actor: Actor, body: Body) -> bool:
    """Let them rename the bodies that they may keep."""
    return may_keep(actor, body.kind.group, body.place_path)


def may_correct(actor: Actor, body: Body) -> bool:
    """Let them correct what is on record of the bodies that they may keep."""
    return may_rename(actor, body)


def may_move(actor: Actor, body: Body) -> bool:
    """Let them put the bodies that they may keep under another one."""
    return may_rename(actor, body)


def may_dissolve(actor: Actor, body: Body) -> bool:
    """Let them dissolve the bodies that they may keep, but not the one that they sit in."""
    return may_rename(actor, body) and (actor.post is None or actor.post.body != body.pk)


def may_appoint(actor: Actor, post: Post) -> bool:
    """Let them fill the posts of the bodies that they may keep; nobody fills their own (the action refuses)."""
    return may_rename(actor, post.body)


def may_end(actor: Actor, holding: Holding) -> bool:
    """Let them end a term in the bodies that they may keep."""
    return may_appoint(actor, holding.post)


def may_withdraw(actor: Actor, holding: Holding) -> bool:
    """Let those take an appointment back before it begins who may make it."""
    return may_appoint(actor, holding.post)
