"""Doing things with time: load and announce the calendar, start clocks, open and close to-dos."""

from .calendar import LAST_YEAR, announce, confirm_year, load_calendar, moved_by, remove_hours, set_hours
from .clocks import start_clock
from .published import FIRST_YEAR, published_days
from .todos import chase, close_todos, open_todo

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "announce",
    "chase",
    "close_todos",
    "confirm_year",
    "load_calendar",
    "moved_by",
    "open_todo",
    "published_days",
    "remove_hours",
    "set_hours",
    "start_clock",
]
