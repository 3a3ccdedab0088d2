"""A deadline in words: why it ends on that day, as an official would explain it to a resident."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from .counting import ONE, Reckoned, Term, Unit
from .days import CalendarDay, DayKind
from .hours import END_OF_DAY

WEEKDAYS: Final = (
    gettext_noop("Mon."),
    gettext_noop("Tue."),
    gettext_noop("Wed."),
    gettext_noop("Thu."),
    gettext_noop("Fri."),
    gettext_noop("Sat."),
    gettext_noop("Sun."),
)
MANY: Final = 6


def weekday(day: date) -> str:
    """Return the day of the week, short: 周六."""
    return _(WEEKDAYS[day.weekday()])


def short_date(day: date, near: date | None = None) -> str:
    """Return a date as people say it, 9月15日; with the year where it differs from the one near by."""
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return (
        _("%(day)s/%(month)s") % parts
        if near is None or near.year == day.year
        else _("%(day)s/%(month)s/%(year)s") % parts
    )


def quantity(amount: int, unit: Unit) -> str:
    """Return an amount with its unit: 5 个工作日."""
    words = {
        Unit.CLOCK_HOUR: ngettext("%(n)s hour", "%(n)s hours", amount),
        Unit.WORKING_HOUR: ngettext("%(n)s working hour", "%(n)s working hours", amount),
        Unit.WORKING_DAY: ngettext("%(n)s working day", "%(n)s working days", amount),
        Unit.CALENDAR_DAY: ngettext("%(n)s calendar day", "%(n)s calendar days", amount),
        Unit.MONTH: ngettext("%(n)s month", "%(n)s months", amount),
    }
    return words[unit] % {"n": amount}


def why_not(row: CalendarDay, *, stood: bool) -> str:
    """Say why a day does not count: the clock stood, a holiday by name, or the weekday."""
    if stood:
        return _("clock paused")
    return row.name or weekday(row.day)


def explain(term: Term, found: Reckoned) -> str:
    """Return the whole sentence: from when, what is left out, which weekend counts, until when."""
    none = _("no office hours are set, so the whole working day counts")
    hours = [_("in office hours (%(hours)s)") % {"hours": one} if one else none for one in found.hours]
    parts = [_beginning(term), *hours]
    if term.extended:
        parts.append(_("with an extension of %(amount)s") % {"amount": quantity(term.extended, term.unit)})
    if term.unit is not Unit.CLOCK_HOUR:
        parts += _left_out(term, found)
        parts += _worked_weekends(term, found)
    if found.nominal < found.last:
        parts.append(_moved(term, found))
    parts.append(_("until %(moment)s") % {"moment": moment(found.due_at, term.first)})
    text = _("%(amount)s: %(steps)s.") % {"amount": quantity(term.amount, term.unit), "steps": _(", ").join(parts)}
    if found.provisional:
        text += _(" The year's swapped days have not been announced yet, so this date may still move.")
    return text


def moment(at: datetime, near: date | None = None) -> str:
    """Return a moment: 9月20日 18:00; the end of a day as 24:00."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    clock = "24:00" if local.time() == END_OF_DAY else f"{local:%H:%M}"
    return f"{short_date(local.date(), near)} {clock}"


def _beginning(term: Term) -> str:
    if term.unit in {Unit.CLOCK_HOUR, Unit.WORKING_HOUR}:
        return _("counted from %(moment)s") % {"moment": moment(term.start)}
    return _("counted from the next day, %(day)s") % {"day": short_date(term.first + ONE, term.first)}


def _left_out(term: Term, found: Reckoned) -> list[str]:
    """Say which days do not count, in runs; only their number where there are many."""
    passed = [row for row in found.skipped if row.day < found.nominal]
    if not passed:
        return []
    runs = list(_runs(passed))
    if len(runs) > MANY:
        return [ngettext("skipping %(n)s day of rest", "skipping %(n)s days of rest", len(passed)) % {"n": len(passed)}]
    named = []
    for run in runs:
        first, last = (short_date(row.day, term.first) for row in (run[0], run[-1]))
        reasons = dict.fromkeys(why_not(row, stood=term.stood_on(row.day)) for row in run)
        days = first if len(run) == 1 else _("%(first)s–%(last)s") % {"first": first, "last": last}
        named.append(_("%(days)s (%(why)s)") % {"days": days, "why": _("; ").join(reasons)})
    return [_("skipping %(days)s") % {"days": _("; ").join(named)}]


def _worked_weekends(term: Term, found: Reckoned) -> list[str]:
    """Say which days off by the week count because they were swapped."""
    if term.unit not in {Unit.WORKING_DAY, Unit.WORKING_HOUR}:
        return []
    swapped = [row for row in found.counted if row.kind == DayKind.SWAPPED_WORKDAY]
    if len(swapped) > MANY:
        return []
    words = _("%(day)s (%(weekday)s) counts as a working day, swapped for %(holiday)s")
    return [
        words
        % {"day": short_date(row.day, term.first), "weekday": weekday(row.day), "holiday": row.name or _("a holiday")}
        for row in swapped
    ]


def _moved(term: Term, found: Reckoned) -> str:
    """Say that the last day was one of rest."""
    row = next(row for row in found.skipped if row.day == found.nominal)
    return _("the last day, %(day)s (%(why)s), is a day of rest and moves to the next working day") % {
        "day": short_date(row.day, term.first),
        "why": why_not(row, stood=False),
    }


def _runs(rows: Iterable[CalendarDay]) -> list[list[CalendarDay]]:
    """Return days in runs of consecutive ones."""
    numbered = enumerate(rows)
    return [
        [row for _place, row in run] for _key, run in groupby(numbered, key=lambda one: one[1].day.toordinal() - one[0])
    ]
