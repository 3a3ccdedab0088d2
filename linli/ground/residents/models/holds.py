"""Legal holds: why somebody's data must stay although they may ask for erasure."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock, codes
from linli.ground.core.crypto import EncryptedField


class HoldBasis(models.TextChoices):
    """What obliges the city to keep the data (PIPL art. 47: a period of keeping set by law that has not ended, duties of evidence)."""

    LAWSUIT = "lawsuit", _("a lawsuit or an arbitration")
    INVESTIGATION = "investigation", _("an investigation by an authority")
    AUDIT = "audit", _("an audit or an inspection")
    COMPLAINT = "complaint", _("a complaint under review")
    PERIOD = "period", _("a period of keeping set by law")


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """How holds are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the holds on people of the place whose register the actor keeps."""
        area = actor.area(Power.KEEP_REGISTER)
        return self.none() if area is None else self.filter(person__place__path__startswith=area)

    def standing(self) -> Self:
        """Return those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """One period in which nothing about a person is erased (PIPL art. 47): on what basis, why, and when somebody looks at it again.

    The reasons are free text about a person: encrypted, here, where they can be erased; the log has only that it happened.
    """

    reference = models.CharField(max_length=8, unique=True, default=codes.new_code, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="holds", verbose_name=_("person"))
    basis = models.CharField(_("basis"), max_length=20, choices=HoldBasis.choices)
    reason = EncryptedField(_("reason"), blank=True)
    held_at = models.DateTimeField(_("kept by law since"), default=clock.now, editable=False)
    review_on = models.DateField(_("look at it again on"))
    lifted_at = models.DateTimeField(_("lifted on"), null=True, editable=False)
    why_lifted = EncryptedField(_("why it was lifted"), blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        """One at a time."""

        verbose_name = _("legal hold")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_legal_hold_at_a_time",
                violation_error_message=_("These data are kept by law already."),
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True) | models.Q(lifted_at__gte=models.F("held_at")),
                name="hold_lifted_after_it_was_set",
                violation_error_message=_("A hold is lifted after it was set."),
            ),
        ]

    def __str__(self) -> str:
        """Name the hold, never the person."""
        return self.reference

    @property
    def place_path(self) -> str:
        """The place of the person."""
        return self.person.place_path

    def is_due(self, on: date) -> bool:
        """Whether somebody should look at it again by now."""
        return self.lifted_at is None and self.review_on <= on
