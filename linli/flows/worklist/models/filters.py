"""Filters under a name: somebody's own, or shared with the posts of their body."""

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core.codes import new_code
from linli.ground.core.lifecycle import Stateful, change
from linli.ground.organisations.models import Body

LONGEST: Final = 500


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """How saved filters are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the actor's own in the body of their post, and what others share there."""
        if actor.post is None:
            return self.none()
        return self.filter(Q(owner=actor.ref) | Q(is_shared=True), body=actor.post.body)


class SavedFilter(Stateful):
    """A filter of cases under a name (常用筛选): whose it is, in which body, and whether its other posts see it. No personal data."""

    reference = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    owner = models.CharField(max_length=100, editable=False)
    """The account, by reference."""
    body = models.ForeignKey(Body, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=20)
    query = models.CharField(max_length=LONGEST, editable=False)
    """As the address asks it."""
    is_shared = models.BooleanField(_("shared with the posts of the body"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        """A name once for each who saves; in the order of saving."""

        verbose_name = _("saved filter")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "owner", "name"],
                name="filter_name_once",
                violation_error_message=_("You have a filter of this name already."),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="filter_has_name_and_query"),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    @change
    def rename(self, *, name: str, by: Actor) -> None:  # noqa: ARG002 (the log takes `by`)
        """Give it another name."""
        self.name = name

    @change
    def share(self, *, by: Actor) -> None:  # noqa: ARG002
        """Let the other posts of the body see it."""
        self.is_shared = True

    @change
    def unshare(self, *, by: Actor) -> None:  # noqa: ARG002
        """Keep it to oneself again."""
        self.is_shared = False
