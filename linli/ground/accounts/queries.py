"""ASK: the accounts of an administrator's place, who waits for one, the delegates of a body, the tokens with their posts."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.ground.authority.actors import Actor
from linli.ground.authority.models import ApiToken
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES, RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.paging import Count, Page, capped_count, page_of
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body, Holding
from linli.ground.organisations.models.holdings import HoldingQuerySet
from linli.ground.people import identity
from linli.ground.people.models import Account, AccountKind
from linli.ground.textsearch.queries import spelt

from .models import Invitation, KeptAccount
from .models import KeptAccountQuerySet as Kept
from .rules import is_outside_government

WITH_POWERS: Final = [code for code, role in ROLES.items() if role.powers and code is not RoleCode.DELEGATE]
"""The roles of staff for which a phone's code alone is not enough; a delegate signs in by the account of the organisation."""
WAITING_SHOWN: Final = 5
EVENTS_SHOWN: Final = 30
DONE: Final[dict[str, Promise]] = {
    "people.account.create": _("account opened"),
    "people.account.open": _("account opened"),
    "people.account.invite": _("account opened, first link made"),
    "people.account.open_for": _("account opened, first link made"),
    "people.account.invite_again": _("another link made"),
    "people.account.reset": _("reset, new link made"),
    "people.account.change_delegate": _("handed to the next delegate"),
    "people.account.unlock": _("unlocked"),
    "people.account.close": pgettext_lazy("account", "closed"),
    "people.account.change_password": _("password changed by the holder"),
    "accounts.invitation.use": _("link used"),
    "accounts.invitation.withdraw": _("link withdrawn"),
}


@dataclass(frozen=True)
class Row:
    """An account of the list with the posts in which it acts today."""

    account: KeptAccount
    posts: Sequence[Holding]


@dataclass(frozen=True)
class AccountList:
    """One page of the accounts, how many there are, and who waits for one."""

    rows: Sequence[Row]
    page: Page[KeptAccount]
    count: Count


@dataclass(frozen=True)
class Waiting:
    """Somebody in a post who cannot sign in yet, with a user name to begin with."""

    holding: Holding
    username: str


@dataclass(frozen=True)
class Past:
    """One thing that happened to an account."""

    at: datetime
    done: Promise | str


@dataclass(frozen=True)
class TokenRow:
    """A token with its post, and whether that is still held."""

    token: ApiToken
    holding: Holding | None
    is_held: bool


def accounts(actor: Actor, *, text: str = "", kind: str = "", state: str = "") -> Kept:
    """Return the accounts of the actor's place: by part of a user name or an organisation's name, or by a person's whole name."""
    found = KeptAccount.objects.visible_to(actor)
    if text:
        index = identity.name_index(text)
        person = Q(person__personal__name_index=index) | Q(person__personal__surname_index=index)
        found = found.filter(Q(username__icontains=text) | Q(title__icontains=text) | person)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(Q(state=state)) if state else found


def listed(found: Kept, *, token: str = "") -> AccountList:
    """Return a page of accounts with their posts, the newest first, in as many queries for 30 rows as for one."""
    page = page_of(found, keys=("-pk",), token=token)
    posts = posts_of(page.items)
    return AccountList([Row(one, posts[one.pk]) for one in page.items], page, capped_count(found))


def posts_of(kept: Iterable[Account]) -> Mapping[int, list[Holding]]:
    """Return the posts in which each account acts today, an organisation's only in that organisation. One query."""
    listed_accounts = list(kept)
    running = Holding.objects.on(clock.today()).filter(
        person__in={one.person_id for one in listed_accounts}, post__body__ended_on__isnull=True
    )
    held = list(running.select_related("post__body__place").order_by("post__body__place__path", "pk"))
    return {one.pk: [holding for holding in held if _acts_in(one, holding)] for one in listed_accounts}


def _acts_in(account: Account, holding: Holding) -> bool:
    if holding.person_id != account.person_id:
        return False
    own = account.kind == AccountKind.NATURAL
    return own or (holding.post.body_id == account.body and holding.post.role == RoleCode.DELEGATE)


def waiting(actor: Actor) -> HoldingQuerySet:
    """Return the holdings of today, with powers and within the actor's place, whose holder has no staff account.

    Who also holds a post outside waits for the administrator of the wider place.
    """
    area = actor.area(Power.ADMINISTER)
    if area is None:
        return Holding.objects.none()
    running = Holding.objects.on(clock.today()).filter(
        post__role__in=WITH_POWERS, post__body__place__path__startswith=area, post__body__ended_on__isnull=True
    )
    staff = Account.objects.filter(person=OuterRef("person"), kind=AccountKind.NATURAL, is_active=True)
    outside = _running().filter(person=OuterRef("person")).exclude(post__body__place__path__startswith=area)
    alone = running.filter(
        ~Exists(staff.filter(username__isnull=False)), ~Exists(outside), person__died_on__isnull=True
    ).exclude(person=actor.person)
    return alone.select_related("post__body__place", "person__personal")


def _running() -> HoldingQuerySet:
    """Return the holdings of today and of later days."""
    return Holding.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()))


