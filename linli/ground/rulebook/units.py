"""What a rule's value is measured in, how it is typed and how it is said; whose word it is."""

import unicodedata
from datetime import date
from typing import Final, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from . import fractions

LEAST, MOST = 0, 100_000


class Mark(models.TextChoices):
    """Whose word a value is: the law's, a local regulation's, this city's own, or that of a community's residents."""

    LAW = "LAW", gettext_lazy("set by law")
    LOCAL = "LOCAL", gettext_lazy("local regulation")
    DEFAULT = "DEFAULT", gettext_lazy("this city's custom")
    CHARTER = "CHARTER", gettext_lazy("community charter")


class Meeting(models.TextChoices):
    """Which meeting of a community decides on its charter and convention (Residents' Committee Law 2025 art. 30)."""

    ASSEMBLY = "assembly", gettext_lazy("residents' or villagers' meeting")
    REPRESENTATIVES = "representatives", gettext_lazy("representatives' meeting")


class Unit(models.TextChoices):
    """The units of values, each with how a number of it is said; those of time carry the same codes as the deadline engine."""

    SHARE = "share", gettext_lazy("share")
    PERSON = "person", gettext_lazy("%(value)s people")
    HOUSEHOLD = "household", gettext_lazy("%(value)s households")
    AGE = "age", gettext_lazy("%(value)s years of age")
    YEAR = "year", gettext_lazy("%(value)s years")
    MONTH = "month", gettext_lazy("%(value)s months")
    CALENDAR_DAY = "calendar_day", gettext_lazy("%(value)s days")
    WORKING_DAY = "working_day", gettext_lazy("%(value)s working days")
    WORKING_HOUR = "working_hour", gettext_lazy("%(value)s working hours")
    CLOCK_HOUR = "clock_hour", gettext_lazy("%(value)s hours")
    PERCENT = "percent", gettext_lazy("%(value)s %%")
    TIME = "time", gettext_lazy("%(value)s times")
    TIMES_YEAR = "times_year", gettext_lazy("%(value)s times a year")
    TIMES_HALF_YEAR = "times_half_year", gettext_lazy("%(value)s times in half a year")
    TIMES_QUARTER = "times_quarter", gettext_lazy("%(value)s times a quarter")
    TIMES_MONTH = "times_month", gettext_lazy("%(value)s times a month")
    FLAG = "flag", gettext_lazy("yes or no")
    MOMENT = "moment", gettext_lazy("moment")


BOUNDS: Final = {
    Unit.PERCENT: (0, 100),
    Unit.CLOCK_HOUR: (1, 2_000),
    Unit.WORKING_HOUR: (1, 1_000),
    Unit.WORKING_DAY: (1, 250),
    Unit.CALENDAR_DAY: (1, 600),
    Unit.MONTH: (1, 24),
    Unit.YEAR: (1, 100),
    Unit.AGE: (1, 150),
}
"""The smallest and largest value of a term: none is over before it begins, none leaves the two years that the calendar is kept ahead."""
COUNTED: Final = {
    Unit.PERSON: ngettext_lazy("%(value)s person", "%(value)s people", "value"),
    Unit.HOUSEHOLD: ngettext_lazy("%(value)s household", "%(value)s households", "value"),
    Unit.AGE: ngettext_lazy("%(value)s year of age", "%(value)s years of age", "value"),
    Unit.YEAR: ngettext_lazy("%(value)s year", "%(value)s years", "value"),
    Unit.MONTH: ngettext_lazy("%(value)s month", "%(value)s months", "value"),
    Unit.CALENDAR_DAY: ngettext_lazy("%(value)s day", "%(value)s days", "value"),
    Unit.WORKING_DAY: ngettext_lazy("%(value)s working day", "%(value)s working days", "value"),
    Unit.WORKING_HOUR: ngettext_lazy("%(value)s working hour", "%(value)s working hours", "value"),
    Unit.CLOCK_HOUR: ngettext_lazy("%(value)s hour", "%(value)s hours", "value"),
    Unit.TIME: ngettext_lazy("%(value)s time", "%(value)s times", "value"),
    Unit.TIMES_YEAR: ngettext_lazy("%(value)s time a year", "%(value)s times a year", "value"),
    Unit.TIMES_HALF_YEAR: ngettext_lazy("%(value)s time in half a year", "%(value)s times in half a year", "value"),
    Unit.TIMES_QUARTER: ngettext_lazy("%(value)s time a quarter", "%(value)s times a quarter", "value"),
    Unit.TIMES_MONTH: ngettext_lazy("%(value)s time a month", "%(value)s times a month", "value"),
}
"""How a whole number of a unit is said: one working day, two working days."""
WORDS: Final = {
    "true": gettext_lazy("yes"),
    "false": gettext_lazy("no"),
    "immediate": gettext_lazy("whenever it arises"),
}


class Norm(Protocol):
    """A value in force with its source: a version of the rulebook's table or a row of a pack."""

    @property
    def key(self) -> str:
        """The rule's key, e.g. `ju.assembly.quorum`."""
        ...

    @property
    def value(self) -> str:
        """The value as text, e.g. `>=2/3`."""
        ...

    @property
    def number(self) -> int:
        """The value as a whole number; raises ValueError for a share or a word."""
        ...

    @property
    def law(self) -> str:
        """The law or custom, by its common name."""
        ...

    @property
    def article(self) -> str:
        """The article, e.g. 第二十九条; empty for custom."""
        ...

    @property
    def effective_from(self) -> date:
        """The day from which it holds."""
        ...

    @property
    def version_ref(self) -> str:
        """What a decision stores to say which version it was made under."""
        ...


def is_number(unit: str) -> bool:
    """Say whether values of this unit are whole numbers."""
    return unit not in {Unit.SHARE, Unit.FLAG, Unit.MOMENT}


def cleaned(typed: str, unit: str) -> str:
    """Return a typed value as it is stored, full-width signs of a Chinese keyboard read as plain ones; raises ValidationError by unit."""
    text = unicodedata.normalize("NFKC", typed).replace("≥", ">=").strip()
    if unit == Unit.SHARE:
        try:
            return str(fractions.read(text))
        except ValueError as error:
            raise ValidationError(
                _("Write a share such as >=2/3 (at least) or >1/2 (more than)."), code="share"
            ) from error
    if unit == Unit.FLAG:
        if text not in {"true", "false"}:
            raise ValidationError(_("Choose yes or no."), code="flag")
        return text
    if unit == Unit.MOMENT:
        if text != "immediate":
            raise ValidationError(_("This rule knows only “whenever it arises”."), code="moment")
        return text
    least, most = BOUNDS.get(Unit(unit), (LEAST, MOST))
    if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
        told = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise ValidationError(told, code="number")
    return str(int(text))


def in_words(value: str, unit: str) -> str:
    """Return a value as people read it: `>=2/3` → 三分之二以上, `15` → 15 日."""
    if unit == Unit.SHARE:
        return fractions.read(value).in_words()
    if value in WORDS:
        return str(WORDS[value])
    if value.isdigit() and Unit(unit) in COUNTED:
        return str(COUNTED[Unit(unit)] % {"value": int(value)})
    return str(Unit(unit).label) % {"value": value}
