"""Facts of deadlines: calendars, clocks, to-dos."""

from .calendar import Announcement, Calendar, CalendarDay, DayKind, OfficeHours
from .clock import Clock, ClockStatus, MoveKind
from .counting import Days, OutsideCalendar, Pause, Term, Unit, reckon
from .todo import Todo

__all__ = [
    "Announcement",
    "Calendar",
    "CalendarDay",
    "Clock",
    "ClockStatus",
    "DayKind",
    "Days",
    "MoveKind",
    "OfficeHours",
    "OutsideCalendar",
    "Pause",
    "Term",
    "Todo",
    "Unit",
    "reckon",
]
