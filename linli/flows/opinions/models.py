"""Facts of opinions: who was asked on a joint application, on what and until when, and what they said."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """How opinions are found."""

    def open(self) -> Self:
        """Return those that have not been given."""
        return self.filter(given_at=None)

    def awaited(self) -> Self:
        """Return those that have not been given and whose time is not over: the decision waits for them."""
        return self.open().filter(due_at__gte=clock.now())


class Opinion(models.Model):
    """What one body was asked on a joint application when it was accepted, and what it said (征求意见、回复意见)."""

    application = models.ForeignKey("services.Application", models.PROTECT, related_name="+")
    body = models.ForeignKey(
        "organisations.Body", models.PROTECT, related_name="+", verbose_name=_("whose opinion is asked")
    )
    stands_in = models.CharField(max_length=400, blank=True)
    """The departments that have no body here, so that the lead is asked in their place; empty for a department itself."""
    about = models.TextField(_("what it gives its opinion on"), max_length=2500)
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("due"))
    agrees = models.BooleanField(_("opinion"), null=True, blank=True)
    text = models.TextField(_("reason"), max_length=1000, blank=True)
    given_at = models.DateTimeField(_("opinion given"), null=True, blank=True)
    given_by = models.CharField(max_length=100, blank=True)
    """The post in which it was given."""

    objects = OpinionQuerySet.as_manager()

    class Meta:
        """In the order in which they were asked; a body is asked once."""

        verbose_name = _("opinion of a department")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "body"], name="opinion_of_a_body_once"),
            models.CheckConstraint(
                condition=Q(given_at=None, agrees=None, text="", given_by="")
                | (Q(given_at__isnull=False, agrees__isnull=False) & ~Q(given_by="")),
                name="opinion_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(agrees=None) | Q(agrees=True) | ~Q(text=""), name="opinion_against_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("asked_at")) & (Q(given_at=None) | Q(given_at__gte=F("asked_at"))),
                name="opinion_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "application"], name="opinion_by_body")]

    @property
    def is_late(self) -> bool:
        """Whether it came after its time."""
        return self.given_at is not None and self.given_at > self.due_at
