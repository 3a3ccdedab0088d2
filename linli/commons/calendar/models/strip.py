"""The strip of days beside a deadline (`c-days`): which days count, which do not, where it ends."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from .counting import ONE, Days, Reckoned, Term
from .days import CalendarDay
from .wording import why_not

LONGEST: Final = 42
LATE_SHOWN: Final = 7


@dataclass(frozen=True)
class DayMark:
    """One day of the strip: the date, what it is in the count (第 3 日, 休息, 办结), and what colours it."""

    day: date
    note: str
    kind: str = ""
    """Empty, or used, rest, done, due, late."""
    is_today: bool = False
    why: str = ""
    """Why the day does not count."""


def strip_of(term: Term, found: Reckoned, days: Days, *, today: date, done: str = "") -> list[DayMark]:
    """Return the marks from the day of the start to the last day, and on to `today` (at most a week) where the term was missed.

    `done` says what was done on the day on which the clock stopped; empty while it runs.
    """
    if (found.last - term.first).days >= LONGEST:
        return []
    end = max(found.last, min(today, found.last + LATE_SHOWN * ONE))
    numbers = {row.day: number for number, row in enumerate(found.counted, 1)}
    marks = []
    for row in days.between(term.first, end):
        note, kind = (done, _end(row, found)) if done and row.day == today else _mark(row, term, found, numbers, today)
        why = why_not(row, stood=term.stood_on(row.day)) if kind == "rest" else ""
        marks.append(DayMark(row.day, note, kind, not done and row.day == today, why))
    return marks


def _end(row: CalendarDay, found: Reckoned) -> str:
    return "done" if row.day <= found.last else "late"


def _mark(row: CalendarDay, term: Term, found: Reckoned, numbers: dict[date, int], today: date) -> tuple[str, str]:
    """Return the note and the kind of one day."""
    if row.day == term.first:
        return _("start"), ""
    if row.day > found.last:
        return _("overdue"), "late"
    if row.day not in numbers:
        return (_("clock paused") if term.stood_on(row.day) else _("rest")), "rest"
    note = _("day %(n)s") % {"n": numbers[row.day]}
    if row.day == found.last:
        return note, "due"
    return note, "used" if row.day <= today else ""
