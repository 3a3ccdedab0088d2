"""Accounts: sign-ins of natural persons, people's organisations and legal bodies, and the second factor of staff."""

import base64
import secrets
from typing import ClassVar, Final, Self

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock, codes
from linli.ground.core.crypto import EncryptedField, blind_index

STEP: Final = 30  # seconds, RFC 6238
RECOVERY_CODES: Final = 10


class AccountKind(models.TextChoices):
    """The three kinds of subject that take part in a community (自然人、民间组织、法人团体)."""

    NATURAL = "natural", _("natural person")
    ORGANISATION = "organisation", _("people's organisation")
    LEGAL_BODY = "legal_body", _("legal body")


class AccountQuerySet(models.QuerySet["Account"]):
    """How accounts are found; also what Django's sign-in asks of a model's manager."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the actor's own; which ones an administrator keeps is said by the app accounts, which knows posts."""
        return (
            self.filter(pk=int(actor.ref.rpartition(":")[2]))
            if actor.ref.startswith("people.account:")
            else self.none()
        )

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a user name, for Django's password backend."""
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A sign-in. A natural person's is their own; an organisation's or a legal body's is used by its delegate, who acts by the post held.

    Residents prove their phone by a code, so `contact` (its blind index) is all that is kept here; staff have a user name, a password
    and a second factor. Never counted as residents: the register is.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AccountKind.choices, default=AccountKind.NATURAL)
    username = models.CharField(_("user name"), max_length=100, unique=True, null=True, blank=True)
    contact = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("person")
    )
    """The person whose account it is, or the delegate who signs in for the organisation."""
    title = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    body = models.BigIntegerField(null=True, blank=True, editable=False)
    """The key of the organisation (organisations.Body) in whose posts alone it acts; a plain key, for people stands below."""
    epoch = models.PositiveIntegerField(default=0, editable=False)
    """Raised to end every session of the account at once."""
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("opened"), default=clock.now, editable=False)

    USERNAME_FIELD = "username"
    objects = AccountQuerySet.as_manager()

    class Meta:
        """A natural person has one account of their own, an organisation one at a time."""

        verbose_name = _("account")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(kind="natural"),
                name="one_account_each",
                violation_error_message=_("This person has an account already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="natural", title="") | (~models.Q(kind="natural") & ~models.Q(title="")),
                name="organisations_have_a_title",
                violation_error_message=_("An organisation's account needs the organisation's name."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="natural", body__isnull=True) | ~models.Q(kind="natural"),
                name="persons_act_for_no_body",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=models.Q(is_active=True),
                name="one_account_a_body",
                violation_error_message=_("This organisation has an account already."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                name="kept_accounts",
                condition=models.Q(username__isnull=False) | models.Q(is_active=False),
            )
        ]

    def __str__(self) -> str:
        """Name the organisation or the user name."""
        return self.title or self.username or f"#{self.pk}"

    @property
    def is_staff_account(self) -> bool:
        """Whether it is signed in to with a password, and therefore with a second factor."""
        return self.username is not None

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay open: it changes with the password and with the epoch."""
        return salted_hmac("people.account.session", f"{self.password}:{self.epoch}", algorithm="sha256").hexdigest()


class SecondFactor(models.Model):
    """The authenticator app of a staff account: time-based codes (RFC 6238), each good once; five wrong ones wait fifteen minutes.

    GB/T 22239-2019 asks for two different factors at protection level 3.
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="second_factor")
    secret = EncryptedField(editable=False)
    confirmed_at = models.DateTimeField(_("set up on"), null=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(_("reset on"), null=True)
    """Since when no code fits any more, for the phone is lost: only a link from the administrator leads to a new one."""

    class Meta:
        """One per account."""

        verbose_name = _("second factor")

    def __str__(self) -> str:
        """Name the account."""
        return f"second factor of {self.account_id}"

    @staticmethod
    def new_secret() -> str:
        """Return a fresh secret as authenticator apps take it."""
        return base64.b32encode(secrets.token_bytes(20)).decode()

    def _totp(self) -> TOTP:
        # SHA-1 is what authenticator apps know; its weakness does not touch HMAC.
        return TOTP(base64.b32decode(self.secret), 6, SHA1(), STEP)  # noqa: S303

    def address(self, issuer: str) -> str:
        """Return the otpauth:// address that the QR code shows."""
        return self._totp().get_provisioning_uri(self.account.username or "", issuer)

    def step_of(self, code: str) -> int | None:
        """Return the time step whose code this is, one step of clock drift allowed; None for a wrong or used one."""
        present = int(clock.now().timestamp()) // STEP
        for one in (present, present - 1, present + 1):
            if one > self.last_step and secrets.compare_digest(self._totp().generate(one * STEP), code.encode()):
                return one
        return None


class RecoveryCode(models.Model):
    """A printed code that replaces the authenticator app once. Only its keyed hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Ten per account."""

        verbose_name = _("recovery code")

    def __str__(self) -> str:
        """Name the account."""
        return f"recovery code of {self.account_id}"

    @staticmethod
    def digest_of(code: str) -> str:
        """Return the keyed hash of a code as typed."""
        return blind_index(code.strip().upper().replace("-", ""), "people.recoverycode")

    @staticmethod
    def renew(account: Account) -> list[str]:
        """Replace the account's codes by ten fresh ones and return them; they are shown this once."""
        fresh = [codes.new_code() for _number in range(RECOVERY_CODES)]
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            [RecoveryCode(account=account, digest=RecoveryCode.digest_of(code)) for code in fresh]
        )
        return fresh
