"""The residents' register: the entries, without what identifies a person."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.core.lifecycle import Stateful, change
from linli.ground.people import identity
from linli.ground.places.models import Place

ADULT_AGE = 18  # Civil Code art. 17


class Residence(models.TextChoices):
    """How a person belongs to a community; only the first two are residents."""

    REGISTERED = "registered", _("household registered here")
    LIVING = "living", _("living here, registered elsewhere")
    NONE = "none", _("not a resident")


class Sex(models.TextChoices):
    """As on the identity card; needed where the law counts women members."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    UNKNOWN = "", _("not recorded")


class Electoral(models.TextChoices):
    """Where a person stands in the elections of the community."""

    REGISTERED = "registered", _("registered to vote here")
    ELSEWHERE = "elsewhere", _("registered elsewhere")
    DEPRIVED = "deprived", _("without political rights")
    UNREGISTERED = "unregistered", _("not registered")


class Verification(models.TextChoices):
    """How sure the entry is."""

    DECLARED = "declared", _("declared")
    DOCUMENT = "document", _("document seen")
    AUTHORITY = "authority", _("verified by the authority")


class Source(models.TextChoices):
    """Which channel the entry came by."""

    DESK = "desk", _("at the desk")
    IMPORT = "import", _("from a list")
    SELF = "self", _("by the person")
    STAFF = "staff", _("as a member of staff")


class PersonQuerySet(models.QuerySet["Person"]):
    """How persons are found; every door uses `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the persons of the place whose register the actor keeps, and the actor's own entry."""
        own = Q(pk=actor.person) if actor.person else Q(pk__in=[])
        area = actor.area(Power.KEEP_REGISTER)
        if area == "":
            return self
        return self.filter(own | Q(place__path__startswith=area)) if area else self.filter(own)

    def under(self, place_path: str) -> Self:
        """Return those whose community or grid lies under a place."""
        return self.filter(place__path__startswith=place_path)

    def present(self, on: date) -> Self:
        """Return the residents on a day: neither dead, moved away, merged nor mere staff."""
        there = Q(died_on__isnull=True) | Q(died_on__gt=on)
        here = Q(left_on__isnull=True) | Q(left_on__gt=on) | Q(back_on__lte=on)
        return self.filter(there, here, merged_into__isnull=True).exclude(residence=Residence.NONE)

    def adults(self, on: date) -> Self:
        """Return those who are eighteen on a day, the birthday included; an unknown day of birth does not count."""
        return self.filter(born_on__lte=eighteen_years_before(on))

    def like(self, text: str) -> Self:
        """Return exact matches by whole name, surname, phone or identity number: encrypted fields cannot be searched in part."""
        index = identity.name_index(text)
        hits = Q(personal__name_index=index) | Q(personal__surname_index=index)
        hits |= Q(personal__phone_index=identity.phone_index(text)) | Q(
            personal__id_index=identity.id_index(text.upper())
        )
        return self.filter(hits)


def eighteen_years_before(on: date) -> date:
    """Return the latest day of birth of somebody who is an adult on this day."""
    try:
        return on.replace(year=on.year - ADULT_AGE)
    except ValueError:  # 29 February
        return on.replace(year=on.year - ADULT_AGE, day=28)


