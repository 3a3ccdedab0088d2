"""Facts of the calendar: its days, office hours, and how terms are counted on them."""

from .counting import Days, OutsideCalendar, Pause, Reckoned, Term, Unit, reckon
from .days import Announcement, Calendar, CalendarDay, DayKind
from .hours import OfficeHours
from .strip import DayMark

__all__ = [
    "Announcement",
    "Calendar",
    "CalendarDay",
    "DayKind",
    "DayMark",
    "Days",
    "OfficeHours",
    "OutsideCalendar",
    "Pause",
    "Reckoned",
    "Term",
    "Unit",
    "reckon",
]
