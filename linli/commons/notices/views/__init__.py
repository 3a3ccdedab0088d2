"""The door for people: the inbox and wishes; what administrators see to."""

from .inbox import choose, confirm, follow, inbox, read, read_all
from .undelivered import send_again, undelivered

__all__ = [
    "choose",
    "confirm",
    "follow",
    "inbox",
    "read",
    "read_all",
    "send_again",
    "undelivered",
]
