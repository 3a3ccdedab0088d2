"""Asking about time: when something is due, how long is left, what a body has to do."""

from .due import Due, due, parse_start
from .left import Left, Urgency, by_urgency, left, left_on, urgency_of
from .year import Hours, days_of, hours_of, provisional_years, year_of

__all__ = [
    "Due",
    "Hours",
    "Left",
    "Urgency",
    "by_urgency",
    "days_of",
    "due",
    "hours_of",
    "left",
    "left_on",
    "parse_start",
    "provisional_years",
    "urgency_of",
    "year_of",
]
