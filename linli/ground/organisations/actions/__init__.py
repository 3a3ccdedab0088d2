"""Set bodies up, move and dissolve them, fill posts, load the kinds."""

from .bodies import BodyPlan, Seating, dissolve, set_up, set_up_bodies, set_up_missing
from .hanging import move
from .holdings import Appointment, Newcomer, appoint, appoint_newcomer, default_end, make_administrator
from .kinds import load_kinds

__all__ = [
    "Appointment",
    "BodyPlan",
    "Newcomer",
    "Seating",
    "appoint",
    "appoint_newcomer",
    "default_end",
    "dissolve",
    "load_kinds",
    "make_administrator",
    "move",
    "set_up",
    "set_up_bodies",
    "set_up_missing",
]
