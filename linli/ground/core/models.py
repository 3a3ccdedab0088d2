"""The log of the city: events, their committed order (the feed), and the seals over it. All append-only.

Sources: 网络安全法 (2025) art. 23 keeps logs for at least six months; GB/T 22239-2019 asks for a protected audit record. Here nothing is
ever cut: the app role has no right to, and triggers refuse it even to the owner.
"""

import hashlib
import json
from typing import ClassVar

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
START = "0" * 64  # the digest before the first event


class Event(models.Model):
    """One thing that happened in the city: who, in which post, did what to which thing, where and when.

    Holds codes and field names, never personal data or free text: those live in the owner's row, where they can be erased.
    """

    verb = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    place_path = models.CharField(max_length=20, blank=True)
    actor = models.CharField(max_length=100, blank=True)
    post = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="event_by_subject"),
            models.Index(fields=["actor", "id"], name="event_by_actor", condition=~models.Q(actor="")),
        ]
        triggers: ClassVar = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="await_place_in_feed",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),  # type: ignore[no-untyped-call]
                func="INSERT INTO core_pending (event_id) SELECT id FROM fresh; RETURN NULL;",
            ),
        ]
        verbose_name = _("event")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def digest(self, previous: str) -> str:
        """Return the hash that ties this event to the one before it in the feed."""
        facts = [
            self.pk,
            self.verb,
            self.subject,
            self.place_path,
            self.actor,
            self.post,
            self.at.isoformat(),
            self.data,
        ]
        text = json.dumps([previous, *facts], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Pending(models.Model):
    """An event that is committed but has no place in the feed yet; written by the database itself."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)

    class Meta:
        verbose_name = _("event awaiting its place")


class FeedEntry(models.Model):
    """The place of one event in the committed order of all events, chained to the entry before it by hash."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="entry")
    digest = models.CharField(max_length=64)

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(position__gte=1), name="feed_starts_at_one")]
        verbose_name = _("feed entry")


class Seal(models.Model):
    """A signature over the feed up to one position, made with a key that stands outside the database."""

    position = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers: ClassVar = [APPEND_ONLY]
        verbose_name = _("seal")


class Follower(models.Model):
    """One reader of the feed and how far it has read; it goes on from there, also after a restore."""

    name = models.CharField(max_length=100, unique=True)
    position = models.BigIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("follower of the feed")
