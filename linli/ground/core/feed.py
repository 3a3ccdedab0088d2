"""Reading the log in its committed order: followers go by position, so that nobody skips a late row; verification."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from .actions import sealed_text
from .models import START, Event, FeedEntry, Follower, Seal

logger = structlog.get_logger(__name__)
Handler = Callable[[Event], None]
BATCH = 200
_handlers: dict[str, Handler] = {}


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong with the log: the position, the event where one is known, and how it is wrong."""

    position: int
    event: int | None
    how: str


def register_follower(name: str, handler: Handler) -> None:
    """Let a handler see each event once, in order; called in `ready()` of the app that follows."""
    _handlers[name] = handler


def followers() -> list[str]:
    """Return the names of those who follow."""
    return list(_handlers)


def run_followers() -> int:
    """Let every follower read on; a follower that fails stays where it is and says so, the others go on."""
    done = 0
    for name, handler in _handlers.items():
        try:
            done += follow(name, handler)
        except Exception as error:
            logger.exception("follower.failed", follower=name)
            Follower.objects.filter(name=name).update(fault=type(error).__name__)
    return done


def follow(name: str, handler: Handler, limit: int = BATCH) -> int:
    """Hand the next events to one follower and move it on, in one transaction: its effects happen exactly once."""
    Follower.objects.get_or_create(name=name)
    with transaction.atomic():
        follower = Follower.objects.select_for_update().get(name=name)
        entries = list(
            FeedEntry.objects.filter(position__gt=follower.position)
            .select_related("event")
            .order_by("position")[:limit]
        )
        for entry in entries:
            handler(entry.event)
        if entries:
            follower.position, follower.fault = entries[-1].position, ""
            follower.save(update_fields=["position", "fault"])
    return len(entries)


def begin_at(name: str, moment: datetime) -> None:
    """Let a new follower begin with what happened from a moment on: it has no business with what came before."""
    past = FeedEntry.objects.filter(event__at__lt=moment).aggregate(last=Max("position"))
    Follower.objects.update_or_create(name=name, defaults={"position": past["last"] or 0})


def verify(heads: Path | None = None) -> Fault | None:
    """Walk the whole feed and return the first fault, None for a sound log.

    Finds an event that was changed, inserted, deleted, reordered or cut off; with the exported heads also a log that was rewritten whole.
    """
    seals = {seal.position: (seal.digest, seal.signature) for seal in Seal.objects.order_by("position")}
    if heads is not None:
        seals |= dict(_read_heads(heads))
    for seal_position, (digest, signature) in sorted(seals.items()):
        if not _signed(seal_position, digest, signature):
            return Fault(seal_position, None, "the seal is not signed with this city's key")
    position, digest = 0, START
    for entry in FeedEntry.objects.select_related("event").order_by("position").iterator(2000):
        position += 1
        if entry.position != position:
            return Fault(position, None, "deleted")
        digest = entry.event.digest(digest)
        if digest != entry.digest:
            return Fault(position, entry.event_id, "changed or reordered")
        if position in seals and seals[position][0] != digest:
            return Fault(position, entry.event_id, "rewritten after it was sealed")
    return _beyond(position, max(seals, default=0))


def _beyond(position: int, sealed: int) -> Fault | None:
    """Return what is wrong after the last entry: a cut end, or an event that came past the feed."""
    if sealed > position:
        return Fault(position + 1, None, "cut off")
    stray = Event.objects.filter(entry__isnull=True, pending__isnull=True).order_by("pk").first()
    return Fault(position + 1, stray.pk, "inserted past the feed") if stray else None


def _signed(position: int, digest: str, signature: str) -> bool:
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SEAL_KEY)).public_key()
    try:
        key.verify(base64.b64decode(signature), sealed_text(position, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _read_heads(heads: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    for line in heads.read_text(encoding="utf-8").splitlines():
        head = json.loads(line)
        yield head["position"], (head["digest"], head["signature"])
