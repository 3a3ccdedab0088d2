"""Asking about deadlines: how soon they are due, how long is left, which ones a change of the calendar moves."""

from .left import Left, Urgency, by_urgency, left, left_on, urgency_of
from .moving import clocks_moving

__all__ = ["Left", "Urgency", "by_urgency", "clocks_moving", "left", "left_on", "urgency_of"]
