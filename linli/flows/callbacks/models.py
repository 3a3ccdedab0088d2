"""Facts of call-backs beside the call-back itself (`cases.CallBack`): which rounds the rates leave out, by whom and why."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock


class Reason(models.TextChoices):
    """Why a round does not count in the rates."""

    UNREACHED = "unreached", _("the resident could not be reached")
    OUTSIDE = "outside", _("outside the lead's competence")
    UNLAWFUL = "unlawful", _("the demand is unlawful")
    REPEATED = "repeated", _("repeated with ill will")
    WITHDRAWN = "withdrawn", _("the resident took it back")
    OTHER = "other", _("another reason that is written down")


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    """How exclusions are found."""

    def standing(self) -> Self:
        """Return those that nobody has taken back."""
        return self.filter(included_at=None)


class Exclusion(models.Model):
    """A round that the rates leave out (剔除): who left it out, when and why; it can be taken back and stays on the record."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("round"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    text = models.CharField(_("grounds"), max_length=500, blank=True)
    at = models.DateTimeField(_("left out"), default=clock.now)
    post = models.CharField(max_length=100, blank=True)
    included_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    included_post = models.CharField(max_length=100, blank=True)
    included_text = models.CharField(_("why taken back"), max_length=500, blank=True)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exclusion")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(included_at=None), name="exclusion_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="exclusion_reason_is_known"),
            models.CheckConstraint(
                condition=Q(reason=Reason.UNREACHED) | ~Q(text=""), name="exclusion_has_its_grounds"
            ),
            models.CheckConstraint(
                condition=Q(included_at=None, included_text="", included_post="") | Q(included_at__isnull=False),
                name="exclusion_taken_back_has_its_time",
            ),
        ]


def excluded() -> Exists:
    """Return the condition "left out of the rates" for a call-back."""
    return Exists(Exclusion.objects.standing().filter(case=OuterRef("case"), round=OuterRef("round")))
