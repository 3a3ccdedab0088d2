"""Writing the log: record an event, give events their place in the feed, seal the feed."""

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, models, transaction

from linli.ground.database.writing import insert

from . import clock
from .models import START, Event, FeedEntry, Pending, Seal
from .registry import Doer, ref

FEED_LOCK = 7231001  # advisory: one relay at a time gives out positions
BATCH = 1000


def record(
    verb: str,
    subject: models.Model | str,
    *,
    by: Doer,
    place_path: str = "",
    data: Mapping[str, object] | None = None,
) -> Event:
    """Write one event in the caller's transaction; `data` holds codes, numbers, days and field names only."""
    event = Event(
        verb=verb,
        subject=subject if isinstance(subject, str) else ref(subject),
        place_path=place_path,
        actor=by.ref,
        post=by.post_ref,
        at=clock.now(),
        data=data or {},
    )
    insert(event, later=True)
    return event


def record_all(verb: str, changes: Iterable[tuple[models.Model, str, Mapping[str, object]]], *, by: Doer) -> None:
    """Write one event for each of many things, given with their place paths and data, in the caller's transaction."""
    now, who = clock.now(), {"actor": by.ref, "post": by.post_ref}
    events = (
        Event(verb=verb, subject=ref(one), place_path=path, at=now, data=data, **who) for one, path, data in changes
    )
    Event.objects.bulk_create(events, batch_size=BATCH)


def relay(limit: int = BATCH) -> int:
    """Give up to `limit` committed events their place in the feed; return how many.

    Takes each event once it is visible, however late its transaction committed, so that no reader by position can miss one.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FEED_LOCK])
        events = list(Event.objects.filter(pending__isnull=False).order_by("pk")[:limit])
        last = FeedEntry.objects.order_by("-position").first()
        position, digest = (last.position, last.digest) if last else (0, START)
        entries = []
        for event in events:
            position, digest = position + 1, event.digest(digest)
            entries.append(FeedEntry(position=position, event=event, digest=digest))
        FeedEntry.objects.bulk_create(entries)
        Pending.objects.filter(pk__in=[event.pk for event in events]).delete()
    return len(events)


def seal() -> Seal | None:
    """Sign the feed's last position and export the head; None where nothing has come since the last seal."""
    last = FeedEntry.objects.order_by("-position").first()
    if last is None or Seal.objects.filter(position__gte=last.position).exists():
        return None
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SEAL_KEY))
    signature = base64.b64encode(key.sign(sealed_text(last.position, last.digest))).decode()
    made = Seal.objects.create(position=last.position, digest=last.digest, signature=signature)
    export(made, settings.DATA / "seals")
    return made


def sealed_text(position: int, digest: str) -> bytes:
    """Return the bytes that a seal signs."""
    return f"linli feed {position} {digest}".encode()


def export(made: Seal, folder: Path) -> None:
    """Append the seal to the log of heads that leaves this machine with the operator's backups (`verify_log --head`)."""
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"position": made.position, "digest": made.digest, "signature": made.signature})
    with (folder / "heads.jsonl").open("a", encoding="utf-8") as heads:
        heads.write(line + "\n")
