"""DO: tell people, carry messages, tell partners, forget in time."""

from .keeping import erase_for, forget_old
from .preferring import choose
from .sending import send_deliveries
from .telling import compose_digests, fan_out, read_all, tell
from .webhooks import call_partners, fan_out_to_partners, ping

__all__ = [
    "call_partners",
    "choose",
    "compose_digests",
    "erase_for",
    "fan_out",
    "fan_out_to_partners",
    "forget_old",
    "ping",
    "read_all",
    "send_deliveries",
    "tell",
]
