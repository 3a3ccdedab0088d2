"""Webhooks: partners' systems that are told of events, and each event on its way to one."""

import secrets
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.commons.notices.models import Outgoing
from linli.commons.notices.models.outgoing import WAITS, OutgoingQuerySet, in_area
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import EncryptedField
from linli.ground.core.lifecycle import Refused, Stateful, status_field, step
from linli.ground.core.models import Event
from linli.ground.places.models import Place

PATIENCE = timedelta(days=3)
PRIVATE = ("people", "residents", "accounts", "authority", "core")
"""Apps whose events never leave the house: who looked at whose data, whose data are kept for a lawsuit, who signed in, is nobody's
business outside."""


class SubscriptionStatus(models.TextChoices):
    """The life of a webhook."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Which webhooks."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the webhooks within the administrator's area, each with its place's name."""
        place = Place.objects.current().filter(path=OuterRef("place_path")).values("name")
        return self.filter(in_area(actor, "place_path")).annotate(place_name=Subquery(place))

    def hearing(self, event: Event) -> list["Subscription"]:
        """Return the webhooks that are to be told of the event; a paused one hears of it when it resumes."""
        if event.verb.partition(".")[0] in PRIVATE:
            return []
        around = self.annotate(where=Value(event.place_path, output_field=models.CharField())).filter(
            where__startswith=F("place_path"), created_at__lte=event.at
        )
        return [one for one in around.exclude(status=SubscriptionStatus.ENDED) if one.hears(event.verb)]


