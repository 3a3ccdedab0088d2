"""Links: made, used, withdrawn. Whoever makes one holds the account's row, so that two administrators wait for each other."""

from dataclasses import dataclass
from datetime import datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.accounts.models import LIFE, Invitation, LinkStatus
from linli.ground.authority.actors import Actor, Person
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.people.models import Account, RecoveryCode, SecondFactor


@dataclass(frozen=True)
class Slip:
    """What is handed to somebody who is to come in: shown this once."""

    account: Account
    code: str
    expires_at: datetime


def hold(account: Account) -> Account:
    """Lock an account's row and return it as it stands now. Needs a transaction."""
    return Account.objects.select_for_update(of=("self",)).select_related("person__personal").get(pk=account.pk)


def newest_link(account: Account) -> int:
    """Return the key of the last link into an account, 0 for none: what an administrator had before their eyes."""
    return Invitation.objects.filter(account=account.pk).order_by("-pk").values_list("pk", flat=True).first() or 0


def check_seen(account: Account, seen: int) -> None:
    """Raise ValidationError where somebody else has made a link since the page was opened: only one of two slips would open."""
    if newest_link(account) != seen:
        text = _("Somebody else has just made a link into this account. Look at it again before you make another one.")
        raise ValidationError(text, code="seen")


def make_slip(account: Account, *, place_path: str, by: Actor) -> Slip:
    """Make the only open link into an account that is held; the caller writes the event."""
    withdraw_links(account, by=by)
    code, now = Invitation.new_code(), clock.now()
    Invitation.objects.create(
        account=account,
        digest=Invitation.digest_of(code),
        place_path=place_path,
        created_at=now,
        expires_at=now + LIFE,
    )
    return Slip(account, code, now + LIFE)


def withdraw_links(account: Account, *, by: Actor) -> None:
    """Withdraw what is open."""
    for link in Invitation.objects.filter(account=account, status=LinkStatus.OPEN):
        link.withdraw(by=by)


def lock_out(account: Account) -> None:
    """Leave no password that opens a held account and end its sessions; who never had one keeps the phone's sign-in."""
    if account.has_usable_password():
        account.set_unusable_password()
    account.epoch += 1


def forget_factor(account: Account) -> None:
    """Throw the second factor and its recovery codes away."""
    SecondFactor.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()


@transaction.atomic
def accept(invitation: Invitation, *, password: str) -> Account:
    """Come in by a link: take the new password where there is none, make room for a new second factor where the old one was reset.

    Whoever kept the old password has shown it to the caller. Raises ValidationError for a weak password, Refused for a used link.
    """
    account = hold(invitation.account)
    if not account.has_usable_password():
        validate_password(password, account)
        account.set_password(password)
        account.save(update_fields=["password"])
    invitation.use(by=Person(ref=ref(account)))
    if SecondFactor.objects.filter(account=account, voided_at__isnull=False).exists():
        forget_factor(account)
    forget_failures(username=account.username)
    return account
