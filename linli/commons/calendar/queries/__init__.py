"""Asking about working time: when something is due, what a year looks like, when offices are open."""

from .due import Due, due, is_open_at, parse_start
from .year import Hours, days_of, hours_of, provisional_years, year_of

__all__ = ["Due", "Hours", "days_of", "due", "hours_of", "is_open_at", "parse_start", "provisional_years", "year_of"]
