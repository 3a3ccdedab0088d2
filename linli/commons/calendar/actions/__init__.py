"""Changing when the city works: load and announce days, set and remove office hours."""

from .days import LAST_YEAR, announce, confirm_year, load_calendar
from .hours import moved_by, remove_hours, set_hours
from .published import FIRST_YEAR, published_days

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "announce",
    "confirm_year",
    "load_calendar",
    "moved_by",
    "published_days",
    "remove_hours",
    "set_hours",
]
