"""Facts of escalations: which higher body was called for, and how it answered."""

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock


class Answer(models.TextChoices):
    """How a higher body stands to what it was called for."""

    WAITING = "waiting", _("has not reported in yet")
    TAKES_PART = "takes_part", pgettext_lazy("escalation", "takes part")
    OFFERS = "offers", _("offers to lead; the dispatcher rules on it")
    LEADS = "leads", _("has taken the lead over")
    DECLINES = "declines", _("has said why not")
    ENDED = "ended", _("the matter ended before")


OPEN: Final = (Answer.WAITING, Answer.OFFERS)
"""Somebody still has to act on these."""


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """How escalations are found."""

    def open(self) -> Self:
        """Return those on which somebody still has to act."""
        return self.filter(status__in=OPEN)

    def offered(self) -> Self:
        """Return those in which the body offers to lead."""
        return self.filter(status=Answer.OFFERS)

    def of_actor(self, actor: Actor) -> Self:
        """Return those for which the body of the actor's post has to report in."""
        if actor.post is None or not actor.holds_in(Power.HANDLE_CASES, actor.post.body):
            return self.none()
        return self.filter(body=actor.post.body, status=Answer.WAITING)


class Escalation(models.Model):
    """A lead has whistled for a higher body (北京市接诉即办工作条例 art. 16, 20); what was said stands with the case."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="escalations")
    body = models.ForeignKey("organisations.Body", models.PROTECT, related_name="+", verbose_name=_("higher body"))
    lead = models.ForeignKey("organisations.Body", models.PROTECT, related_name="+", verbose_name=_("lead"))
    """Who whistled."""
    status = models.CharField(_("status"), max_length=10, choices=Answer.choices, default=Answer.WAITING)
    whistled_at = models.DateTimeField(default=clock.now)
    whistled_by = models.CharField(max_length=100, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.CharField(max_length=100, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "body"], condition=Q(status__in=OPEN), name="escalation_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status=Answer.OFFERS), name="escalation_one_offer_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status=Answer.WAITING, reported_at=None)
                | Q(status=Answer.ENDED)
                | Q(
                    status__in=[Answer.TAKES_PART, Answer.OFFERS, Answer.LEADS, Answer.DECLINES],
                    reported_at__isnull=False,
                ),
                name="escalation_status_has_its_time",
            ),
            models.CheckConstraint(condition=~Q(body=models.F("lead")), name="escalation_to_another_body"),
        ]
