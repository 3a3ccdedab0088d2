"""Who brought a need: personal data, apart from the case."""

import json
from typing import Any, ClassVar, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core.crypto import EncryptedField
from linli.ground.people import identity
from linli.ground.people.models import Person, PersonalData

from .cases import FOLLOWED, Case

NOBODY: Final[dict[str, str | None]] = {
    "person": None,
    "name": "",
    "name_index": "",
    "phone": "",
    "contact": "",
    "original": "",
}
"""What a reporter's row says once nobody may be known by it."""


class ReporterQuerySet(models.QuerySet["Reporter"]):
    """How reporters are found."""

    def behind(self, person: Person) -> Self:
        """Return who brought needs as this person: signed in, or by a phone of theirs where no other person is known for it."""
        phones = {*person.accounts.values_list("contact", flat=True)}
        phones |= {*PersonalData.objects.filter(person=person).values_list("phone_index", flat=True)}
        return self.filter(Q(person=person) | Q(person=None, contact__in=phones - {"", None}))


class Reporter(models.Model):
    """Who brought the need: personal data, apart from the case, so that it can be erased and the case stays.

    Basis: handling what the person asked for (个人信息保护法 art. 13 (3), statutory duty). Kept after the closing as long as
    `retention.case.years` says, a phone without account `retention.contact.days`; `actions.forget_old` sees to it.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=64, blank=True, db_index=True)
    name = EncryptedField(_("name"), blank=True)
    name_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    phone = EncryptedField(_("phone"), blank=True)
    original = EncryptedField(_("what they wrote"), blank=True)
    """The need as it was written, as JSON, where personal numbers in it are masked on the case (`Written`); else empty."""

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporter")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(phone="", contact="") | (~Q(phone="") & ~Q(contact="")), name="reporter_phone_has_its_index"
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(name_index=""), name="reporter_name_index_goes_with_the_name"
            ),
        ]

    def forget(self, *names: str) -> None:
        """Let go of what is known of them: of all of it, or of the columns named."""
        gone = {name: NOBODY[name] for name in names or NOBODY}
        Reporter.objects.filter(pk=self.pk).update(**gone)

    @property
    def wrote(self) -> dict[str, Any]:
        """Text, place and answers as they were written, where the case shows them masked; else nothing."""
        return json.loads(self.original) if self.original else {}

    @property
    def masked_name(self) -> str:
        """王某某."""
        return identity.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """139****0001, or empty for somebody without a phone."""
        return identity.mask_phone(self.phone) if self.phone else ""


def brought_by(actor: Actor) -> Q:
    """Return the condition that whoever asks brought the case: signed in, or by their proven phone; nothing for whoever has neither."""
    own = Q()
    if actor.contact:
        own |= Q(contact=actor.contact)
    if actor.person:
        own |= Q(person=actor.person)
    return Q(pk__among=ArraySubquery(Reporter.objects.filter(own).order_by().values("pk"))) if own else own


FOLLOWED.append(brought_by)
