"""Set bodies up, move and dissolve them, fill posts."""

from .bodies import BodyPlan, Seating, dissolve, set_up, set_up_bodies, set_up_missing
from .hanging import move
from .holdings import Appointment, Newcomer, appoint, appoint_newcomer, default_end, make_administrator

__all__ = [
    "Appointment",
    "BodyPlan",
    "Newcomer",
    "Seating",
    "appoint",
    "appoint_newcomer",
    "default_end",
    "dissolve",
    "make_administrator",
    "move",
    "set_up",
    "set_up_bodies",
    "set_up_missing",
]
