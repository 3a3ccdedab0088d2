"""Bodies and their posts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import RoleCode
from linli.ground.core.codes import new_code
from linli.ground.core.lifecycle import Stateful, change
from linli.ground.database.models import STANDS_STILL
from linli.ground.kinds.models import BodyKind, Group

PHONE: Final = r"^(0[0-9]{2,3}-[0-9]{7,8}|1[3-9][0-9]{9}|[19][0-9]{4})$"
"""A landline with its area code, a mobile number, or a short one like 12345."""


class Category(models.TextChoices):
    """What an association is for (民发〔2017〕191号, with the rights and training groups that cities add)."""

    SERVICE = "service", _("service to people")
    CHARITY = "charity", _("charity")
    MUTUAL_HELP = "mutual_help", _("mutual help")
    RECREATION = "recreation", _("culture, sport and recreation")
    RIGHTS = "rights", _("protection of rights")
    TRAINING = "training", _("education and training")
    SAFETY = "safety", _("public safety")
    RURAL = "rural", _("rural technique")


class BodyQuerySet(models.QuerySet["Body"]):
    """How bodies are found."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 (who stands where is public)
        """Return every body: what bodies a place has is public."""
        return self.select_related("kind", "place", "parent", "duty")

    def current(self) -> Self:
        """Return the bodies that stand today."""
        return self.filter(ended_on__isnull=True)

    def under(self, path: str) -> Self:
        """Return the bodies at a place and everywhere below it."""
        return self.filter(place__path__startswith=path)


@dataclass(frozen=True)
class Contact:
    """How people reach a body: public facts of an office, never a person's own number."""

    phone: str = ""
    address: str = ""
    hours: str = ""
    duty: "Post | None" = None
    """The post whose holder answers."""


class Body(Stateful):
    """An organisation that stands at a place: a committee, a meeting, an association, an office."""

    reference = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    kind = models.ForeignKey(BodyKind, models.PROTECT, related_name="bodies", verbose_name=_("kind"))
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="bodies", verbose_name=_("place"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    slot = models.CharField(max_length=40, blank=True, editable=False)
    """Empty for the only one of its kind at a place; a department's code, or the reference, where there may be many."""
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=40)
    founded_on = models.DateField(_("founded on"))
    ended_on = models.DateField(_("dissolved on"), null=True, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices, blank=True)
    """What an association is for; empty for every other body."""
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=100, blank=True)
    hours = models.CharField(_("opening hours"), max_length=100, blank=True)
    duty = models.ForeignKey("Post", models.PROTECT, null=True, blank=True, related_name="+")
    """The post whose holder answers those who come or call."""

    objects = BodyQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "place", "slot"],
                condition=models.Q(ended_on__isnull=True),
                name="body_stands_once",
                violation_error_message=_("This place has such a body already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("founded_on")),
                name="body_ends_after_it_began",
                violation_error_message=_("A body cannot be dissolved before it was founded."),
            ),
            models.CheckConstraint(
                condition=models.Q(category__in=["", *Category.values]),
                name="body_category_is_known",
                violation_error_message=_("There is no such category."),
            ),
            models.CheckConstraint(
                condition=models.Q(phone="") | models.Q(phone__regex=PHONE),
                name="body_phone_is_one",
                violation_error_message=_("This is no telephone number."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["place", "kind"], name="body_by_place")]
        verbose_name = _("body")

    def __str__(self) -> str:
        """Return the full name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("organisations:show", args=[self.reference])

    @property
    def place_path(self) -> str:
        """The path of the place where it stands."""
        return self.place.path

    @change
    def rename(self, *, name: str, short_name: str, by: Actor) -> None:  # noqa: ARG002 (the log takes it)
        """Give the body another name; what it decided keeps the name it was decided under."""
        self.name, self.short_name = name, short_name

    @change
    def correct(self, *, founded_on: date, category: str = "", contact: Contact | None = None, by: Actor) -> None:  # noqa: ARG002
        """Correct when the body was founded, what an association is for and how it is reached. Raises ValidationError."""
        held = models.Q(holdings__withdrawn_on__isnull=True)
        begun = self.posts.aggregate(first=models.Min("holdings__begins_on", filter=held))["first"]
        if begun is not None and begun < founded_on:
            raise ValidationError(gettext("Somebody held a post of this body before that day."), code="order")
        if self.ended_on is not None and self.ended_on < founded_on:
            raise ValidationError(gettext("A body cannot be dissolved before it was founded."), code="order")
        if category and self.kind.group != Group.ASSOCIATION:
            raise ValidationError(gettext("Only associations have a category."), code="category")
        self.founded_on, self.category = founded_on, category
        if contact is not None:
            if contact.duty is not None and (contact.duty.body_id != self.pk or contact.duty.abolished_on is not None):
                raise ValidationError(gettext("Only a post of this body can answer for it."), code="duty")
            self.phone, self.address, self.hours = contact.phone, contact.address, contact.hours
            self.duty = contact.duty

    @change
    def move(self, *, parent: "Body | None", by: Actor) -> None:  # noqa: ARG002
        """Put the body under another one, or under none."""
        self.parent = parent

    @change
    def close(self, *, on: date, by: Actor) -> None:  # noqa: ARG002
        """End the body; `actions.dissolve` ends its posts first."""
        self.ended_on = on


class PostQuerySet(models.QuerySet["Post"]):
    """How posts are found."""

    def current(self) -> Self:
        """Return the posts that have not been abolished."""
        return self.filter(abolished_on__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        """Return the posts that the actor may fill; who holds which post is read from a body's sheet."""
        area = actor.area(Power.MANAGE_BODIES)
        return (
            self.none()
            if area is None
            else self.current().filter(body__place__path__startswith=area).select_related("body__place", "body__kind")
        )


