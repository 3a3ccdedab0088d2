"""One-time codes sent to a phone."""

import secrets
from typing import ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.core.crypto import EncryptedField, blind_index

LIFE: Final = 300  # seconds
MAX_TRIES: Final = 5


class Purpose(models.TextChoices):
    """What a code is for; a code for one purpose is worth nothing for another."""

    SIGN_IN = "sign_in", _("sign in")
    CONTACT = "contact", _("prove a phone number")
    CONFIRM = "confirm", _("confirm an entry in the register")
    CLOSE = "close", _("close an account")


class PhoneCodeQuerySet(models.QuerySet["PhoneCode"]):
    """How codes are found."""

    def newest(self, contact: str, purpose: str) -> Self:
        """Return the newest code of a phone for a purpose: the only one that counts."""
        return self.filter(contact=contact, purpose=purpose).order_by("-pk")[:1]


class PhoneCode(models.Model):
    """Six figures sent to a phone: good for five minutes, five tries, one use. Only keyed hashes stay after it is sent."""

    contact = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    digest = models.CharField(max_length=64)
    message = EncryptedField(blank=True)
    """Phone and code until they have been sent (in a demo city for good, so that `manage last_code` can show them)."""
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = PhoneCodeQuerySet.as_manager()

    class Meta:
        """Counted by phone and by network address for the limits; pruned after two days."""

        verbose_name = _("phone code")
        indexes: ClassVar = [
            models.Index(fields=["contact", "sent_at"], name="code_by_contact"),
            models.Index(fields=["address", "sent_at"], name="code_by_address"),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(tries__lte=MAX_TRIES), name="five_tries")]

    def __str__(self) -> str:
        """Name neither phone nor code."""
        return f"code {self.pk}"

    @staticmethod
    def new_code() -> str:
        """Return six random figures."""
        return f"{secrets.randbelow(1_000_000):06d}"

    @staticmethod
    def digest_of(contact: str, code: str) -> str:
        """Return the keyed hash of a code for this phone; without the key six figures cannot be guessed back."""
        return blind_index(f"{contact}:{code}", "people.phonecode")

    @property
    def is_open(self) -> bool:
        """Whether it may still be tried."""
        return self.used_at is None and self.tries < MAX_TRIES and clock.now() < self.expires_at

    @property
    def tries_left(self) -> int:
        """How many tries are left."""
        return MAX_TRIES - self.tries
