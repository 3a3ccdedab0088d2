"""What a person wants to be told, and how."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.crypto import EncryptedField, blind_index
from linli.ground.core.lifecycle import Stateful, change

TICKET = "notices.preference.email"
TICKET_LIFE = timedelta(days=1)


class Channel(models.TextChoices):
    """A way out of the house, beside the inbox."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("e-mail")


class DigestPeriod(models.TextChoices):
    """Whether e-mails come one by one or gathered."""

    OFF = "off", _("each message by itself")
    DAILY = "daily", _("once a day, gathered")


class Preference(Stateful):
    """One account's wishes: the channels it switched off, group by group, and how e-mails are gathered. No row means no wish."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    muted = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    """`group.channel`, for each channel that is switched off."""
    digest = models.CharField(_("e-mails"), max_length=10, choices=DigestPeriod.choices, default=DigestPeriod.OFF)

    email = EncryptedField(_("e-mail address"), blank=True, default="")
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)

    class Meta:
        """One row per account that ever chose; only an address that is there can be confirmed."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | ~models.Q(email=""), name="confirmed_address_is_there"
            ),
            models.CheckConstraint(condition=models.Q(digest__in=DigestPeriod.values), name="digest_period_known"),
        ]
        verbose_name = _("preferences")

    def __str__(self) -> str:
        """Name the owner."""
        return f"preferences of {self.account_id}"

    @change
    def choose(self, *, muted: list[str], digest: str, email: str, by: Actor) -> None:  # noqa: ARG002 (the log's word)
        """Take over the account's wishes; a new address counts once it is confirmed."""
        self.muted, self.digest = sorted(muted), digest
        if email != self.email:
            self.email, self.confirmed_at = email, None

    @change
    def confirm(self, *, by: Actor) -> None:  # noqa: ARG002
        """Note that whoever reads this address has the link that was sent there."""
        self.confirmed_at = clock.now()

    def wants(self, group: str, channel: str) -> bool:
        """Say whether messages of this group may come over this channel."""
        return f"{group}.{channel}" not in self.muted

    def ticket(self) -> str:
        """Return the proof that stands in the link of the confirming e-mail: this row, this address, one day."""
        return signing.dumps([self.pk, blind_index(self.email, TICKET), int(clock.now().timestamp())], salt=TICKET)

    @classmethod
    def of_ticket(cls, ticket: str) -> "Preference | None":
        """Return the row that a link belongs to; None for a forged or expired link and for an address changed since."""
        try:
            key, index, at = signing.loads(ticket, salt=TICKET)
        except signing.BadSignature:
            return None
        if clock.now().timestamp() - at > TICKET_LIFE.total_seconds():
            return None
        found = cls.objects.filter(pk=key).first()
        return found if found and found.email and blind_index(found.email, TICKET) == index else None
