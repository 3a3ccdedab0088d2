"""The inbox: one row per event and recipient, and the rows that carry it over a channel."""

from datetime import datetime, time, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import EncryptedField
from linli.ground.core.models import Event

from .outgoing import Outgoing, OutgoingQuerySet, in_area
from .preferences import Channel

ACCOUNT = "people.account:"
QUIET_FROM, QUIET_TO = time(21), time(8)
"""No SMS at night unless it is urgent (no law says so: our own custom)."""


def account_key(actor: Actor) -> int | None:
    """Return the key of the actor's account; None for visitors and for the city itself."""
    key = actor.ref.removeprefix(ACCOUNT)
    return int(key) if actor.ref.startswith(ACCOUNT) and key.isdigit() else None


def out_of_quiet(moment: datetime) -> datetime:
    """Return the moment, or the end of the quiet hours it falls into (the city's own time)."""
    local = timezone.localtime(moment)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return timezone.make_aware(datetime.combine(day, QUIET_TO))


class MessageQuerySet(models.QuerySet["Message"]):
    """Whose messages."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the actor's own messages; those sent to a post are there only while they act in it."""
        account = account_key(actor)
        mine = Q(pk__in=[]) if account is None else Q(account=account, post__in=["", actor.post_ref])
        return self.filter(mine | Q(contact=actor.contact) if actor.contact else mine)

    def unread(self) -> Self:
        """Return what has not been read."""
        return self.filter(read_at__isnull=True)


class Digest(models.Model):
    """One day's gathered messages of one account; its unique day is why it can come only once."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        """Once a day."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "day"], name="one_digest_a_day")]
        verbose_name = _("digest")

    def __str__(self) -> str:
        """Name the day."""
        return f"digest {self.day}"


class Message(models.Model):
    """What one recipient is told about one event. Its words are made when it is read: the row holds codes, no personal data in clear.

    The recipient is an account, or the holder of a proven phone without account (`contact`, with the number while an SMS is under way).
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False)
    template = models.CharField(max_length=100)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    contact = models.CharField(max_length=64, blank=True)
    phone = EncryptedField(blank=True, default="")
    post = models.CharField(max_length=100, blank=True)
    """The post as whose holder the account is told; ends with it."""
    created_at = models.DateTimeField(_("told at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    gather = models.BooleanField(default=False)
    """Waits for the day's digest."""
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="messages")

    objects = MessageQuerySet.as_manager()

    class Meta:
        """Each event is told to each recipient once. Keys without an index of their own lead one of these."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "account"], name="account_told_once"),
            models.UniqueConstraint(fields=["event", "contact"], name="contact_told_once", condition=~Q(contact="")),
            models.CheckConstraint(
                condition=Q(account__isnull=False, contact="", phone="") | (Q(account__isnull=True) & ~Q(contact="")),
                name="told_to_account_or_contact",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="inbox"),
            models.Index(fields=["account"], name="inbox_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["contact", "-id"], name="inbox_of_contact", condition=~Q(contact="")),
            models.Index(fields=["account"], name="awaits_digest", condition=Q(gather=True)),
            models.Index(fields=["created_at"], name="message_age"),
        ]
        verbose_name = _("message")

    def __str__(self) -> str:
        """Name the template."""
        return f"{self.template} {self.pk}"

    def is_for(self, actor: Actor) -> bool:
        """Say the same as `visible_to` of this message."""
        if self.account_id is None:
            return self.contact == actor.contact
        return self.account_id == account_key(actor) and self.post in {"", actor.post_ref}

    def read(self) -> None:
        """Note that the recipient has read it; the first time counts. Reading one's own inbox is nobody else's business: no event."""
        Message.objects.filter(pk=self.pk).unread().update(read_at=clock.now())


class DeliveryQuerySet(OutgoingQuerySet["Delivery"]):
    """Whose deliveries."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the deliveries about events in the administrator's area."""
        return self.annotate(at_path=Coalesce("message__event__place_path", Value(""))).filter(
            in_area(actor, "at_path")
        )


class Delivery(Outgoing):
    """A message, or a day's digest, on its way over one channel."""

    FAULTS: ClassVar = {
        "sms_not_taken": _("the SMS gateway did not take it"),
        "mail_refused": _("the mail server refused it"),
        "mail_server_away": _("the mail server does not answer"),
        "no_mail_server": _("no mail server is set"),
        "nobody_to_tell": _("the recipient has lost the post or read it already"),
        "no_address": _("the recipient has no such address"),
        "own_fault": _("a fault of this platform; its log says which"),
    }

    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="deliveries", db_index=False)
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, related_name="deliveries", db_index=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    urgent = models.BooleanField(default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta(Outgoing.Meta):
        """Each message goes once over each channel."""

        constraints: ClassVar = [
            *Outgoing.Meta.constraints,
            models.UniqueConstraint(fields=["message", "channel"], name="message_once_per_channel"),
            models.UniqueConstraint(fields=["digest", "channel"], name="digest_once_per_channel"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="channel_known"),
            models.CheckConstraint(
                condition=Q(message__isnull=False, digest__isnull=True) | Q(message__isnull=True, digest__isnull=False),
                name="carries_message_or_digest",
            ),
        ]
        verbose_name = _("delivery")

    def allowed_from(self, moment: datetime) -> datetime:
        """Keep SMS out of the quiet hours unless urgent."""
        return out_of_quiet(moment) if self.channel == Channel.SMS and not self.urgent else moment

    @property
    def account_key(self) -> int | None:
        """The key of the account that gets it; None for somebody without one."""
        carried = self.message or self.digest
        return carried.account_id if carried else None

    @property
    def place_path(self) -> str:
        """The path of the place that the message is about; empty for a digest, which belongs to the whole city."""
        return self.message.event.place_path if self.message else ""

    def send_again(self, *, by: Actor) -> None:
        """Queue a dead delivery afresh; on the record. Raises Refused for one that is not dead."""
        with transaction.atomic():
            self.revive()
            record("notices.delivery.send_again", self, by=by, place_path=self.place_path)
