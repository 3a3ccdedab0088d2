"""Doing things with time: load and announce the calendar, start clocks, open and close to-dos."""

from .calendar import LAST_YEAR, Loaded, announce, confirm_year, load_calendar
from .clocks import start_clock
from .published import FIRST_YEAR, published_days
from .todos import chase, close_todos, open_todo

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Loaded",
    "announce",
    "chase",
    "close_todos",
    "confirm_year",
    "load_calendar",
    "open_todo",
    "published_days",
    "start_clock",
]
