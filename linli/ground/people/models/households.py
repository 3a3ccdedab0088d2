"""Households, and kinship as people declare it."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.core.crypto import EncryptedField, blind_index
from linli.ground.people import identity


class Household(models.Model):
    """The people behind one door. The address is encrypted; the door index finds the same door again."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="households", verbose_name=_("place"))
    address = EncryptedField(_("address"))
    door_index = models.CharField(max_length=64, editable=False)

    class Meta:
        """One household per door."""

        verbose_name = _("household")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "door_index"],
                name="one_household_a_door",
                violation_error_message=_("There is a household at this address already."),
            )
        ]

    def __str__(self) -> str:
        """Name the row, never the address."""
        return f"household {self.pk}"

    @staticmethod
    def index_of(address: str) -> str:
        """Return the blind index of an address, however it is spaced."""
        return blind_index("".join(identity.normal_name(address).split()), "people.door")


class Relation(models.TextChoices):
    """What the relative is to the person."""

    SPOUSE = "spouse", _("spouse")
    PARENT = "parent", _("parent")
    CHILD = "child", _("child")
    SIBLING = "sibling", _("brother or sister")
    GRANDPARENT = "grandparent", _("grandparent")
    GRANDCHILD = "grandchild", _("grandchild")

    @property
    def back(self) -> "Relation":
        """What the person is to the relative."""
        turned = {
            Relation.PARENT: Relation.CHILD,
            Relation.CHILD: Relation.PARENT,
            Relation.GRANDPARENT: Relation.GRANDCHILD,
            Relation.GRANDCHILD: Relation.GRANDPARENT,
        }
        return turned.get(self, self)


class Kinship(models.Model):
    """A declared tie between two persons: `relative` is the `relation` of `person`. Near relatives: Civil Code art. 1045."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="ties", verbose_name=_("person"))
    relative = models.ForeignKey("people.Person", models.CASCADE, related_name="ties_back", verbose_name=_("relative"))
    relation = models.CharField(_("relation"), max_length=20, choices=Relation.choices)
    declared_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        """A pair stands here once."""

        verbose_name = _("kinship")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Least("person", "relative"),
                Greatest("person", "relative"),
                name="one_tie_a_pair",
                violation_error_message=_("The tie between these two is recorded already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("relative")),
                name="not_ones_own_relative",
                violation_error_message=_("Nobody is their own relative."),
            ),
        ]

    def __str__(self) -> str:
        """Name the row."""
        return f"{self.relation} {self.person_id}-{self.relative_id}"
