"""Routes: who leads which needs. The first that matches counts; what none of them matches goes to the nearest body."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.lifecycle import Stateful, status_field, step
from linli.ground.database.models import STANDS_STILL
from linli.ground.kinds.fields import ServiceField

from .categories import Category
from .choices import Hours


class RouteStatus(models.TextChoices):
    """The life of a route."""

    ACTIVE = "active", _("in force")
    ENDED = "ended", _("ended")


class RouteQuerySet(models.QuerySet["Route"]):
    """How routes are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the routes of the actor's area and those above that hold in it; none for whoever keeps none."""
        area = actor.area(Power.KEEP_ROUTES)
        return self.none() if area is None else self.filter(place_path__startswith=area)

    def active(self) -> Self:
        """Return the routes in force, in the order in which they are asked: the inner place before the outer one."""
        return self.filter(status=RouteStatus.ACTIVE).order_by("-place_path", "position", "pk")


class Route(Stateful):
    """One rule of dispatch (派单规则): in which place, for which category, answer and hours, who leads and who helps, and why.

    A route never changes: revising it ends it and begins another, so that an old case still says by which words it was sent.
    """

    place_path = models.CharField(_("place"), max_length=20, db_collation="C")
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    name = models.CharField(_("name"), max_length=60)
    reason = models.CharField(_("why"), max_length=120)
    """Shown to the resident and the lead: why here?"""
    field = models.CharField(_("field of service"), max_length=20, choices=ServiceField.choices, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="routes", verbose_name=_("category of needs")
    )
    question = models.SlugField(_("question"), max_length=40, blank=True)
    answer = models.CharField(_("answer"), max_length=40, blank=True)
    hours = models.CharField(_("hours"), max_length=10, choices=Hours.choices, default=Hours.ANY)
    lead_at = models.CharField(_("lead: the nearest body of this kind"), max_length=60, blank=True)
    """A kind of body, or a department by its code: `subdistrict_office`, `department:housing`."""
    lead = models.ForeignKey(
        "organisations.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead: always this body"),
    )
    helpers_at = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("co-handlers: the nearest of each kind"),
    )
    status = status_field(RouteStatus, RouteStatus.ACTIVE)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(lead=None) & ~Q(lead_at="")) | Q(lead__isnull=False, lead_at=""),
                name="route_has_one_lead",
                violation_error_message=_("Choose either a kind of body or one body as the lead."),
            ),
            models.CheckConstraint(
                condition=Q(question="", answer="") | (~Q(question="") & ~Q(answer="") & Q(category__isnull=False)),
                name="route_answers_a_question_of_its_category",
                violation_error_message=_("An answer belongs to a question of the category."),
            ),
            models.CheckConstraint(
                condition=Q(category=None) | Q(field=""),
                name="route_by_category_or_field",
                violation_error_message=_("Choose a category or a whole field of service."),
            ),
            models.CheckConstraint(
                condition=Q(status=RouteStatus.ACTIVE, ended_at=None)
                | Q(status=RouteStatus.ENDED, ended_at__isnull=False),
                name="route_status_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["place_path", "name"],
                condition=Q(status=RouteStatus.ACTIVE),
                name="route_name_once",
                violation_error_message=_("This place has a route of this name already."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-place_path", "position", "id"], name="route_order", condition=Q(status="active"))
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("routing:show", args=[self.pk])

    def matches(
        self, *, place_path: str, category: Category, answers: Mapping[str, str], is_open: Callable[[], bool]
    ) -> bool:
        """Say whether a need is this route's: by place, by category or field, by one answer, by the hour."""
        is_about = self.category_id in {None, category.pk} and self.field in {"", category.field}
        is_said = not self.question or answers.get(self.question) == self.answer
        if not (place_path.startswith(self.place_path) and is_about and is_said):
            return False
        return self.hours == Hours.ANY or (self.hours == Hours.OFFICE) == is_open()

    @step(source=[RouteStatus.ACTIVE], target=RouteStatus.ENDED)
    def end(self, *, by: Actor, at: datetime | None = None) -> None:  # noqa: ARG002 (the log takes who)
        """Take it out of force; the cases that came by it keep its reason."""
        self.ended_at = at or clock.now()
