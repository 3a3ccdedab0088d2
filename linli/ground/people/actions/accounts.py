"""Opening and closing accounts; giving and withdrawing consent (PIPL art. 14–16)."""

from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.people import identity
from linli.ground.people.models import Account, AccountKind, Consent, LegalBasis, Person, Residence, Source
from linli.ground.people.models.consents import ACCOUNT
from linli.ground.places.models import Place

from .register import Entry, enter_person

NOTICE: Final = "2026-11"
"""The version of the notice on the page that opens an account; a changed text gets a new one."""


@transaction.atomic
def open_account(*, phone: str, name: str, place: Place, residence: Residence, by: Actor) -> Account:
    """Open a resident's account for a phone that they have just proven. The desk's entry with the same name and phone becomes theirs.

    Whoever had closed their account gets the same one again, with nothing that opened it before.
    Raises ValidationError where the phone has an account already.
    """
    number, full = identity.normal_phone(phone), identity.normal_name(name)
    contact = identity.phone_index(number)
    if Account.objects.select_for_update().filter(contact=contact).exists():
        raise ValidationError(_("This phone has an account already; please sign in."), code="phone")
    known = Person.objects.filter(
        personal__phone_index=contact, personal__name_index=identity.name_index(full), merged_into__isnull=True
    )
    person = known.exclude(pk__in=Account.objects.filter(is_active=True, person__in=known).values("person")).first()
    if person is None:
        entry = Entry(
            name=full, phone=number, place=place, residence=residence, source=Source.SELF, basis=LegalBasis.CONSENT
        )
        person = enter_person(entry, by=by)
    person.confirm(by=by)
    closed = person.accounts.filter(kind=AccountKind.NATURAL).first()
    account = closed or Account(kind=AccountKind.NATURAL, person=person)
    account.contact, account.is_active = contact, True
    account.set_unusable_password()
    account.save()
    record("people.account.open", account, by=by, place_path=person.place_path, data={"kind": account.kind})
    give_consent(person, purpose=ACCOUNT, notice=NOTICE, by=by)
    return account


@transaction.atomic
def create_staff_account(
    *, username: str, password: str, name: str, by: Actor, person: Person | None = None
) -> Account:
    """Create the account of a member of staff, who need not live in the city; raises ValidationError (user name taken, weak password).

    What they may do comes from the posts that they are given. Where `person` has an account already, that one gets the password.
    """
    if person is None:
        entry = Entry(name=name, residence=Residence.NONE, source=Source.STAFF, basis=LegalBasis.CONTRACT)
        person = enter_person(entry, by=by)
    account = person.accounts.filter(kind=AccountKind.NATURAL).first() or Account(person=person)
    account.username, account.is_active = username.strip(), True
    validate_password(password, account)
    account.set_password(password)
    account.full_clean(exclude=["contact", "person"])
    account.save()
    record("people.account.create", account, by=by, data={"kind": account.kind})
    return account


@transaction.atomic
def change_password(account: Account, *, password: str, by: Actor) -> None:
    """Give the account a new password, which ends its other sessions; raises ValidationError for a weak one."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    record("people.account.change_password", account, by=by)


@transaction.atomic
def change_phone(account: Account, *, phone: str, by: Actor) -> None:
    """Take over a new phone that has just been proven, for sign-in and in the register; raises ValidationError where it is taken."""
    number = identity.normal_phone(phone)
    contact = identity.phone_index(number)
    if Account.objects.exclude(pk=account.pk).filter(contact=contact).exists():
        raise ValidationError(_("This phone has an account already; please sign in."), code="phone")
    account.contact = contact
    account.save(update_fields=["contact"])
    if account.person is not None:
        data = account.person.personal
        data.correct(name=data.name, phone=number, id_number=data.id_number, by=by)
    record("people.account.change_phone", account, by=by)


@transaction.atomic
def close_account(account: Account, *, by: Actor) -> None:
    """Close an account for good: no phone, user name or password opens it, and its sessions end."""
    account.is_active, account.contact, account.username = False, None, None
    account.set_unusable_password()
    account.save()
    record("people.account.close", account, by=by)


def give_consent(person: Person, *, purpose: str, notice: str, by: Actor) -> Consent:
    """Write that the person agrees to a purpose, having read this version of the notice."""
    return _write(person, purpose, notice, given=True, by=by)


def withdraw_consent(person: Person, *, purpose: str, by: Actor) -> Consent:
    """Write that the person withdraws; raises ValidationError where nothing was given."""
    ledger = Consent.objects.filter(person=person) | Consent.objects.filter(person__merged_into=person)
    last = ledger.filter(purpose=purpose).order_by("-pk").first()
    if last is None or not last.given:
        raise ValidationError(_("There is no consent to withdraw."), code="consent")
    return _write(person, purpose, last.notice, given=False, by=by)


@transaction.atomic
def _write(person: Person, purpose: str, notice: str, *, given: bool, by: Actor) -> Consent:
    line = Consent.objects.create(person=person, purpose=purpose, notice=notice, given=given, at=clock.now())
    verb = "give" if given else "withdraw"
    record(
        f"people.consent.{verb}", line, by=by, place_path=person.place_path, data={"purpose": purpose, "notice": notice}
    )
    return line
