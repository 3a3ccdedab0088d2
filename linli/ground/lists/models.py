"""Lists of residents from a spreadsheet, between preview and confirmation."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock, codes
from linli.ground.core.crypto import EncryptedField
from linli.ground.core.lifecycle import Stateful, status_field, step


class ListStatus(models.TextChoices):
    """Where a list stands."""

    STAGED = "staged", _("to be confirmed")
    APPLIED = "applied", _("taken over")
    DROPPED = "dropped", _("dropped")


class StagedListQuerySet(models.QuerySet["StagedList"]):
    """How lists are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the lists for the place whose register the actor keeps."""
        area = actor.area(Power.KEEP_REGISTER)
        return self.none() if area is None else self.filter(area__startswith=area)


class StagedList(Stateful):
    """A list that somebody has loaded and looked at; confirmed it is taken over whole. Its content is encrypted, and gone once decided."""

    reference = models.CharField(max_length=8, unique=True, default=codes.new_code, editable=False)
    area = models.CharField(max_length=15, blank=True)
    status = status_field(ListStatus, ListStatus.STAGED)
    content = EncryptedField(blank=True, editable=False)
    """The file in base64."""
    digest = models.CharField(max_length=64, editable=False)
    new = models.PositiveIntegerField(_("new"))
    changed = models.PositiveIntegerField(_("changed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    staged_at = models.DateTimeField(default=clock.now, editable=False)

    objects = StagedListQuerySet.as_manager()

    class Meta:
        """Dropped after a day."""

        verbose_name = _("list of residents")

    def __str__(self) -> str:
        """Name the list."""
        return self.reference

    @property
    def place_path(self) -> str:
        """The place for which it was loaded."""
        return self.area

    @step(source=[ListStatus.STAGED], target=ListStatus.APPLIED)
    def apply(self, *, by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """The list is taken over; the file is forgotten."""
        self.content = ""

    @step(source=[ListStatus.STAGED], target=ListStatus.DROPPED)
    def drop(self, *, by: Actor) -> None:  # noqa: ARG002
        """The list is not taken over; the file is forgotten."""
        self.content = ""
