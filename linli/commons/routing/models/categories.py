"""What a need is about: the categories that residents choose from, and what each of them asks."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused, Stateful, change
from linli.ground.database.models import STANDS_STILL
from linli.ground.kinds.fields import ServiceField

from .choices import Urgency


@dataclass(frozen=True)
class Asked:
    """A question as it is written down for a category; without options it is answered in one's own words."""

    code: str
    text: str
    options: list[str] = field(default_factory=list)
    is_required: bool = False
    names_object: bool = False


class CategoryQuerySet(models.QuerySet["Category"]):
    """How categories are found."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 (what one may ask for is public)
        """Return every category: what one may ask for is public."""
        return self

    def open(self) -> Self:
        """Return the categories that a new need may have."""
        return self.filter(ended_on__isnull=True)


class Category(Stateful):
    """A kind of need (诉求类别): 路灯照明, 垃圾清运. Each field of service has one for whatever has none of its own."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    field = models.CharField(_("field of service"), max_length=20, choices=ServiceField.choices)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    examples = models.CharField(_("examples"), max_length=100, blank=True)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    is_shared = models.BooleanField(_("concerns everybody at the spot"), default=False)
    """Whether a need at the same spot is the same matter for whoever brings it; a personal one is the same for its person alone."""
    is_rest = models.BooleanField(_("for whatever has no category of its own"), default=False, editable=False)
    is_public = models.BooleanField(_("everybody may read what is reported"), default=False)
    """Without who reported it: for things of the city, not for what people tell about themselves or each other (decision 0022)."""
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "code"]
        verbose_name = _("category of needs")
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["field"], condition=Q(is_rest=True), name="category_one_rest_a_field"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(ended_on__isnull=True),
                name="category_name_once",
                violation_error_message=_("There is a category of this name already."),
            ),
            models.CheckConstraint(condition=Q(is_rest=False) | Q(ended_on=None), name="category_rest_stays"),
            models.CheckConstraint(condition=Q(is_rest=False) | Q(is_shared=False), name="category_rest_is_not_shared"),
            models.CheckConstraint(condition=Q(field__in=ServiceField.values), name="category_field_is_known"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="category_urgency_is_known"),
        ]

    def __str__(self) -> str:
        """Return its name in the reader's language."""
        return self.name if (get_language() or "").startswith("zh") else self.name_en or self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("routing:show_category", args=[self.code])

    @property
    def rule(self) -> str:
        """The key of the rule that gives its time limit."""
        return Urgency(self.urgency).rule

    @change
    def edit(
        self,
        *,
        name: str,
        name_en: str,
        examples: str,
        urgency: str,
        is_shared: bool,
        is_public: bool,
        by: Actor,  # noqa: ARG002 (the log's word)
    ) -> None:
        """Change its names, examples, urgency, whether it is shared and who may read; needs that came before keep their clocks."""
        self.name, self.name_en, self.examples, self.urgency = name, name_en, examples, urgency
        self.is_shared, self.is_public = is_shared and not self.is_rest, is_public

    def ask(self, questions: Iterable[Asked]) -> None:
        """Ask these questions and no others; the caller records the change of the category."""
        self.questions.all().delete()
        rows = (Question(category=self, position=number, **asdict(one)) for number, one in enumerate(questions))
        Question.objects.bulk_create(rows)

    @change
    def end(self, *, by: Actor) -> None:  # noqa: ARG002
        """Offer it no longer; what was reported under it keeps it. Raises Refused for the one that takes the rest of its field."""
        if self.is_rest or self.ended_on:
            raise Refused(self, "end")
        self.ended_on = clock.today()


class Question(models.Model):
    """What a category asks beside the text: with options to choose from, or in a few words of one's own."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=40)
    text = models.CharField(_("question"), max_length=60)
    options = ArrayField(models.CharField(max_length=40), verbose_name=_("options"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    names_object = models.BooleanField(_("names the object"), default=False)
    """Whether its answer is the number of the thing itself (灯杆编号): in a community one number is one matter, whatever the spot."""
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = _("question of a category")
        triggers: ClassVar = [STANDS_STILL]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "code"], name="question_code_once"),
            models.CheckConstraint(condition=Q(options__len__lte=12), name="question_options_few"),
            models.UniqueConstraint(
                fields=["category"],
                condition=Q(names_object=True),
                name="question_one_object_a_category",
                violation_error_message=_("One question of a category names the object, no more."),
            ),
            models.CheckConstraint(
                condition=Q(names_object=False) | Q(options=[]),
                name="question_object_is_not_chosen",
                violation_error_message=_("The number of an object is written, not chosen from options."),
            ),
        ]

    def __str__(self) -> str:
        """Return what is asked."""
        return self.text
