"""The catalogue: what can be applied for in the city, by which law, with which papers, how long it takes and what it costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.lifecycle import Stateful, change
from linli.ground.kinds.fields import SEVEN
from linli.ground.textsearch.models import gram_index
from linli.ground.textsearch.queries import grams

from .choices import ItemKind, MaterialSource, Mode
from .lines import MaterialLine, OpinionLine, StepLine, name_of

CODE: Final = r"^[0-9]{8}[A-Z]{2}-(XK|QR|JF|JL|GG|QT)-[0-9]{4}$"
"""Ten characters of the body (eight figures of the division, two letters), the kind's letters, four figures."""
LINES: Final = ("materials", "steps", "opinions")
ENDS_AFTER: Final = Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))


@dataclass(frozen=True)
class Entry:
    """What somebody has written about an item, cleaned: its facts by name, its materials, its steps, whose opinions are asked."""

    facts: Mapping[str, object]
    materials: Sequence[MaterialLine]
    steps: Sequence[StepLine]
    opinions: Sequence[OpinionLine] = ()

    @property
    def code(self) -> str:
        """The code under which it stands in the catalogue."""
        return str(self.facts["code"])

    @property
    def written(self) -> dict[str, object]:
        """Everything as the form takes it: the facts, and the lines as text."""
        return {**self.facts} | {name: "\n".join(map(str, getattr(self, name))) for name in LINES}


