"""Who asks: a request or an API token becomes a person in a post. ACTOR_RESOLVER and POST_RESOLVER of the settings."""

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from linli.ground.authority.actors import Actor, Person, PostHeld
from linli.ground.authority.roles import ROLES, RoleCode
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.database.prepared import Prepared
from linli.ground.organisations.models import Holding
from linli.ground.people.models import Account, AccountKind
from linli.ground.people.sessions import CONTACT, is_strong

POST: Final = "post"
"""The session's key: which of their posts a person acts in now."""


_BY_PERSON: Final = Prepared(lambda person, on: _in_office(on).filter(person=person), person=-1001, on=date(1001, 1, 1))
_BY_KEY: Final = Prepared(lambda key, on: _in_office(on).filter(pk=key), key=-1001, on=date(1001, 1, 1))
_ACTING: Final = Prepared(
    lambda person, body: Account.objects.filter(
        Q(kind=AccountKind.NATURAL) | Q(body=body), person_id=person, is_active=True
    ).order_by("pk")[:1],
    person=-1001,
    body=-1002,
)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks: a visitor with the phone they have proven, or an account in the post chosen for this session.

    A session that showed one factor alone acts only in posts without powers; an organisation's account is nobody's once its
    delegate's term is over. Two queries: the account, its posts.
    """
    contact = request.session.get(CONTACT, "")
    account = request.user
    if not isinstance(account, Account):
        return Person(contact=contact)
    held = _held_by(account, clock.today())
    usable = [one for one in held if is_strong(request) or not _powers(one)]
    chosen = request.session.get(POST)
    holding = next((one for one in usable if ref(one) == chosen), usable[0] if usable else None)
    if account.kind != AccountKind.NATURAL and not held:
        return Person(contact=contact)
    return _acting(account, holding, name=held[0].person.name if held else "", contact=contact)


def actor_in_post(post_ref: str) -> Actor | None:
    """Return the actor of a holding (`organisations.holding:7`), None once it has ended: an API token ends with its post."""
    label, _, key = post_ref.partition(":")
    if label != Holding._meta.label_lower or not key.isdigit():
        return None
    holding = _BY_KEY.first(key=int(key), on=clock.today())
    if holding is None:
        return None
    account = _ACTING.first(person=holding.person_id, body=holding.post.body_id)
    return _acting(account, holding, name=holding.person.name) if account else None


def posts_of(account: Account, on: date) -> list[PostHeld]:
    """Return the posts that the person behind an account holds on a day, those with powers first. One query."""
    return [_post(holding) for holding in _held_by(account, on)]


def _held_by(account: Account, on: date) -> list[Holding]:
    """Return the posts an account may act in: an organisation's only as its delegate in that organisation, never the delegate's own."""
    if account.person_id is None:
        return []
    held = _BY_PERSON(person=account.person_id, on=on)
    if account.kind != AccountKind.NATURAL:
        held = [one for one in held if (one.post.role, one.post.body_id) == (RoleCode.DELEGATE, account.body)]
    return sorted(held, key=lambda one: -_powers(one))


def _powers(holding: Holding) -> int:
    return len(ROLES[RoleCode(holding.post.role)].powers)


def _in_office(on: date) -> QuerySet[Holding]:
    """Return the holdings on a day in bodies that stand, with what a post is called."""
    standing = Holding.objects.on(on).filter(post__body__ended_on__isnull=True)
    return standing.select_related("post__body__place", "person__personal").order_by("pk")


def _post(holding: Holding) -> PostHeld:
    post = holding.post
    return PostHeld(
        ref(holding), RoleCode(post.role), post.body_id, post.body.place.path, f"{post.body.short_name} · {post.name}"
    )


def _acting(account: Account, holding: Holding | None, *, name: str, contact: str = "") -> Person:
    return Person(
        ref=ref(account),
        name=name or account.title,
        person=account.person_id,
        contact=account.contact or contact,
        post=_post(holding) if holding else None,
    )
