"""Letting in who holds a post."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.organisations.models import Holding
from linli.ground.people.models import Account, AccountKind, Person

from .links import Slip, forget_factor, lock_out, make_slip


@transaction.atomic
def invite(holding: Holding, *, username: str, by: Actor) -> Slip:
    """Open the staff account of somebody who holds a post and return the slip to hand over; raises ValidationError.

    A resident's own account becomes it; a closed one opens again, without its old password and second factor.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=holding.person_id)
    if holding.ends_on is not None and holding.ends_on < clock.today():
        raise ValidationError(_("This term has ended already."), code="ended")
    account = person.accounts.filter(kind=AccountKind.NATURAL).first() or _fresh(person)
    if account.is_active and account.username is not None:
        raise ValidationError(_("This person has an account already; look for it in the list."), code="account")
    if not account.is_active:
        lock_out(account)
        forget_factor(account)
    account.is_active = True
    take_username(account, username)
    data = {"kind": account.kind, "holding": holding.pk}
    record("people.account.invite", account, by=by, place_path=holding.place_path, data=data)
    return make_slip(account, place_path=holding.place_path, by=by)


def _fresh(person: Person) -> Account:
    account = Account(person=person, kind=AccountKind.NATURAL)
    account.set_unusable_password()
    return account


def take_username(account: Account, username: str) -> None:
    """Save an account under a user name; raises ValidationError where it is taken, however close two administrators come."""
    taken = ValidationError(_("This user name is taken; choose another one."), code="username")
    if Account.objects.filter(username=username).exclude(pk=account.pk).exists():
        raise taken
    account.username = username
    account.full_clean(exclude=["contact", "person", "username"])
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:  # somebody was quicker by a moment
        raise taken from error
