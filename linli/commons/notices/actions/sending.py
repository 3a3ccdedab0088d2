"""Carrying messages out of the house, batch by batch."""

import structlog
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.commons.notices import channels, queries
from linli.commons.notices.models import Channel, Delivery, Digest, Message, Preference
from linli.ground.people.models import PersonalData

logger = structlog.get_logger(__name__)
BATCH = 50
LINES = 50
"""So many messages stand in a digest; it says how many more wait in the inbox."""


def send_deliveries(limit: int = BATCH) -> int:
    """Carry one batch of what is due; return how many rows were taken."""
    taken = Delivery.objects.claim(limit)
    whole = Delivery.objects.filter(pk__in=[one.pk for one in taken]).select_related(
        "message__event", "message__account", "digest"
    )
    for delivery in whole:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                _send(delivery)
        except Exception:  # one bad row must not stop the others for ever
            logger.exception("delivery.failed", delivery=delivery.pk)
            delivery.failed("own_fault")
    return len(taken)


def _send(delivery: Delivery) -> None:
    """Send one; what has lost its reader or its address is dropped, not tried again."""
    letter = _letter(delivery.message) if delivery.message else _digest(delivery.digest)
    address = _address(delivery)
    if letter is None or not address:
        delivery.dropped("nobody_to_tell" if letter is None else "no_address")
        _forget_phone(delivery)
        return
    title, text = letter
    try:
        if delivery.channel == Channel.SMS:
            channels.send_sms(address, f"{title}\n{text}", f"notices.delivery:{delivery.pk}")
        else:
            channels.send_email(address, title, f"{text}\n\n{settings.SITE_ADDRESS}{reverse('notices:inbox')}")
    except channels.Undelivered as fault:
        delivery.failed(fault.code)
        return
    delivery.sent()
    _forget_phone(delivery)


def _letter(message: Message) -> tuple[str, str] | None:
    """Return title and text as the reader may see them today; None for somebody who has lost the post."""
    reader = queries.reader_of(message)
    if reader is None:
        return None
    told = queries.told([message], reader)[0]
    return told.title, told.text


def _digest(digest: Digest | None) -> tuple[str, str] | None:
    """Return the day's gathered messages as one letter; None where nothing is left to tell."""
    assert digest  # a delivery carries a message or a digest
    messages = list(digest.messages.unread().select_related("event", "account").order_by("pk"))
    letters = [letter for letter in map(_letter, messages[:LINES]) if letter]
    if not letters:
        return None
    lines = [f"{number}. {title}\n   {text}" for number, (title, text) in enumerate(letters, start=1)]
    if len(messages) > LINES:
        lines.append(_("%(number)d more wait in your inbox.") % {"number": len(messages) - LINES})
    return _("%(number)d messages from your community") % {"number": len(messages)}, "\n\n".join(lines)


def _address(delivery: Delivery) -> str:
    """Return the number or address to send to, empty where there is none."""
    account = delivery.account_key
    if delivery.channel == Channel.EMAIL:
        wish = Preference.objects.filter(account=account, confirmed_at__isnull=False).first()
        return wish.email if wish else ""
    if account is None:
        return delivery.message.phone if delivery.message else ""
    personal = PersonalData.objects.filter(person__accounts=account).first()
    return personal.phone if personal else ""


def _forget_phone(delivery: Delivery) -> None:
    """A number given for one SMS is not kept once that is settled."""
    Message.objects.filter(deliveries=delivery).exclude(phone="").update(phone="")