class Person(Stateful):
    """An entry of the residents' register, with or without an account. Counts and shares (1/10 of adults …) use it, never accounts.

    What identifies the person is in `PersonalData`; when that is erased, this row stays as a tombstone that keeps the counts.
    """

    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("community or grid")
    )
    household = models.ForeignKey(
        "people.Household", models.SET_NULL, null=True, blank=True, related_name="persons", verbose_name=_("household")
    )
    residence = models.CharField(_("residence"), max_length=20, choices=Residence.choices)
    born_on = models.DateField(_("day of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    electoral = models.CharField(
        _("electoral status"), max_length=20, choices=Electoral.choices, default=Electoral.UNREGISTERED
    )
    verification = models.CharField(
        _("how verified"), max_length=20, choices=Verification.choices, default=Verification.DECLARED
    )
    source = models.CharField(_("entered"), max_length=20, choices=Source.choices)
    entered_at = models.DateTimeField(_("entered at"), default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed by the person at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("same person as")
    )
    died_on = models.DateField(_("died on"), null=True, blank=True)
    left_on = models.DateField(_("moved away on"), null=True, blank=True)
    back_on = models.DateField(_("moved back on"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        """Listed by place, counted by age."""

        verbose_name = _("person")
        indexes: ClassVar = [models.Index(fields=["place", "born_on"], name="person_by_age")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(place__isnull=False) | Q(residence=Residence.NONE),
                name="residents_have_a_place",
                violation_error_message=_("A resident belongs to a community."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="not_merged_into_oneself",
                violation_error_message=_("An entry cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=F("born_on")),
                name="died_after_birth",
                violation_error_message=_("The day of death lies before the day of birth."),
            ),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(left_on__isnull=False, back_on__gte=F("left_on")),
                name="back_after_leaving",
                violation_error_message=_("Nobody moves back before they have moved away."),
            ),
        ]

    def __str__(self) -> str:
        """Name the row, never the person."""
        return f"person {self.pk}"

    @property
    def place_path(self) -> str:
        """The path of the community, empty for staff who do not live in the city."""
        return self.place.path if self.place else ""

    @property
    def name(self) -> str:
        """The full name; empty once it is erased. For pages and papers that the law or the person wants named."""
        return self.personal.name

    @property
    def masked_name(self) -> str:
        """王某某, or that the personal data are erased."""
        return identity.mask_name(self.personal.name) or gettext("erased")

    def is_adult(self, on: date) -> bool:
        """Whether the person is eighteen on a day; an unknown day of birth does not count."""
        return self.born_on is not None and self.born_on <= eighteen_years_before(on)

    def is_present(self, on: date) -> bool:
        """Whether the person is a resident on a day, as `PersonQuerySet.present` has it."""
        died, left, back = (day is not None and day <= on for day in (self.died_on, self.left_on, self.back_on))
        return self.residence != Residence.NONE and self.merged_into_id is None and not died and (back or not left)

    @property
    def is_away(self) -> bool:
        """Whether the person has moved away and not come back."""
        return self.left_on is not None and self.back_on is None

    @change
    def correct(self, *, fields: Mapping[str, object], by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Take over corrected fields of the entry itself."""
        for name, value in fields.items():
            setattr(self, name, value)

    @change
    def confirm(self, *, by: Actor) -> None:  # noqa: ARG002
        """The person has confirmed by a phone code what somebody else had entered."""
        self.confirmed_at = clock.now()

    @change
    def mark_died(self, *, on: date, by: Actor) -> None:  # noqa: ARG002
        """The person has died; the entry leaves every count from that day. Raises ValidationError (before birth, or marked already)."""
        self._mark("died_on", on)

    @change
    def mark_left(self, *, on: date, by: Actor) -> None:  # noqa: ARG002
        """The person has moved away; the entry leaves every count from that day. Raises ValidationError (marked already)."""
        self._mark("left_on", on)
        self.back_on = None

    @change
    def mark_back(self, *, on: date, place: Place, residence: Residence, by: Actor) -> None:  # noqa: ARG002
        """The person lives here again: the entry counts, its door is asked anew. Raises ValidationError (not away, too early).

        They register to vote anew (Residents' Committee Law 2025 art. 16); the loss of political rights is a court's and stays.
        """
        if not self.is_away:
            raise ValidationError(gettext("No move away is recorded, or the return is recorded already."))
        if self.left_on and on < self.left_on:
            raise ValidationError({"on": gettext("Nobody moves back before they have moved away.")})
        self.back_on, self.place, self.residence, self.household = on, place, residence, None
        if self.electoral != Electoral.DEPRIVED:
            self.electoral = Electoral.UNREGISTERED

    @change
    def undo_mark_died(self, *, by: Actor) -> date:  # noqa: ARG002
        """Somebody else has died: return the day that was written; nothing else had changed. Raises ValidationError (nothing to undo)."""
        return self._unmark("died_on")

    @change
    def undo_mark_left(self, *, by: Actor) -> date:  # noqa: ARG002
        """Somebody else has moved away: return the day that was written. Raises ValidationError (nothing to undo)."""
        return self._unmark("left_on")

    @change
    def merge(self, *, into: "Person", by: Actor) -> None:  # noqa: ARG002
        """The entry is a second one of the same person; the other one counts."""
        self.merged_into = into

    @change
    def undo_merge(self, *, by: Actor) -> None:  # noqa: ARG002
        """The merge was a mistake: the entry counts again."""
        self.merged_into = None

    def _mark(self, field: str, on: date) -> None:
        if self.died_on or self.is_away:
            text = gettext("A death or a move is recorded already. If it is wrong, undo that record first.")
            raise ValidationError(text)
        if field == "died_on" and self.born_on and on < self.born_on:
            raise ValidationError({"on": gettext("The day of death lies before the day of birth.")})
        setattr(self, field, on)

    def _unmark(self, field: str) -> date:
        on: date | None = getattr(self, field)
        if on is None or (field == "left_on" and self.back_on):
            raise ValidationError(gettext("There is nothing to undo: the record has been undone already."))
        setattr(self, field, None)
        return on