def waiting_page(actor: Actor, *, token: str = "", size: int = 30) -> tuple[list[Waiting], Page[Holding]]:
    """Return a page of who waits, with a user name each. Two queries."""
    page = page_of(waiting(actor), keys=("pk",), token=token, size=size)
    names = usernames([one.person.name for one in page.items])
    return [Waiting(*pair) for pair in zip(page.items, names, strict=True)], page


def usernames(names: Sequence[str]) -> list[str]:
    """Return a free user name for each person: the surname in pinyin and four figures, so that no full name stands on paper. One query."""
    stems = ["".join(filter(str.isascii, spelt(identity.surname_of(name)))).lower() for name in names]
    made = [f"{''.join(filter(str.isalpha, stem)) or 'user'}{secrets.randbelow(9000) + 1000}" for stem in stems]
    taken = set(Account.objects.filter(username__in=made).values_list("username", flat=True))
    return [f"{one}{secrets.randbelow(9000) + 1000}" if one in taken else one for one in made]


def delegates_of(body: int) -> HoldingQuerySet:
    """Return who holds a delegate's post of a body today."""
    running = Holding.objects.on(clock.today()).filter(post__body=body, post__role=RoleCode.DELEGATE)
    return running.select_related("post__body__place", "person__personal").order_by("pk")


def body_of(account: Account) -> Body | None:
    """Return the organisation for which an account acts; None for a person's own. One query."""
    return Body.objects.select_related("kind", "place").filter(pk=account.body).first() if account.body else None


def history(account: Account) -> list[Past]:
    """Return what the log tells last of an account and its links, the oldest first. Two queries."""
    links = [
        f"accounts.invitation:{key}"
        for key in Invitation.objects.filter(account=account.pk).values_list("pk", flat=True)
    ]
    about = Event.objects.filter(subject__in=[f"people.account:{account.pk}", *links], verb__in=list(DONE))
    return [Past(one.at, DONE[one.verb]) for one in about.order_by("-pk")[:EVENTS_SHOWN]][::-1]


def link_of(account: Account) -> Invitation | None:
    """Return the last link into an account; None where there never was one."""
    return Invitation.objects.filter(account=account.pk).order_by("-pk").first()


def link_by(digest: str) -> Invitation | None:
    """Return the link of a code's keyed hash; None for one that was never made."""
    return Invitation.objects.select_related("account__person").filter(digest=digest).first()


def tokens(actor: Actor, *, token: str = "") -> tuple[list[TokenRow], Page[ApiToken]]:
    """Return a page of the tokens that the actor may see, the newest first, with their posts. Two queries."""
    page = page_of(ApiToken.objects.visible_to(actor), keys=("-pk",), token=token)
    keys = [key for one in page.items if (key := one.post.rpartition(":")[2]).isdigit()]
    held = {
        ref(one): one for one in Holding.objects.filter(pk__in=keys).select_related("post__body", "person__personal")
    }
    return [_token_row(one, held.get(one.post)) for one in page.items], page


def token_row(token: ApiToken) -> TokenRow:
    """Return one token with its post. One query."""
    key = token.post.rpartition(":")[2]
    held = Holding.objects.filter(pk=key).select_related("post__body", "person__personal") if key.isdigit() else None
    return _token_row(token, held.first() if held else None)


def _token_row(token: ApiToken, holding: Holding | None) -> TokenRow:
    is_held = holding is not None and holding.is_on(clock.today()) and holding.post.body.ended_on is None
    return TokenRow(token, holding, is_held)


@dataclass(frozen=True)
class Holder:
    """Somebody in a post of a body, with the account that lets them in."""

    holding: Holding
    account: KeptAccount | None
    may_invite: bool


def section_of(body: Body, actor: Actor) -> Mapping[str, object] | None:
    """Return the ways into a body for the administrator of its place: its own account, or those of its holders; None for others."""
    if not actor.holds(Power.ADMINISTER, body.place_path) or body.ended_on is not None:
        return None
    kept = KeptAccount.objects.visible_to(actor)
    if is_outside_government(body):
        return {
            "body": body,
            "own": kept.filter(body=body.pk, is_active=True).first(),
            "delegates": delegates_of(body.pk),
        }
    running = Holding.objects.on(clock.today()).filter(post__body=body, post__role__in=WITH_POWERS)
    held = list(running.select_related("post__body__place", "person__personal").order_by("post__position", "pk"))
    found = {
        one.person_id: one for one in kept.filter(person__in=[one.person_id for one in held], kind=AccountKind.NATURAL)
    }
    area = actor.area(Power.ADMINISTER) or ""
    outside = (
        _running().filter(person__in=[one.person_id for one in held]).exclude(post__body__place__path__startswith=area)
    )
    kept_out = {actor.person, *outside.values_list("person", flat=True)}
    holders = [Holder(one, found.get(one.person_id), may_invite=one.person_id not in kept_out) for one in held]
    return {"body": body, "holders": holders} if holders else None


def account_named(username: str) -> Account | None:
    """Return the open account of a user name."""
    return Account.objects.filter(username=username, is_active=True).first()
