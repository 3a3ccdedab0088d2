"""Declared figures: how many adults, households or voters a community has where its register is not complete."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock


class Measure(models.TextChoices):
    """What is counted for thresholds and shares."""

    ADULTS = "adults", _("adult residents")
    HOUSEHOLDS = "households", _("households")
    VOTERS = "voters", _("registered voters")


class DeclaredFigure(models.Model):
    """A figure that a community declares with its source; it counts from its day until the register is declared complete."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="figures", verbose_name=_("place"))
    what = models.CharField(_("figure"), max_length=20, choices=Measure.choices)
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source of the figure"), max_length=200)
    as_of = models.DateField(_("as of"))
    superseded_on = models.DateField(_("register complete since"), null=True, blank=True)
    declared_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        """One figure a day."""

        verbose_name = _("declared figure")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "what", "as_of"],
                name="one_figure_a_day",
                violation_error_message=_("This figure has been declared for that day already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="figures_have_a_source",
                violation_error_message=_("A declared figure needs its source."),
            ),
        ]

    def __str__(self) -> str:
        """Say what and how many."""
        return f"{self.what} {self.number}"
