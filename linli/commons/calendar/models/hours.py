"""The office hours of each jurisdiction: when offices are open, from a day on. A custom of each place, not law."""

from collections.abc import Iterable
from datetime import date, time
from typing import ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.database.models import STANDS_STILL

from .days import lineage

END_OF_DAY: Final = time(23, 59, 59)
WHOLE_DAY: Final = (time(0), time(12), time(12), END_OF_DAY)


class OfficeHoursQuerySet(models.QuerySet["OfficeHours"]):
    """How office hours are found."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 (everybody reads them)
        """Return all: when offices are open is public."""
        return self

    def around(self, place_path: str) -> Self:
        """Return the sets of a place and of everything above it, the nearest first and of each the latest first."""
        return self.over(lineage(place_path))

    def over(self, paths: list[str]) -> Self:
        """Return the sets at these paths, in the same order."""
        return self.filter(place_path__among=paths).order_by("-place_path", "-begins_on")


class OfficeHours(models.Model):
    """When offices of a jurisdiction are open, from a day on (summer and winter hours are two rows a year). A custom, not law."""

    place_path = models.CharField(_("For which place"), max_length=20, blank=True, db_collation="C")
    begins_on = models.DateField(_("From which day"))
    opens = models.TimeField(_("Opens"))
    break_begins = models.TimeField(_("Lunch break begins"))
    break_ends = models.TimeField(_("Lunch break ends"))
    closes = models.TimeField(_("Closes"))
    notice = models.CharField(_("Notice"), max_length=200, blank=True)

    objects = OfficeHoursQuerySet.as_manager()

    class Meta:
        """One set of hours per place and day from which they hold; in order through the day."""

        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place_path", "begins_on"],
                name="one_set_of_hours_a_day",
                violation_error_message=_("Hours from this day are set already; remove them first."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("break_begins"))
                & models.Q(break_begins__lte=models.F("break_ends"))
                & models.Q(break_ends__lt=models.F("closes")),
                name="hours_in_order",
                violation_error_message=_("The hours must follow one another through the day."),
            ),
        ]

    def __str__(self) -> str:
        """Say the hours: 08:30–12:00 14:30–18:00."""
        first, second = f"{self.opens:%H:%M}–{self.break_begins:%H:%M}", f"{self.break_ends:%H:%M}–{self.closes:%H:%M}"
        return f"{first} {second}" if self.break_begins < self.break_ends else f"{first[:5]}–{second[-5:]}"

    @property
    def times(self) -> tuple[time, time, time, time]:
        """The four turns of the day."""
        return self.opens, self.break_begins, self.break_ends, self.closes

    @property
    def is_coming(self) -> bool:
        """Whether they have not begun."""
        return self.begins_on > clock.today()


def hours_on(sets: Iterable[OfficeHours], day: date) -> OfficeHours | None:
    """Return which of the sets around a place holds there on a day: the nearest place's that has begun; None where none has."""
    return next((one for one in sets if one.begins_on <= day), None)
