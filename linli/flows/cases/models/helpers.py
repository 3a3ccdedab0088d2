"""Co-handlers: bodies that help the lead, each with a time of its own."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.redaction.queries import masked

from .choices import LONGEST


class HelperQuerySet(models.QuerySet["Helper"]):
    """How co-handlers are found."""

    def waiting(self) -> Self:
        """Return those that have not reported to the lead yet."""
        return self.filter(reported_at=None)

    def of_actor(self, actor: Actor) -> Self:
        """Return what the body of the actor's post helps with."""
        if actor.post is None or not actor.holds_in(Power.HANDLE_CASES, actor.post.body):
            return self.none()
        return self.filter(body=actor.post.body)


class Helper(models.Model):
    """A body that helps the lead with a case (协办单位); the lead stays responsible (北京市接诉即办工作条例 art. 14)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="helpers")
    body = models.ForeignKey("organisations.Body", models.PROTECT, related_name="+", verbose_name=_("co-handler"))
    asked_at = models.DateTimeField(default=clock.now)
    wanted = models.CharField(_("what is asked of it"), max_length=200, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(_("what it has done"), max_length=LONGEST, blank=True)

    objects = HelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-handler")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "body"], condition=Q(reported_at=None), name="helper_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, text="") | (Q(reported_at__isnull=False) & ~Q(text="")),
                name="helper_report_has_its_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "case"], name="helper_by_body")]

    @property
    def masked_wanted(self) -> str:
        """What is asked of it, as the resident reads it: offices write to each other whom to call."""
        return masked(self.wanted)
