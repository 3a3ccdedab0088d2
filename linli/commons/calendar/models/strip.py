"""The strip of days beside a deadline (`c-days`): which days count, which do not, where it ends."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from .counting import ONE, Days, OutsideCalendar, Reckoned, Term
from .days import CalendarDay
from .wording import why_not

LONGEST: Final = 42
LATE_SHOWN: Final = 7
NOT_WORTH_A_MARK: Final = 2
"""Today and one day before it: a mark would take the place of the day that it stands for."""


@dataclass(frozen=True)
class DayMark:
    """One day of the strip: the date, what it is in the count (第 3 日, 休息, 办结), and what colours it."""

    day: date
    note: str
    kind: str = ""
    """Empty, or used, rest, done, due, late; more: stands for the days that are not drawn, `day` being the first of them."""
    is_today: bool = False
    why: str = ""
    """Why the day does not count."""


def strip_of(term: Term, found: Reckoned, days: Days, *, today: date, done: str = "") -> list[DayMark]:
    """Return the marks from the day of the start to the last day; where the term was missed, on to `today`.

    Of a term missed long ago the week after it is drawn, then one mark stands for the days up to `today`. `done` says what was
    done on the day on which the clock stopped; empty while it runs.
    """
    if (found.last - term.first).days >= LONGEST:
        return []
    end = max(found.last, today)
    if (end - found.last).days > LATE_SHOWN + NOT_WORTH_A_MARK:
        end = found.last + LATE_SHOWN * ONE
    numbers = {row.day: number for number, row in enumerate(found.counted, 1)}
    marks = [_mark_of(row, term, found, numbers, today=today, done=done) for row in days.between(term.first, end)]
    if end < today:
        passed = _("%(n)s days more") % {"n": (today - end).days - 1}
        marks.append(DayMark(end + ONE, passed, "more"))
        with suppress(OutsideCalendar):
            marks.append(_mark_of(days.row(today), term, found, numbers, today=today, done=done))
    return marks


def _mark_of(
    row: CalendarDay, term: Term, found: Reckoned, numbers: dict[date, int], *, today: date, done: str
) -> DayMark:
    """Return the mark of one day."""
    note, kind = (done, _end(row, found)) if done and row.day == today else _mark(row, term, found, numbers, today)
    why = why_not(row, stood=term.stood_on(row.day)) if kind == "rest" else ""
    return DayMark(row.day, note, kind, not done and row.day == today, why)


def _end(row: CalendarDay, found: Reckoned) -> str:
    return "done" if row.day <= found.last else "late"


def _mark(row: CalendarDay, term: Term, found: Reckoned, numbers: dict[date, int], today: date) -> tuple[str, str]:
    """Return the note and the kind of one day."""
    if row.day == term.first:
        return _("start"), ""
    if row.day > found.last and row.is_workday:
        return _("overdue"), "late"
    if row.day not in numbers:
        return (_("clock paused") if term.stood_on(row.day) else _("rest")), "rest"
    note = _("day %(n)s") % {"n": numbers[row.day]}
    if row.day == found.last:
        return note, "due"
    return note, "used" if row.day <= today else ""
