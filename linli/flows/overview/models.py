"""Tallies: what a city's million cases come to by place, month of receipt, field and status, so that a leader need not wait."""

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.commons.routing.models import ServiceField
from linli.ground.places.divisions import DIGITS, Level

DISTRICT: Final = DIGITS[Level.COUNTY]
AREA: Final = DIGITS[Level.TOWN]
SUMMED_AT: Final = (DISTRICT, AREA)
"""Digits of the places for which tallies are kept."""


class Tally(models.Model):
    """How many cases a place received in a month, of one field, in one status; how many were answered in time, how many late.

    Kept for the sub-districts, and once more for the districts, so that a city's page need not add up every sub-district.
    """

    digits = models.PositiveSmallIntegerField()
    """Of which kind of place: one of `SUMMED_AT`."""
    area = models.CharField(max_length=9, db_collation="C")
    """Its path; that of the higher place for a case that lies in none."""
    month = models.DateField()
    """Its first day."""
    field = models.CharField(max_length=20, choices=ServiceField.choices)
    status = models.CharField(max_length=20)
    """One of `cases.Status`."""
    cases = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    late = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("tally of cases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digits", "area", "month", "field", "status"], name="tally_once"),
            models.CheckConstraint(condition=models.Q(digits__in=SUMMED_AT), name="tally_of_a_kept_place"),
            models.CheckConstraint(condition=models.Q(cases__gte=1), name="tally_of_something"),
            models.CheckConstraint(
                condition=models.Q(cases__gte=models.F("on_time") + models.F("late")), name="tally_answers_among_cases"
            ),
        ]


class Stale(models.Model):
    """A sub-district and a month of receipt in which something has happened since they were counted."""

    area = models.CharField(max_length=9, db_collation="C")
    month = models.DateField()

    class Meta:
        verbose_name = _("tally to be counted again")
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "month"], name="stale_once")]