class Post(Stateful):
    """A post of a body, with its seats and the role that its holders act in."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", verbose_name=_("body"))
    code = models.CharField(max_length=40)
    name = models.CharField(_("post"), max_length=40)
    role = models.CharField(_("role"), max_length=20, choices=RoleCode.choices)
    seats = models.PositiveSmallIntegerField(_("seats"))
    head = models.BooleanField(_("leads the body"), default=False)
    sent_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="posts_sent")
    """The department that sends the holders of a stationed post."""
    position = models.PositiveSmallIntegerField(default=0)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    """Why the post is not, or no more, as its kind gives it."""

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "id"]
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "code"], name="post_named_once"),
            models.UniqueConstraint(
                fields=["body", "name"], condition=models.Q(abolished_on=None), name="post_names_differ"
            ),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="post_has_a_seat"),
        ]
        verbose_name = _("post")

    def __str__(self) -> str:
        """Return the body's short name and the post's."""
        return f"{self.body.short_name} · {self.name}"

    @property
    def place_path(self) -> str:
        """The path of the body's place."""
        return self.body.place.path

    @property
    def is_kept(self) -> bool:
        """Whether the post stays as long as its body: who leads it, and who keeps the platform."""
        return self.head or self.role == RoleCode.ADMINISTRATOR

    @change
    def rename(self, *, name: str, reason: str = "", by: Actor) -> None:  # noqa: ARG002 (the log takes it)
        """Give the post another name; who holds it holds it on."""
        self.name, self.reason = name, reason

    @change
    def resize(self, *, seats: int, reason: str = "", by: Actor) -> None:  # noqa: ARG002
        """Give the post more or fewer seats; `posts.actions.resize` looks at the law and at who sits there first."""
        self.seats, self.reason = seats, reason

    @change
    def abolish(self, *, on: date, reason: str = "", by: Actor) -> None:  # noqa: ARG002
        """End the post; `posts.actions.abolish` sees to it that nobody sits there."""
        self.abolished_on, self.reason = on, reason
