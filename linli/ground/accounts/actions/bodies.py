"""The accounts of people's organisations and legal bodies: opened for a delegate, handed to the next one."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.kinds.models import SubjectKind
from linli.ground.organisations.models import Body, Holding
from linli.ground.people.models import Account, AccountKind

from .links import Slip, check_seen, forget_factor, hold, lock_out, make_slip
from .staff import take_username

KINDS: Final = {
    SubjectKind.PEOPLES_ORGANISATION: AccountKind.ORGANISATION,
    SubjectKind.LEGAL_BODY: AccountKind.LEGAL_BODY,
}


@transaction.atomic
def open_for(body: Body, *, holding: Holding, username: str, by: Actor) -> Slip:
    """Open the account of a body, kind and title taken from it, and return the slip for its delegate; raises ValidationError."""
    body.lock()
    _check_delegate(body.pk, holding)
    if body.ended_on is not None:
        raise ValidationError(_("Only an organisation or a legal body that stands can have an account."), code="body")
    if Account.objects.filter(body=body.pk, is_active=True).exists():
        raise ValidationError(_("This organisation has an account already."), code="account")
    kind = KINDS[SubjectKind(body.kind.subject)]
    account = Account(kind=kind, title=body.name, body=body.pk, person=holding.person)
    account.set_unusable_password()
    take_username(account, username)
    data = {"kind": kind.value, "body": body.pk, "holding": holding.pk}
    record("people.account.open_for", account, by=by, place_path=body.place_path, data=data)
    return make_slip(account, place_path=body.place_path, by=by)


@transaction.atomic
def change_delegate(account: Account, *, holding: Holding, seen: int, by: Actor) -> Slip:
    """Hand an organisation's account to its next delegate: the last one's password, phone and sessions open nothing from now on.

    Raises ValidationError where the holding is no delegate's of this organisation, or somebody else has just made a link.
    """
    held = hold(account)
    check_seen(held, seen)
    if not held.is_active or held.body is None:
        raise ValidationError(_("This account is closed."), code="closed")
    _check_delegate(held.body, holding)
    if held.person_id == holding.person_id:
        raise ValidationError(_("This person is the delegate already; reset the account instead."), code="same")
    held.person = holding.person
    lock_out(held)
    forget_factor(held)
    held.save()
    place_path, data = holding.place_path, {"holding": holding.pk}
    record("people.account.change_delegate", held, by=by, place_path=place_path, data=data)
    return make_slip(held, place_path=place_path, by=by)


def _check_delegate(body: int, holding: Holding) -> None:
    post = holding.post
    if post.role != RoleCode.DELEGATE or post.body_id != body or not holding.is_on(clock.today()):
        raise ValidationError(_("Choose somebody who is a delegate of this organisation today."), code="delegate")
