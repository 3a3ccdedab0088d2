"""Proving who one is: a code sent to a phone, the second factor of staff."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from linli.ground.authority.actors import VISITOR, Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import blind_index
from linli.ground.people import identity
from linli.ground.people.models import Account, PhoneCode, Purpose, RecoveryCode, SecondFactor
from linli.ground.people.models.codes import LIFE, MAX_TRIES

PHONE_LIMITS: Final = ((60, 1), (86400, 10))  # seconds, codes
ADDRESS_LIMITS: Final = ((60, 10), (86400, 200))  # a community hall and a mobile network's gateway are one address each
FACTOR_LOCK: Final = timedelta(minutes=15)


def send_code(*, phone: str, purpose: Purpose, address: str = "", by: Actor = VISITOR) -> PhoneCode:
    """Make a code and let the worker send it after commit, the same for every phone, known or not; raises ValidationError (limits)."""
    number = identity.normal_phone(phone)
    contact, now = identity.phone_index(number), clock.now()
    source = blind_index(address, "people.address")
    with transaction.atomic():
        for lock in sorted({contact, source} - {""}):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [lock])
        _within_limits("contact", contact, PHONE_LIMITS)
        _within_limits("address", source, ADDRESS_LIMITS)
        code = PhoneCode.new_code()
        made = PhoneCode.objects.create(
            contact=contact,
            address=source,
            purpose=purpose,
            digest=PhoneCode.digest_of(contact, code),
            message=f"{number} {code}",
            sent_at=now,
            expires_at=now + timedelta(seconds=LIFE),
        )
        record("people.phonecode.send", made, by=by, data={"purpose": purpose.value})
        app.configure_task("people.send_code").defer(code=made.pk)
    return made


def _within_limits(field: str, value: str, limits: tuple[tuple[int, int], ...]) -> None:
    """Raise ValidationError where this phone or address has had as many codes as it may; an unknown address is not limited."""
    for seconds, most in limits if value else ():
        since = clock.now() - timedelta(seconds=seconds)
        sent = PhoneCode.objects.filter(**{field: value, "sent_at__gt": since}).order_by("sent_at")[:most]
        times = [code.sent_at for code in sent]
        if len(times) == most:
            raise ValidationError(_wait(field, times[0] + timedelta(seconds=seconds)), code="limit")


def _wait(field: str, until: datetime) -> str:
    """Say from when on another code may be asked for."""
    seconds = max(1, round((until - clock.now()).total_seconds()))
    if seconds <= PHONE_LIMITS[0][0]:
        return _("You can ask for another code in %(count)s s.") % {"count": seconds}
    moment = localtime(until).strftime("%m-%d %H:%M")
    if field == "contact":
        return _("This phone has had 10 codes within a day. Try again after %(moment)s, or ring 12345.") % {
            "moment": moment
        }
    return _("Too many codes were asked for from this network. Try again after %(moment)s, or ring 12345.") % {
        "moment": moment
    }


def prove_code(*, phone: str, code: str, purpose: Purpose) -> str:
    """Return the contact (blind index) of a phone whose code is right; raises ValidationError that tells how many tries are left."""
    contact, typed = identity.phone_index(identity.normal_phone(phone)), identity.normal_code(code)
    with transaction.atomic():
        newest = PhoneCode.objects.newest(contact, purpose).values_list("pk", flat=True).first()
        sent = PhoneCode.objects.select_for_update().filter(pk=newest or 0).first()
        if sent is None or not sent.is_open:
            problem = _("This code is used up or older than 5 minutes. Please ask for a new one.")
        elif sent.digest == PhoneCode.digest_of(contact, typed):
            sent.used_at = clock.now()
            sent.save(update_fields=["used_at"])
            return contact
        else:
            sent.tries += 1
            sent.save(update_fields=["tries"])
            problem = _tries_left(sent.tries_left)
    raise ValidationError(problem, code="code")


def _tries_left(count: int) -> str:
    if not count:
        return _("The code was wrong %(count)s times. Please ask for a new one.") % {"count": MAX_TRIES}
    return _("The code is wrong; tries left: %(count)s.") % {"count": count}


def begin_second_factor(account: Account) -> SecondFactor:
    """Return the account's second factor to be set up; an unconfirmed one is kept so that a reload shows the same QR code."""
    factor, _made = SecondFactor.objects.get_or_create(account=account, defaults={"secret": SecondFactor.new_secret()})
    return factor


@transaction.atomic
def confirm_second_factor(account: Account, *, code: str, by: Actor) -> list[str]:
    """Take the first code of the authenticator app and return ten recovery codes, shown this once; raises ValidationError."""
    factor = SecondFactor.objects.select_for_update().get(account=account)
    step = factor.step_of(code.strip())
    if step is None or factor.confirmed_at is not None:
        raise ValidationError(
            _("The code does not fit. Check the clock of the phone and type the code that it shows now."), code="code"
        )
    factor.confirmed_at, factor.last_step = clock.now(), step
    factor.save(update_fields=["confirmed_at", "last_step"])
    record("people.secondfactor.confirm", factor, by=by)
    return RecoveryCode.renew(account)


def check_second_factor(account: Account, code: str) -> None:
    """Accept a code of the authenticator app or a recovery code, each once; raises ValidationError. Five wrong ones wait 15 minutes."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(account=account, confirmed_at__isnull=False)
        if factor.locked_until and clock.now() < factor.locked_until:
            problem = _locked(factor.locked_until)
        elif _fits(factor, code):
            factor.failures, factor.locked_until = 0, None
            factor.save(update_fields=["failures", "locked_until", "last_step"])
            return
        else:
            problem = _count_failure(factor)
    raise ValidationError(problem, code="code")


def _fits(factor: SecondFactor, code: str) -> bool:
    """Use up the time step or the recovery code that fits."""
    step = factor.step_of(code.strip())
    if step is not None:
        factor.last_step = step
        return True
    spare = RecoveryCode.objects.filter(account_id=factor.pk, digest=RecoveryCode.digest_of(code), used_at__isnull=True)
    return spare.update(used_at=clock.now()) > 0


def _count_failure(factor: SecondFactor) -> str:
    factor.failures += 1
    left = MAX_TRIES - factor.failures
    problem = _tries_left(left)
    if not left:
        factor.failures, factor.locked_until = 0, clock.now() + FACTOR_LOCK
        problem = _locked(factor.locked_until)
    factor.save(update_fields=["failures", "locked_until"])
    return problem


def _locked(until: datetime) -> str:
    return _("Too many wrong codes. Try again after %(moment)s.") % {"moment": localtime(until).strftime("%H:%M")}
