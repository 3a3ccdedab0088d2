"""Facts of replies: a template for the words of one step, of one body or of everybody in a place."""

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.commons.routing.models import Category
from linli.flows.cases.models import LONGEST
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.lifecycle import Stateful, status_field, step
from linli.ground.places.divisions import ancestors_of

TAKEN: Final = _("There is a template of this name already.")


class Verb(models.TextChoices):
    """The step whose words it offers."""

    ANSWER = "answer", _("answer")
    INFORM = "inform", _("progress")
    REFUSE = "refuse", _("refusal")
    EXTEND = "extend", _("reason for taking longer")


class ReplyStatus(models.TextChoices):
    """The life of a template."""

    ACTIVE = "active", _("in use")
    ENDED = "ended", _("ended")


class ReplyQuerySet(models.QuerySet["Reply"]):
    """How templates are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return those of the actor's body, of its place and those above, and of the area whose templates they keep."""
        if actor.post is None:
            return self.none()
        path, area = actor.post.place_path, actor.area(Power.KEEP_REPLIES)
        seen = Q(body=actor.post.body) | Q(body=None, place_path__in=[path, *ancestors_of(path)])
        return self.filter(seen if area is None else seen | Q(body=None, place_path__startswith=area))

    def active(self) -> Self:
        """Return those in use, the own body's first, then by name."""
        return self.filter(status=ReplyStatus.ACTIVE).order_by(models.F("body").asc(nulls_last=True), "name", "pk")


class Reply(Stateful):
    """One template. It never changes: revising it ends it and begins another, so that it can be seen by what words people were answered."""

    place_path = models.CharField(_("place"), max_length=20, db_collation="C")
    body = models.ForeignKey(
        "organisations.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    """Whose it is; of everybody in the place where it is nobody's."""
    verb = models.CharField(_("step"), max_length=10, choices=Verb.choices)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category of needs")
    )
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), max_length=LONGEST)
    status = status_field(ReplyStatus, ReplyStatus.ACTIVE)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply template")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="reply_verb_is_known"),
            models.CheckConstraint(
                condition=Q(status=ReplyStatus.ACTIVE, ended_at=None)
                | Q(status=ReplyStatus.ENDED, ended_at__isnull=False),
                name="reply_status_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["place_path", "body", "name"],
                condition=Q(status=ReplyStatus.ACTIVE),
                nulls_distinct=False,
                name="reply_name_once",
                violation_error_message=TAKEN,
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("replies:revise", args=[self.pk])

    @step(source=[ReplyStatus.ACTIVE], target=ReplyStatus.ENDED)
    def end(self, *, by: Actor) -> None:  # noqa: ARG002 (the log takes who)
        """Offer it no longer."""
        self.ended_at = clock.now()
