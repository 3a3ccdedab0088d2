"""What was said on a case, and how the resident judged it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.core.crypto import EncryptedField

from .choices import LONGEST, ONCE_A_ROUND, Satisfied, Solved, Word


class Statement(models.Model):
    """What was said on a case, or noted for those who work on it. Free text stays out of the log."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Word.choices)
    text = models.TextField(max_length=LONGEST)
    original = EncryptedField(blank=True, default="")
    """As it was written, where personal numbers in it are masked in `text`: for who asked, and on record for who may unmask."""
    post = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("statement")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round", "kind"], condition=Q(kind__in=ONCE_A_ROUND), name="statement_once_a_round"
            ),
            models.CheckConstraint(condition=Q(kind__in=Word.values), name="statement_kind_is_known"),
        ]


class Rating(models.Model):
    """The resident's own judgement of one round: contacted in time, solved, satisfied."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    contacted = models.BooleanField(_("contacted in time"))
    solved = models.CharField(_("solved"), max_length=10, choices=Solved.choices)
    satisfied = models.CharField(_("satisfied"), max_length=10, choices=Satisfied.choices)
    remark = models.TextField(_("remark"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("rating")
        ordering: ClassVar = ["round"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "round"], name="rating_once_a_round")]
