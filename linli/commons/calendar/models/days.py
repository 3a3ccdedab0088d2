"""The calendar of each jurisdiction: which days are worked, announced by whom, the running number of working days.

Sources: 全国年节及纪念日放假办法 (2024-11-10); the State Council's yearly notice on swapped days; 民族自治地方 may add local holidays.
"""

from datetime import date
from itertools import groupby
from typing import ClassVar, Final, Self

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.core.models import APPEND_ONLY
from linli.ground.database.models import STANDS_STILL


class DayKind(models.TextChoices):
    """What a day is for offices."""

    WORKDAY = "workday", _("working day")
    WEEKEND = "weekend", _("weekend")
    HOLIDAY = "holiday", _("public holiday")
    SWAPPED_WORKDAY = "swapped_workday", _("swapped working day")
    LOCAL_HOLIDAY = "local_holiday", _("local holiday")


WORKED: Final = (DayKind.WORKDAY.value, DayKind.SWAPPED_WORKDAY.value)


def lineage(place_path: str) -> list[str]:
    """Return the paths of a place and of everything above it up to the nation (the empty path)."""
    return [place_path[:length] for length in range(len(place_path), -1, -1)]


class CalendarQuerySet(models.QuerySet["Calendar"]):
    """How calendars are found."""

    def ruling(self, place_path: str) -> "Calendar":
        """Return the calendar that rules in a place: its own, or the nearest above; raises Calendar.DoesNotExist before seeding."""
        found = self.nearest(place_path).first()
        if found is None:
            raise Calendar.DoesNotExist
        return found

    def nearest(self, place_path: str) -> Self:
        """Return the calendars of a place and of everything above it, its own first."""
        return self.filter(place_path__in=lineage(place_path)).order_by("-place_path")

    def under(self, place_path: str) -> Self:
        """Return the calendar of a place and those of all places below it, upper ones first."""
        return self.filter(place_path__startswith=place_path).order_by("place_path")


class Calendar(models.Model):
    """The calendar of one jurisdiction. The nation has one; a place gets its own with its first announcement of a differing day."""

    place_path = models.CharField(_("place"), max_length=20, unique=True, blank=True, db_collation="C")

    objects = CalendarQuerySet.as_manager()

    class Meta:
        """Few rows: the nation and the places that differ."""

        verbose_name = _("calendar")
        triggers: ClassVar = [STANDS_STILL]

    def __str__(self) -> str:
        """Name the jurisdiction."""
        return self.place_path or "CN"

    def renumber(self) -> None:
        """Count the working days anew; only this jurisdiction's numbers move, whole stretches at a time."""
        number, shifts = 0, []
        for day, kind, before in self.days.order_by("day").values_list("day", "kind", "number"):
            number += kind in WORKED
            shifts.append((day, number - before))
        for shift, run in groupby(shifts, key=lambda one: one[1]):
            days = [day for day, _shift in run]
            if shift:
                self.days.filter(day__range=(days[0], days[-1])).update(number=models.F("number") + shift)

    def follow(self) -> list[date]:
        """Take over from the calendar above every day that was not announced here; return the days that changed."""
        above = Calendar.objects.ruling(self.place_path[:-1])
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW, {"calendar": self.pk, "above": above.pk})
            changed = sorted(day for (day,) in cursor.fetchall())
        if changed:
            self.renumber()
        return changed


FOLLOW: Final = """
    INSERT INTO calendar_calendarday AS own (calendar_id, day, kind, name, provisional, is_own, number)
    SELECT %(calendar)s, day, kind, name, provisional, FALSE, number FROM calendar_calendarday WHERE calendar_id = %(above)s
    ON CONFLICT (calendar_id, day) DO UPDATE SET kind = excluded.kind, name = excluded.name, provisional = excluded.provisional
    WHERE NOT own.is_own AND (own.kind, own.name, own.provisional) IS DISTINCT FROM (excluded.kind, excluded.name, excluded.provisional)
    RETURNING day
"""


class CalendarDay(models.Model):
    """One day in one jurisdiction, with the number of working days from the calendar's beginning up to and including it."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=DayKind.choices)
    name = models.CharField(_("name"), max_length=60, blank=True)
    provisional = models.BooleanField(_("swapped days not yet announced"), default=False)
    is_own = models.BooleanField(_("announced here"), default=False)
    number = models.PositiveIntegerField(_("running working day"), default=0)

    class Meta:
        """Looked up by day, and by number: the n-th working day after today."""

        verbose_name = _("calendar day")
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calendar", "day"],
                name="one_entry_per_day",
                violation_error_message=_("This day is already in the calendar."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=DayKind.values), name="calendarday_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["calendar", "number", "day"], name="day_by_number")]

    def __str__(self) -> str:
        """Name the day."""
        return f"{self.day} {self.kind}"

    @property
    def is_workday(self) -> bool:
        """Whether offices are open."""
        return self.kind in WORKED

    @property
    def is_marked(self) -> bool:
        """Whether the day differs from an ordinary week."""
        return self.kind not in {DayKind.WORKDAY, DayKind.WEEKEND}

    @property
    def is_today(self) -> bool:
        """Whether it is today, in the city."""
        return self.day == clock.today()


class Announcement(models.Model):
    """One change of the calendar as it was announced: what, why, and from which notice. Append-only."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="announcements")
    day = models.DateField(_("day"))
    before = models.CharField(_("before"), max_length=20, choices=DayKind.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=DayKind.choices)
    name = models.CharField(_("name"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    source = models.CharField(_("source"), max_length=200)
    at = models.DateTimeField(_("announced"))
    by = models.CharField(max_length=100)
    post = models.CharField(max_length=100, blank=True)

    class Meta:
        """Read by calendar and day."""

        verbose_name = _("announcement")
        indexes: ClassVar = [models.Index(fields=["calendar", "day"], name="announcement_by_day")]
        triggers: ClassVar = [APPEND_ONLY]

    def __str__(self) -> str:
        """Say what the day became."""
        return f"{self.day} {self.before} → {self.kind}"
