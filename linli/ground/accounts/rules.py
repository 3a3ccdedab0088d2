"""WHO MAY: administrators let people in within their place, never into their own account; holders see to their own post's tokens."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.models import ApiToken
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref
from linli.ground.kinds.models import Group, SubjectKind
from linli.ground.organisations.models import Body, Holding

from .models import KeptAccount, holds_only_within

OUTSIDE = (Group.ASSOCIATION, Group.UNIT, Group.PROPERTY)
"""Whose bodies act through a delegate with an account of its own: neither government nor the community's own bodies."""


def may_keep(actor: Actor) -> bool:
    """Let administrators see the accounts of their place."""
    return actor.area(Power.ADMINISTER) is not None


def may_show(actor: Actor, account: KeptAccount) -> bool:  # noqa: ARG001 (visible_to says which)
    """Let administrators see an account of their place."""
    return may_keep(actor)


def may_invite(actor: Actor, holding: Holding) -> bool:
    """Let administrators invite who holds a post in their place and none outside it; nobody invites themselves."""
    area = actor.area(Power.ADMINISTER)
    if area is None or not holding.place_path.startswith(area) or holding.person_id == actor.person:
        return False
    return holding.post.role != RoleCode.DELEGATE and holds_only_within(holding.person_id, area)


def may_reset(actor: Actor, account: KeptAccount) -> bool:
    """Let administrators give another way in to whom nothing outside their place is open; nobody resets their own account."""
    area = actor.area(Power.ADMINISTER)
    own = account.person_id is not None and account.person_id == actor.person
    return area is not None and not own and account.is_within(area)


def may_invite_again(actor: Actor, account: KeptAccount) -> bool:
    """Let them hand over another link where the first was lost or ran out."""
    return may_reset(actor, account)


def may_unlock(actor: Actor, account: KeptAccount) -> bool:
    """Let them unlock an account after too many wrong passwords."""
    return may_reset(actor, account)


def may_close(actor: Actor, account: KeptAccount) -> bool:
    """Let them close an account for good."""
    return may_reset(actor, account)


def may_choose(actor: Actor) -> bool:
    """Let everybody with an account see their own posts."""
    return bool(actor.ref)


def may_act_as(actor: Actor, holding: Holding) -> bool:
    """Let a person choose among their own posts."""
    return actor.person is not None and actor.person == holding.person_id


def may_close_own(actor: Actor) -> bool:
    """Let everybody who signs in with a phone close their own account; who signs in with a user name asks the administrator."""
    return actor.person is not None and bool(actor.ref) and bool(actor.contact)


def may_change_delegate(actor: Actor, account: KeptAccount) -> bool:
    """Let them hand an organisation's account to its next delegate."""
    return account.body is not None and may_reset(actor, account)


def may_open_for(actor: Actor, body: Body) -> bool:
    """Let administrators open the account of an organisation or a legal body of their place that is no part of government."""
    return is_outside_government(body) and actor.holds(Power.ADMINISTER, body.place_path)


def is_outside_government(body: Body) -> bool:
    """Say whether a body acts through a delegate: people's organisations and legal bodies beside government and committee."""
    return body.kind.subject != SubjectKind.NATURAL_PERSONS and body.kind.group in OUTSIDE


def may_list_tokens(actor: Actor) -> bool:
    """Let whoever acts in a post see its tokens; administrators those of their place."""
    return actor.post is not None


def may_issue(actor: Actor, holding: Holding) -> bool:
    """Let holders make tokens for the post in which they act, administrators for every post of their place."""
    return ref(holding) == actor.post_ref or actor.holds(Power.ADMINISTER, holding.place_path)


def may_revoke(actor: Actor, token: ApiToken) -> bool:
    """Let holders revoke their own post's tokens, administrators those of their place."""
    return token.post == actor.post_ref or actor.holds(Power.ADMINISTER, token.place_path)
