"""What identifies a person: encrypted, in a table of its own."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.core.crypto import EncryptedField
from linli.ground.people import identity


class LegalBasis(models.TextChoices):
    """On what basis personal data are processed (PIPL art. 13)."""

    DUTY = "duty", _("statutory duty")
    CONSENT = "consent", pgettext_lazy("legal basis", "consent")
    CONTRACT = "contract", _("contract or employment")


class PersonalData(models.Model):
    """What identifies a person: encrypted, found only by exact blind index (whole name, surname, phone, identity number).

    Basis and purpose stand beside the data (PIPL art. 13, 17); what matters keep ends by rule (`retention.*`), never under a legal hold.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="personal")
    name = EncryptedField(_("name of the person"), blank=True)
    phone = EncryptedField(_("mobile phone"), blank=True)
    id_number = EncryptedField(_("identity number"), blank=True)
    name_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    surname_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    id_index = models.CharField(max_length=64, blank=True, editable=False)
    basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis.choices, default=LegalBasis.DUTY)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    legal_hold = models.BooleanField(_("legal hold"), default=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    class Meta:
        """An identity number stands in the register once."""

        verbose_name = _("personal data")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["id_index"],
                condition=~models.Q(id_index=""),
                name="identity_number_once",
                violation_error_message=_("This identity number is in the register already."),
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(name="", phone="", id_number="", legal_hold=False),
                name="erased_means_empty",
                violation_error_message=_("Erased personal data are empty."),
            ),
        ]

    def __str__(self) -> str:
        """Name the row, never the person."""
        return f"personal data {self.pk}"

    @property
    def masked_phone(self) -> str:
        """139****0001."""
        return identity.mask_phone(self.phone)

    @property
    def masked_id(self) -> str:
        """150***********123X."""
        return identity.mask_id(self.id_number)

    def take(self, *, name: str, phone: str, id_number: str) -> list[str]:
        """Take over normal values with their indices, unsaved; return the names of the fields that changed."""
        fresh = {"name": name, "phone": phone, "id_number": id_number}
        changed = [field for field, value in fresh.items() if getattr(self, field) != value]
        self.name, self.phone, self.id_number = name, phone, id_number
        self.name_index = identity.name_index(name)
        self.surname_index = identity.name_index(identity.surname_of(name))
        self.phone_index, self.id_index = identity.phone_index(phone), identity.id_index(id_number)
        return changed

    def correct(self, *, name: str, phone: str, id_number: str, by: Actor) -> None:
        """Correct what identifies the person; the log keeps which fields, not what they were. Needs the caller's transaction."""
        changed = self.take(name=name, phone=phone, id_number=id_number)
        if changed:
            self.save()
            record(
                "people.personaldata.correct",
                self,
                by=by,
                place_path=self.person.place_path,
                data=dict.fromkeys(changed),
            )