class Subscription(Stateful):
    """A partner's address that is told of the events of some verbs within one place, signed with a shared secret."""

    label = models.CharField(_("partner"), max_length=100)
    url = models.URLField(_("address"), max_length=500)
    secret = EncryptedField(editable=False)
    verbs = ArrayField(models.CharField(max_length=100), verbose_name=_("events"))
    """Beginnings of verbs, whole words: `cases` or `cases.case.close`."""
    place_path = models.CharField(_("place"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("created"))
    status = status_field(SubscriptionStatus, SubscriptionStatus.ACTIVE)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    wait_until = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        """A status goes with its time; https only, but for a machine talking to itself; nobody is told the same twice."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="active", paused_at__isnull=True, ended_at__isnull=True)
                | Q(status="paused", paused_at__isnull=False, ended_at__isnull=True)
                | Q(status="ended", ended_at__isnull=False),
                name="subscription_status_has_time",
            ),
            models.CheckConstraint(
                condition=Q(url__regex=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])"), name="subscription_https"
            ),
            models.CheckConstraint(condition=Q(verbs__len__gte=1), name="subscription_hears_something"),
            models.CheckConstraint(
                condition=Q(failures=0, wait_until__isnull=True)
                | Q(failures__gte=1, failing_since__isnull=False, wait_until__isnull=False),
                name="subscription_failing_has_time",
            ),
            models.UniqueConstraint(
                fields=["place_path", "url", "verbs"], condition=~Q(status="ended"), name="subscription_once"
            ),
        ]
        verbose_name = _("webhook")

    def __str__(self) -> str:
        """Name the partner."""
        return self.label

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("webhooks:show", args=[self.pk])

    @classmethod
    def subscribe(
        cls, *, label: str, url: str, verbs: list[str], place_path: str, by: Actor
    ) -> tuple["Subscription", bool]:
        """Set up a webhook with a secret of its own; the very same one that is there already is returned, with False, as it stands."""
        with transaction.atomic():
            made, is_fresh = cls.objects.exclude(status=SubscriptionStatus.ENDED).get_or_create(
                place_path=place_path,
                url=url,
                verbs=verbs,
                defaults={"label": label, "secret": "whsec_" + secrets.token_urlsafe(32), "created_at": clock.now()},
            )
            if is_fresh:
                record("webhooks.subscription.subscribe", made, by=by, place_path=place_path, data={"verbs": verbs})
        return made, is_fresh

    def reveal(self, *, by: Actor) -> str:
        """Return the secret for whoever hands it to the partner; on the record. Raises Refused for a webhook that has ended."""
        if self.status == SubscriptionStatus.ENDED:
            raise Refused(self, "reveal")
        record("webhooks.subscription.reveal", self, by=by, place_path=self.place_path)
        return str(self.secret)

    @step(source=[SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED], target=None)
    def edit(self, *, label: str, url: str, verbs: list[str], by: Actor) -> None:  # noqa: ARG002 (the log's word)
        """Change name, address and events; the secret stays. A new address is tried at once with what waits.

        Raises IntegrityError where another webhook of the place tells the same address of the same events.
        """
        if url != self.url:
            self.failures, self.failing_since, self.wait_until = 0, None, None
            self.calls.filter(settled_at__isnull=True).update(next_try_at=clock.now())
        self.label, self.url, self.verbs = label, url, verbs

    @step(source=[SubscriptionStatus.ACTIVE], target=SubscriptionStatus.PAUSED)
    def pause(self, *, by: Actor) -> None:  # noqa: ARG002 (the log's word)
        """Send nothing for the time being; what happens meanwhile is kept for thirty days."""
        self.paused_at = clock.now()

    @step(source=[SubscriptionStatus.PAUSED], target=SubscriptionStatus.ACTIVE)
    def resume(self, *, by: Actor) -> None:  # noqa: ARG002
        """Send again, first what has gathered."""
        self.paused_at = self.failing_since = self.wait_until = None
        self.failures = 0

    @step(source=[SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED], target=SubscriptionStatus.ENDED)
    def end(self, *, by: Actor) -> None:  # noqa: ARG002
        """Stop for good; the secret is forgotten and what was still to be sent is dropped."""
        self.ended_at, self.secret = clock.now(), ""
        for call in self.calls.filter(settled_at__isnull=True):
            call.dropped("ended")

    def hears(self, verb: str) -> bool:
        """Say whether the verb begins with one of the words asked for."""
        return any(f"{verb}.".startswith(f"{word}.") for word in self.verbs)

    def answered(self) -> None:
        """Note that the partner is there."""
        self.failures, self.failing_since, self.wait_until = 0, None, None
        self.save(update_fields=["failures", "failing_since", "wait_until"])

    def missed(self, *, there: bool, by: Actor) -> None:
        """Note a failure: a partner that is not there is left alone for longer and longer; one that fails for three days is paused."""
        now = clock.now()
        self.failing_since = self.failing_since or now
        if not there:
            self.wait_until = now + WAITS[min(self.failures, len(WAITS) - 1)]
            self.failures += 1
        self.save(update_fields=["failures", "failing_since", "wait_until"])
        if now - self.failing_since >= PATIENCE:
            with suppress(Refused), transaction.atomic():  # a person was quicker
                self.pause(by=by)


class CallQuerySet(OutgoingQuerySet["Call"]):
    """Which events on their way."""

    def visible_to(self, actor: Actor) -> Self:
        """Return those of the webhooks within the administrator's area."""
        return self.filter(in_area(actor, "subscription__place_path"))

    def due(self) -> Self:
        """Return what is due to partners that are there."""
        there = Q(subscription__wait_until__isnull=True) | Q(subscription__wait_until__lte=clock.now())
        return (
            super()
            .due()
            .filter(there, subscription__status=SubscriptionStatus.ACTIVE)
            .select_related("subscription", "event")
        )


class Call(Outgoing):
    """One event on its way to one partner."""

    FAULTS: ClassVar = {
        "unknown_host": _("the name of the server is unknown"),
        "inner_address": _("the address leads into an inner network"),
        "timeout": _("no answer within ten seconds"),
        "tls": _("the certificate is not valid"),
        "no_tls": _("the server speaks no TLS at this port, or only an old one"),
        "connection": _("no connection"),
        "ended": _("the webhook has ended"),
    }

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="calls", db_index=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False)

    objects = CallQuerySet.as_manager()

    class Meta(Outgoing.Meta):
        """Each event goes to each partner once."""

        constraints: ClassVar = [
            *Outgoing.Meta.constraints,
            models.UniqueConstraint(fields=["subscription", "event"], name="event_once_per_partner"),
        ]
        verbose_name = _("call to a partner")

    def redeliver(self, *, by: Actor) -> None:
        """Queue a dead call afresh; on the record. Raises Refused for one that is not dead."""
        with transaction.atomic():
            self.revive()
            record("webhooks.call.redeliver", self, by=by, place_path=self.subscription.place_path)
