"""Keeping accounts and tokens: another link, a lost password or phone, a lock, the end."""

from axes.utils import reset as forget_failures
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from linli.ground.accounts.models import Lost, holdings_of
from linli.ground.authority.actors import Actor
from linli.ground.authority.models import ApiToken
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Holding
from linli.ground.people import actions as people
from linli.ground.people.models import Account, RecoveryCode, SecondFactor

from .links import Slip, check_seen, hold, lock_out, make_slip, withdraw_links


@transaction.atomic
def invite_again(account: Account, *, seen: int, by: Actor) -> Slip:
    """Make another link where the last one was lost or ran out; raises ValidationError where the account needs none."""
    held = _open(account, seen)
    if held.has_usable_password() and not _is_voided(held):
        raise ValidationError(_("This account is in use; reset what was lost instead."), code="active")
    record("people.account.invite_again", held, by=by, place_path=_place(by))
    return make_slip(held, place_path=_place(by), by=by)


@transaction.atomic
def reset(account: Account, *, lost: Lost, seen: int, by: Actor) -> Slip:
    """Void what was lost at once, end the account's sessions and return the slip that leads to a new one; raises ValidationError.

    What was not lost stays: who lost the phone still needs the password beside the link, so that the link alone opens nothing.
    """
    held = _open(account, seen)
    if lost != Lost.PHONE:
        lock_out(held)
    else:
        held.epoch += 1
    held.save(update_fields=["password", "epoch"])
    if lost != Lost.PASSWORD:
        _void_factor(held)
    record("people.account.reset", held, by=by, place_path=_place(by), data={"lost": lost.value})
    return make_slip(held, place_path=_place(by), by=by)


@transaction.atomic
def unlock(account: Account, *, by: Actor) -> None:
    """Let somebody try again before the quarter of an hour is over, which too many wrong passwords or codes cost."""
    held = hold(account)
    forget_failures(username=held.username)
    SecondFactor.objects.filter(account=held).update(failures=0, locked_until=None)
    record("people.account.unlock", held, by=by, place_path=_place(by))


@transaction.atomic
def close(account: Account, *, by: Actor) -> None:
    """Close an account for good; raises ValidationError for a closed one."""
    held = hold(account)
    if not held.is_active:
        raise ValidationError(_("This account is closed."), code="closed")
    _end(held, by)


@transaction.atomic
def close_own(account: Account, *, contact: str, by: Actor) -> None:
    """Close one's own account, its phone proven a moment ago (`contact`). The register, and what was reported, stay as they are.

    Raises ValidationError where another phone was proven, where the account is closed, or where it also opens a post.
    """
    held = hold(account)
    if held.is_staff_account:
        text = _("With this account you also work in a post. Ask your administrator to close it.")
        raise ValidationError(text, code="staff")
    if not held.is_active or contact != held.contact:
        raise ValidationError(_("This is not the phone with which you sign in."), code="phone")
    _end(held, by)


def _end(held: Account, by: Actor) -> None:
    """Leave nothing that the account opens: links, API tokens of the posts in which it acts, sessions, ways to sign in."""
    withdraw_links(held, by=by)
    for token in ApiToken.objects.live().filter(post__in=[ref(one) for one in holdings_of(held)]):
        token.revoke(by=by)
    people.close_account(held, by=by)


@transaction.atomic
def issue(holding: Holding, *, label: str, by: Actor) -> tuple[ApiToken, str]:
    """Make a token for a post that is held today and return it with its secret, shown this once; raises ValidationError."""
    if not holding.is_on(clock.today()) or holding.post.body.ended_on is not None:
        raise ValidationError(_("This post is not held today; a token would open nothing."), code="ended")
    return ApiToken.issue(post=ref(holding), label=label, place_path=holding.place_path, by=by)


def _open(account: Account, seen: int) -> Account:
    """Hold an account that is open and as the administrator saw it."""
    held = hold(account)
    check_seen(held, seen)
    if not held.is_active or held.username is None:
        raise ValidationError(_("This account is closed."), code="closed")
    return held


def _is_voided(account: Account) -> bool:
    return SecondFactor.objects.filter(account=account, voided_at__isnull=False).exists()


def _void_factor(account: Account) -> None:
    """Put a secret that nobody has in the place of the lost one; no recovery code is left."""
    nobodys = {"secret": SecondFactor.new_secret(), "confirmed_at": None, "voided_at": clock.now()}
    open_again = {"failures": 0, "locked_until": None, "last_step": 0}
    SecondFactor.objects.update_or_create(account=account, defaults=nobodys | open_again)
    RecoveryCode.objects.filter(account=account).delete()


def _place(by: Actor) -> str:
    """Return the place of the administrator, whose log it is."""
    return by.area(Power.ADMINISTER) or ""
