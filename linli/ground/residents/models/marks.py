"""Deaths and moves that were written down of the wrong person, and undone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.core.crypto import EncryptedField


class Mark(models.TextChoices):
    """What takes an entry out of every count."""

    DIED = "died", _("death")
    LEFT = "left", _("move away")


class UndoneMark(models.Model):
    """One death or move that was undone, at any time (PIPL art. 46: wrong data are set right): which day had been written, and why.

    The reason is free text about a person: encrypted, here, where it goes with the person's data; the log has only that it happened.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="undone_marks", verbose_name=_("person"))
    what = models.CharField(_("what was recorded"), max_length=20, choices=Mark.choices)
    day = models.DateField(_("day that had been recorded"))
    reason = EncryptedField(_("why it was undone"))
    undone_at = models.DateTimeField(_("undone on"), default=clock.now, editable=False)

    class Meta:
        """Nothing is undone without a reason."""

        verbose_name = _("undone record of a death or a move")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="a_mark_is_undone_for_a_reason",
                violation_error_message=_("Write why the record is undone."),
            ),
            models.CheckConstraint(condition=models.Q(what__in=Mark.values), name="an_undone_mark_is_known"),
        ]

    def __str__(self) -> str:
        """Name the row, never the person."""
        return f"{self.what} {self.day}"
