"""The door for people: the inbox and wishes; what administrators see to."""

from .inbox import choose, confirm, follow, inbox, read, read_all
from .undelivered import send_again, undelivered
from .webhooks import end, pause, ping, redeliver, resume, subscribe, webhook, webhooks

__all__ = [
    "choose",
    "confirm",
    "end",
    "follow",
    "inbox",
    "pause",
    "ping",
    "read",
    "read_all",
    "redeliver",
    "resume",
    "send_again",
    "subscribe",
    "undelivered",
    "webhook",
    "webhooks",
]
