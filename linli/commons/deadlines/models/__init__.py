"""Facts of deadlines: calendars, clocks, to-dos."""

from .calendar import Announcement, Calendar, CalendarDay, DayKind, OfficeHours
from .clock import Clock, ClockMove, ClockStatus, MoveKind
from .counting import Days, OutsideCalendar, Pause, Reckoned, Term, Unit, reckon
from .strip import DayMark
from .todo import Todo

__all__ = [
    "Announcement",
    "Calendar",
    "CalendarDay",
    "Clock",
    "ClockMove",
    "ClockStatus",
    "DayKind",
    "DayMark",
    "Days",
    "MoveKind",
    "OfficeHours",
    "OutsideCalendar",
    "Pause",
    "Reckoned",
    "Term",
    "Todo",
    "Unit",
    "reckon",
]
