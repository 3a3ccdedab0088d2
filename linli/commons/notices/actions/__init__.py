"""DO: tell people, carry messages, forget in time."""

from .keeping import erase_for, forget_old
from .preferring import choose
from .sending import send_deliveries
from .telling import compose_digests, fan_out, read_all, tell

__all__ = [
    "choose",
    "compose_digests",
    "erase_for",
    "fan_out",
    "forget_old",
    "read_all",
    "send_deliveries",
    "tell",
]