class ItemQuerySet(models.QuerySet["Item"]):
    """How items are found."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 (what one may apply for is public)
        """Return every item: the catalogue is public, ended items stay readable."""
        return self

    def current(self) -> Self:
        """Return the items that can be applied for today."""
        today = clock.today()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=today), valid_from__lte=today)


class Item(Stateful):
    """One thing that can be applied for (事项). An editable default of the city; each change is a version on the record."""

    code = models.CharField(_("item code"), max_length=18, unique=True)
    place_path = models.CharField(max_length=12, editable=False)
    """The city whose catalogue it stands in."""
    name = models.CharField(_("name of the item"), max_length=60)
    aliases = models.CharField(_("what people call it"), max_length=60, blank=True)
    """Found by these words too: 低保."""
    field = models.CharField(_("field of service"), max_length=20, choices=SEVEN)
    kind = models.CharField(_("kind of item"), max_length=2, choices=ItemKind.choices)
    mode = models.CharField(_("how it is handled"), max_length=20, choices=Mode.choices)
    department = models.CharField(_("competent department"), max_length=40)
    """The department's code (departments.toml)."""
    legal_basis = models.CharField(_("basis in law"), max_length=200)
    article = models.CharField(_("article"), max_length=60, blank=True)
    conditions = models.TextField(_("who may apply"), max_length=1000)
    statutory_days = models.PositiveSmallIntegerField(_("statutory limit, working days"), null=True, blank=True)
    promised_days = models.PositiveSmallIntegerField(_("promised limit, working days"))
    fee = models.PositiveIntegerField(_("fee"), default=0)
    """In fen."""
    fee_basis = models.CharField(_("basis of the fee"), max_length=100, blank=True)
    result = models.CharField(_("result"), max_length=100)
    contact = models.CharField(_("telephone for questions"), max_length=60, blank=True)
    hours = models.CharField(_("opening hours"), max_length=100, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    grams = models.TextField(editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        """In the order of the catalogue: by field, then by code. Searched by grams."""

        verbose_name = _("service item")
        ordering: ClassVar = ["field", "code"]
        indexes: ClassVar = [gram_index("grams", "item_by_grams")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(code__regex=CODE), name="item_code_is_well_formed"),
            models.CheckConstraint(
                condition=Q(field__in=[one for one, _label in SEVEN], kind__in=ItemKind.values, mode__in=Mode.values),
                name="item_choices_are_known",
            ),
            models.CheckConstraint(
                condition=Q(statutory_days=None) | Q(promised_days__lte=F("statutory_days")),
                name="promised_within_statutory",
                violation_error_message=_("The promised limit may not be longer than the statutory one."),
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.IMMEDIATE, promised_days=0) | (~Q(mode=Mode.IMMEDIATE) & Q(promised_days__gte=1)),
                name="on_the_spot_takes_no_days",
                violation_error_message=_("What is done on the spot takes 0 working days, everything else at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(fee=0) | ~Q(fee_basis=""),
                name="no_fee_without_basis",
                violation_error_message=_("A fee needs its basis."),
            ),
            models.CheckConstraint(
                condition=ENDS_AFTER,
                name="item_ends_after_it_began",
                violation_error_message=_("An item cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its guide."""
        return reverse("guides:show", args=[self.code])

    @property
    def is_current(self) -> bool:
        """Whether it can be applied for today."""
        return self.valid_from <= clock.today() and (self.valid_until is None or self.valid_until >= clock.today())

    @property
    def department_name(self) -> str:
        """The competent department's name of today."""
        return name_of(self.department)

    @property
    def basis(self) -> str:
        """Law and article in one line."""
        return f"{self.legal_basis} {self.article}".strip()

    def facts(self) -> dict[str, object]:
        """Return what people write about it, by the names of the form; materials, steps and opinions as lines of text."""
        own = {name: getattr(self, name) for name in FACTS}
        return own | {name: "\n".join(str(one.line) for one in getattr(self, name).all()) for name in LINES}

    def write(self, facts: Mapping[str, object]) -> None:
        """Take facts over, without saving; the lines are written by `write_lines`."""
        for name in FACTS:
            setattr(self, name, facts[name])
        self.grams = grams(f"{self.code} {self.conditions} {self.result}", names=f"{self.name} {self.aliases}")

    def write_lines(
        self, materials: Iterable[MaterialLine], steps: Iterable[StepLine], opinions: Iterable[OpinionLine] = ()
    ) -> None:
        """Put these materials, steps and opinions in place of those before."""
        for name in LINES:
            getattr(self, name).all().delete()
        Material.objects.bulk_create(
            Material(item=self, position=at, **vars(line)) for at, line in enumerate(materials, start=1)
        )
        ItemStep.objects.bulk_create(
            ItemStep(item=self, position=at, **vars(line)) for at, line in enumerate(steps, start=1)
        )
        ItemOpinion.objects.bulk_create(
            ItemOpinion(item=self, position=at, **vars(line)) for at, line in enumerate(opinions, start=1)
        )

    @change
    def edit(
        self,
        *,
        facts: Mapping[str, object],
        materials: Iterable[MaterialLine],
        steps: Iterable[StepLine],
        opinions: Iterable[OpinionLine] = (),
        by: Actor,  # noqa: ARG002
    ) -> None:
        """Say anew what it is; whoever has applied keeps the version they applied under."""
        self.write(facts)
        self.write_lines(materials, steps, opinions)

    @change
    def end(self, *, on: date, by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Let nobody apply for it after a day."""
        self.valid_until = on


FACTS: Final = (
    "code", "name", "aliases", "field", "kind", "mode", "department", "legal_basis", "article", "conditions", "statutory_days",
    "promised_days", "fee", "fee_basis", "result", "contact", "hours", "valid_from", "valid_until",
)  # fmt: skip


class Material(models.Model):
    """One paper that an item asks for; one that sharing of data brings is not asked of the applicant (在线政务服务若干规定)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("material"), max_length=100)
    originals = models.PositiveSmallIntegerField(_("originals"))
    copies = models.PositiveSmallIntegerField(_("copies"))
    source = models.CharField(_("where it comes from"), max_length=10, choices=MaterialSource.choices)
    waived_why = models.CharField(_("why it need not be handed in"), max_length=100, blank=True)

    class Meta:
        """In the order of the guide."""

        verbose_name = _("material")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "position"], name="material_in_its_place"),
            models.CheckConstraint(condition=Q(source__in=MaterialSource.values), name="material_source_is_known"),
        ]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    @property
    def line(self) -> MaterialLine:
        """The material as a line."""
        return MaterialLine(self.name, self.originals, self.copies, self.source, self.waived_why)


class ItemStep(models.Model):
    """One step of an item's handling, e.g. the visit at home, with its working days."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("step of the handling"), max_length=100)
    days = models.PositiveSmallIntegerField(_("working days"))
    is_counted = models.BooleanField(_("counts in the statutory time"))

    class Meta:
        """In order."""

        verbose_name = _("step of the handling")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "position"], name="step_in_its_place")]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    @property
    def line(self) -> StepLine:
        """The step as a line."""
        return StepLine(self.name, self.days, self.is_counted)


class ItemOpinion(models.Model):
    """One department that has its say on a joint item (征求意见) before the competent one decides (行政许可法 art. 26)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="opinions")
    position = models.PositiveSmallIntegerField()
    department = models.CharField(_("department"), max_length=40)
    """Its code (departments.toml)."""
    about = models.CharField(_("what it gives its opinion on"), max_length=100)
    days = models.PositiveSmallIntegerField(_("working days"))

    class Meta:
        """In order."""

        verbose_name = _("opinion of a department")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "position"], name="opinion_in_its_place"),
            models.UniqueConstraint(fields=["item", "department"], name="opinion_of_a_department_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="opinion_takes_days"),
        ]

    def __str__(self) -> str:
        """Name the department."""
        return name_of(self.department)

    @property
    def line(self) -> OpinionLine:
        """The opinion as a line."""
        return OpinionLine(self.department, self.about, self.days)
