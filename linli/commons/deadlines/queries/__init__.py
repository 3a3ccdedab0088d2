"""Asking about deadlines: how soon they are due, how long is left, which ones a change of the calendar moves, who decides a request."""

from .deciding import body_that_decides
from .left import Left, Urgency, by_urgency, left, left_on, urgency_of
from .matters import clock_about, owed_by
from .moving import clocks_moving

__all__ = [
    "Left",
    "Urgency",
    "body_that_decides",
    "by_urgency",
    "clock_about",
    "clocks_moving",
    "left",
    "left_on",
    "owed_by",
    "urgency_of",
]
