"""Who asks: a request or an API token becomes a person in a post. ACTOR_, POST_ and ACCOUNT_RESOLVER of the settings."""

from datetime import date
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.utils import DEFAULT_DB_ALIAS
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
SHOWN: Final = (
    "post__role",
    "post__name",
    "post__body__short_name",
    "post__body__place__path",
    "person__id",
    "person__personal__name",
)
"""What is read of a holding to act in it: of everybody who asks, on every page."""
HELD: Final = "_held"
"""Where an account keeps the posts that were read with it, and for which day."""

ITS: Final = [one.attname for one in Account._meta.concrete_fields]
"""What is read of an account beside the posts of its person, each as `account_…`."""
_ACCOUNT: Final = Prepared(lambda key: Account.objects.filter(pk=key), key=-1001)
_BY_PERSON: Final = Prepared(lambda person, on: _in_office(on).filter(person=person), person=-1001, on=date(1001, 1, 1))
_BY_ACCOUNT: Final = Prepared(
    lambda account, on: (
        _in_office(on)
        .filter(person__accounts=account)
        .annotate(**{f"account_{name}": F(f"person__accounts__{name}") for name in ITS})
    ),
    account=-1001,
    on=date(1001, 1, 1),
)
_BY_KEY: Final = Prepared(
    lambda key, on: _in_office(on).filter(pk=key).annotate(account=Subquery(_acts_for_holding())),
    key=-1001,
    on=date(1001, 1, 1),
)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks: a visitor with the phone they have proven, or an account in the post chosen for this session.

    A session that showed one factor alone acts only in posts without powers; an organisation's account is nobody's once its
    delegate's term is over.
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
    holding: Any = _BY_KEY.first(key=int(key), on=clock.today())
    if holding is None or holding.account is None:
        return None
    account = Account(**holding.account, person_id=holding.person_id)
    return _acting(account, holding, name=holding.person.name)


def account_of(key: int) -> Account | None:
    """Return the account of a session, with the posts that its person holds today; one query where there are any."""
    held: list[Any] = _BY_ACCOUNT(account=key, on=clock.today())
    if not held:
        return _ACCOUNT.first(key=key)
    account = Account.from_db(DEFAULT_DB_ALIAS, ITS, [getattr(held[0], f"account_{name}") for name in ITS])
    setattr(account, HELD, (clock.today(), held))
    return account


def posts_of(account: Account, on: date) -> list[PostHeld]:
    """Return the posts that the person behind an account holds on a day, those with powers first. One query."""
    return [_post(holding) for holding in _held_by(account, on)]


def _held_by(account: Account, on: date) -> list[Holding]:
    """Return the posts an account may act in: an organisation's only as its delegate in that organisation, never the delegate's own."""
    if account.person_id is None:
        return []
    known_on, held = getattr(account, HELD, (None, []))
    if known_on != on:
        held = _BY_PERSON(person=account.person_id, on=on)
    if account.kind != AccountKind.NATURAL:
        held = [one for one in held if (one.post.role, one.post.body_id) == (RoleCode.DELEGATE, account.body)]
    return sorted(held, key=lambda one: -_powers(one))


def _acts_for_holding() -> QuerySet[Account, Any]:
    """Return of the account that acts in a holding, a person's own or their organisation's, what an actor shows."""
    own = Q(kind=AccountKind.NATURAL) | Q(body=OuterRef("post__body"))
    active = Account.objects.filter(own, person=OuterRef("person"), is_active=True).order_by("pk")
    return active.values(shown=JSONObject(pk="pk", title="title", contact="contact"))[:1]


def _powers(holding: Holding) -> int:
    return len(ROLES[RoleCode(holding.post.role)].powers)


def _in_office(on: date) -> QuerySet[Holding]:
    """Return the holdings on a day in bodies that stand, with no more than what a post and its holder are called."""
    standing = Holding.objects.on(on).filter(post__body__ended_on__isnull=True)
    return standing.select_related("post__body__place", "person__personal").only(*SHOWN).order_by("pk")


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
