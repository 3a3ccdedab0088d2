"""Partners: each event becomes one row per webhook that hears it, and rows are called out with a signature."""

import hashlib
import hmac
import json
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.models import Event

from . import wire
from .models import Call, Subscription, SubscriptionStatus

BATCH = 50
KEEP = timedelta(days=30)
"""How long a partner can be away without losing an event."""


def fan_out(event: Event) -> None:
    """Queue the event for every webhook that hears it (follower "webhooks": in the transaction of its place in the feed)."""
    Call.objects.bulk_create(
        [Call(subscription=one, event=event, next_try_at=clock.now()) for one in Subscription.objects.hearing(event)],
        ignore_conflicts=True,
    )


def ping(*, subscription: Subscription, by: Actor) -> Call:
    """Send the partner a test event, whatever it has asked to hear."""
    with transaction.atomic():
        event = record("webhooks.subscription.ping", subscription, by=by, place_path=subscription.place_path)
        return Call.objects.create(subscription=subscription, event=event, next_try_at=clock.now())


def edit(*, subscription: Subscription, label: str, url: str, verbs: list[str], by: Actor) -> None:
    """Change name, address and events; raises ValidationError where another webhook already does the same."""
    try:
        with transaction.atomic():
            subscription.edit(label=label, url=url, verbs=verbs, by=by)
    except IntegrityError as error:
        raise ValidationError(
            _("Another webhook already tells this address of the same events."), code="same"
        ) from error


def call_partners(limit: int = BATCH) -> int:
    """Call out one batch of what is due; return how many rows were taken. A partner that is not there is tried once per batch."""
    taken = Call.objects.claim(limit)
    partners: dict[int, Subscription] = {}
    for call in taken:
        partner = partners.setdefault(call.subscription_id, call.subscription)
        if partner.status != SubscriptionStatus.ACTIVE or (partner.wait_until and partner.wait_until > clock.now()):
            call.postponed(partner.wait_until or clock.now())
            continue
        _call(partner, call)
    return len(taken)


def _call(partner: Subscription, call: Call) -> None:
    body = envelope(call.event)
    headers = {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "Linli",
        "Linli-Signature": signature(partner.secret, body, int(clock.now().timestamp())),
    }
    answer = wire.post(partner.url, body, headers)
    if answer.fault:
        call.failed(answer.fault)
        partner.missed(there=answer.there, by=SYSTEM)
    else:
        call.sent()
        partner.answered()


def forget_old() -> None:
    """Delete calls after their time: the log is the record."""
    Call.objects.filter(event__at__lt=clock.now() - KEEP).delete()


def envelope(event: Event) -> bytes:
    """Return the event as CloudEvents 1.0 in structured JSON: codes only, and without who did it."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": str(event.pk),
            "source": settings.SITE_ADDRESS,
            "type": f"linli.{event.verb}",
            "subject": event.subject,
            "time": event.at.isoformat(),
            "datacontenttype": "application/json",
            "data": {"place": event.place_path, "fields": event.data},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def signature(secret: str, body: bytes, at: int) -> str:
    """Return the header by which the partner knows the body is ours and fresh: HMAC-SHA256 over `<unix seconds>.<body>`."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
