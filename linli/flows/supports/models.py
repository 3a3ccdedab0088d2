"""Facts of supports: the matters that open cases hold, who supports a case, which case is part of which."""

from dataclasses import dataclass
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.models import LONGEST, Case, Channel
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.crypto import EncryptedField
from linli.ground.people import identity
from linli.ground.people.models import Person, PersonalData
from linli.ground.redaction.queries import masked

NOBODY: Final[dict[str, str | None]] = {"person": None, "name": "", "phone": "", "contact": "", "text": ""}
"""What a support says once nobody may be known by it; that there was one stays."""


@dataclass(frozen=True)
class Who:
    """Somebody who brings a need: how to address them, and by what they are known again."""

    name: str
    phone: str = ""
    contact: str = ""
    person: int | None = None

    @property
    def known_by(self) -> str:
        """By what the same person is found again; empty for somebody without phone and account."""
        return self.contact or (f"person:{self.person}" if self.person else "")

    def is_behind(self, other: "Support | models.Model") -> bool:
        """Say whether a reporter or a support is theirs."""
        contact, person = getattr(other, "contact", ""), getattr(other, "person_id", None)
        return (bool(self.contact) and self.contact == contact) or (self.person is not None and self.person == person)


class Matter(models.Model):
    """What a case is about, as a key that the same matter meets again. One case holds it; the same key at once is the same matter.

    The key is a keyed hash of category, community, and the object where its number is named, else the spot; for personal categories of the
    person too. A second matter there, as the resident says, has the next `number`. A case that has its answer or is too old
    (`cases.same.days`) lets go of it as soon as somebody else asks for it.
    """

    key = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField(default=0)
    case = models.ForeignKey(Case, models.PROTECT, related_name="matters")
    origin = models.OneToOneField(Case, models.PROTECT, related_name="+")
    """The case that brought it; another one holds it while that is merged."""

    class Meta:
        verbose_name = _("matter of cases")
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "number"], name="matter_held_once")]


class SupportQuerySet(models.QuerySet["Support"]):
    """How supports are found."""

    def of(self, actor: Actor) -> Self:
        """Return the supports of whoever asks, by person or by proven phone."""
        mine = Q(pk__in=[])
        if actor.contact:
            mine |= Q(contact=actor.contact)
        if actor.person:
            mine |= Q(person=actor.person)
        return self.filter(mine)

    def behind(self, person: Person) -> Self:
        """Return the supports of a person of the register: signed in, or by a phone of theirs where no other person is known for it."""
        phones = {*person.accounts.values_list("contact", flat=True)}
        phones |= {*PersonalData.objects.filter(person=person).values_list("phone_index", flat=True)}
        return self.filter(Q(person=person) | Q(person=None, contact__in=phones - {"", None}))

    def named(self) -> Self:
        """Return those that still say who supports."""
        return self.exclude(person=None, name="", phone="", text="")


class Support(models.Model):
    """Somebody's word that they need the same (附议): personal data and their own words, apart from the case.

    Basis, keeping and forgetting are those of reporters (`cases.Reporter`): a person's copy and erasure, `retention.case.years` and
    `retention.contact.days` after the end of the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="supports")
    origin = models.ForeignKey(Case, models.PROTECT, related_name="+")
    """The case that they came to; when cases are merged their supports move along, when they are split they move back."""
    is_reporter = models.BooleanField(default=False)
    """Whether they brought the origin, which is merged now."""
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=64, blank=True, db_index=True)
    name = EncryptedField(_("name"), blank=True)
    phone = EncryptedField(_("phone"), blank=True)
    text = EncryptedField(_("what they say"), blank=True, max_length=LONGEST)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    sent_as = models.UUIDField(null=True, unique=True, editable=False)
    at = models.DateTimeField(default=clock.now)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "contact"], condition=~Q(contact=""), name="support_once_a_phone"),
            models.UniqueConstraint(fields=["case", "person"], name="support_once_a_person"),
            models.CheckConstraint(
                condition=Q(phone="", contact="") | (~Q(phone="") & ~Q(contact="")), name="support_phone_has_its_index"
            ),
            models.CheckConstraint(
                condition=Q(is_reporter=False) | ~Q(case=F("origin")), name="support_of_a_reporter_is_elsewhere"
            ),
        ]

    @property
    def masked_name(self) -> str:
        """王某某."""
        return identity.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """139****0001, or empty for somebody without a phone."""
        return identity.mask_phone(self.phone) if self.phone else ""

    @property
    def masked_text(self) -> str:
        """Their words without personal numbers."""
        return masked(self.text)


class Part(models.Model):
    """A case that is part of a larger one: each is led and answered by its own body, and the whole waits for it."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="part")
    whole = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("part of a case")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(case=F("whole")), name="part_is_not_its_own_whole"),
        ]
