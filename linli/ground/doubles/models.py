"""Entries that stand twice: those made one, and those that a keeper has found to be two people."""

from datetime import date, timedelta
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock, codes
from linli.ground.core.crypto import EncryptedField

UNDO_DAYS: Final = 7
"""Calendar days in which a merge may be undone; then what was typed twice is forgotten (PIPL art. 19: no longer than needed)."""


class MergeQuerySet(models.QuerySet["Merge"]):
    """How merges are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the merges of the place whose register the actor keeps."""
        area = actor.area(Power.KEEP_REGISTER)
        return self.none() if area is None else self.filter(kept__place__path__startswith=area)


class Merge(models.Model):
    """Two entries of one person made one: why, and for some days what both were before, so that it may be undone."""

    reference = models.CharField(max_length=8, unique=True, default=codes.new_code, editable=False)
    lost = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("entry that ended"))
    kept = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("entry that stays"))
    reason = EncryptedField(_("reason"), blank=True)
    before = EncryptedField(blank=True, editable=False)
    """Both entries and the keys of all rows that moved, as JSON; empty once the merge is undone or too old for it."""
    merged_at = models.DateTimeField(_("merged on"), default=clock.now, editable=False)
    undone_at = models.DateTimeField(_("undone on"), null=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        """An entry ends once."""

        verbose_name = _("merge of two entries")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lost"],
                condition=Q(undone_at__isnull=True),
                name="an_entry_is_merged_once",
                violation_error_message=_("This entry has been merged already."),
            ),
            models.CheckConstraint(condition=~Q(lost=F("kept")), name="a_merge_takes_two_entries"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(before=""), name="an_undone_merge_keeps_nothing"
            ),
        ]

    def __str__(self) -> str:
        """Name the merge, never the person."""
        return self.reference

    @property
    def place_path(self) -> str:
        """The place of the entry that stays."""
        return self.kept.place_path

    @property
    def undo_until(self) -> date:
        """The last day on which it may be undone."""
        return localdate(self.merged_at) + timedelta(days=UNDO_DAYS)


class Apart(models.Model):
    """Two entries that look like one person, and are two: somebody has asked. They are not suggested again."""

    one = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    found_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        """A pair stands here once, the older entry first."""

        verbose_name = _("two people")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="two_people_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_people_in_order"),
        ]

    def __str__(self) -> str:
        """Name the rows."""
        return f"{self.one_id} ≠ {self.other_id}"
