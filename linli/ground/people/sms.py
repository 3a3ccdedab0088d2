"""Short messages to phones. One sender by setting: the console in a demo city, or any gateway behind one signed HTTP call.

The gateway gets `POST LINLI_SMS_URL` with JSON {phone, text, key}, and the headers X-Linli-Timestamp, X-Linli-Nonce and X-Linli-Signature =
hex HMAC-SHA256 of `timestamp.nonce.body` under LINLI_SMS_SECRET. It must treat a repeated `key` as sent.
A redirect is not followed. Retries are the queue's.
"""

import hashlib
import hmac
import json
import secrets
import urllib.request
from http.client import HTTPException
from typing import Final

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from linli.ground.core import clock
from linli.ground.places import queries as places

from . import identity

logger = structlog.get_logger(__name__)
TIMEOUT: Final = 10  # seconds


class NotSent(Exception):
    """The message could not be handed over; the job is tried again."""


def send(phone: str, text: str, key: str) -> None:
    """Hand a message over to the sender that the settings name; `key` is the same for a repeated try. Raises NotSent."""
    import_string(settings.SMS_SENDER)(phone, text, key)


def console(phone: str, text: str, key: str) -> None:
    """Write to the log that a message would be sent; refuses in a real city, where codes must not stand in logs."""
    city = places.city()
    if city is None or not city.is_demo:
        raise NotSent("no SMS gateway is set: LINLI_SMS_URL, LINLI_SMS_SECRET")
    logger.info("sms.console", phone=identity.mask_phone(phone), length=len(text), key=key)


def signed_http(phone: str, text: str, key: str) -> None:
    """Post the message to the city's gateway."""
    if not settings.SMS_URL.startswith(("https://", "http://")) or not settings.SMS_SECRET:
        raise NotSent("LINLI_SMS_URL must be an http(s) address and LINLI_SMS_SECRET must be set")
    body = json.dumps({"phone": phone, "text": text, "key": key}, ensure_ascii=False).encode()
    stamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Linli-Timestamp": stamp,
        "X-Linli-Nonce": nonce,
        "X-Linli-Signature": signature(stamp, nonce, body),
    }
    request = urllib.request.Request(settings.SMS_URL, body, headers)  # noqa: S310 (the scheme is checked above)
    try:
        with _caller.open(request, timeout=TIMEOUT):
            pass
    except (OSError, HTTPException) as error:  # refused, timed out, nonsense, or anything but 2xx
        raise NotSent(type(error).__name__) from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Phone and text go to the gateway that the city named and to nobody else."""

    def redirect_request(self, *_asked: object) -> None:
        """Follow nothing: the answer is then a failure like any other."""


_caller = urllib.request.build_opener(_NoRedirects)


def signature(stamp: str, nonce: str, body: bytes) -> str:
    """Return what the gateway compares."""
    return hmac.new(settings.SMS_SECRET.encode(), f"{stamp}.{nonce}.".encode() + body, hashlib.sha256).hexdigest()
