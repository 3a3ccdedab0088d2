"""Asking about time: when something is due, how long is left, what a body has to do."""

from .desk import Desk, Left, Row, Section, Urgency, desk, left, left_on, urgency_of
from .due import Due, Skipped, due, parse_start
from .year import MonthGrid, YearDay, days_of, provisional_years, year_of

__all__ = [
    "Desk",
    "Due",
    "Left",
    "MonthGrid",
    "Row",
    "Section",
    "Skipped",
    "Urgency",
    "YearDay",
    "days_of",
    "desk",
    "due",
    "left",
    "left_on",
    "parse_start",
    "provisional_years",
    "urgency_of",
    "year_of",
]
