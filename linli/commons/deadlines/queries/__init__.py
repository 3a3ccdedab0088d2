"""Asking about deadlines: how soon they are due, how long is left, which ones a change of the calendar moves, who decides a request."""

from .deciding import DECIDE, body_that_decides, dues_of
from .left import Left, Urgency, by_urgency, left, left_on, urgency_of
from .matters import Standing, clock_about, owed_by, standings
from .moving import clocks_moving

__all__ = [
    "DECIDE",
    "Left",
    "Standing",
    "Urgency",
    "body_that_decides",
    "by_urgency",
    "clock_about",
    "clocks_moving",
    "dues_of",
    "left",
    "left_on",
    "owed_by",
    "standings",
    "urgency_of",
]
