"""Messages and what carries them."""

from .messages import Delivery, Digest, Message
from .outgoing import Outgoing, Sending
from .preferences import Channel, DigestPeriod, Preference

__all__ = [
    "Channel",
    "Delivery",
    "Digest",
    "DigestPeriod",
    "Message",
    "Outgoing",
    "Preference",
    "Sending",
]
