"""Places, what became of them, the editions they came from, and the one city."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused, Stateful, change
from linli.ground.core.models import APPEND_ONLY
from linli.ground.database.models import STANDS_STILL

from .divisions import DIGITS, PLACEHOLDERS, Kind, Level, short_name

GRIDS_MAX = 999  # three digits below the community's twelve
PARENT_IS_PREFIX = """
EXECUTE $check$SELECT count(*) FROM fresh LEFT JOIN places_place above ON above.id = fresh.parent_id
    WHERE COALESCE(above.path, '') <> left(fresh.path, CASE length(fresh.path)
        WHEN 2 THEN 0 WHEN 4 THEN 2 WHEN 6 THEN 4 WHEN 9 THEN 6 WHEN 12 THEN 9 ELSE 12 END)$check$ INTO strays;
IF strays > 0 THEN
    RAISE EXCEPTION 'the parent of a place is the beginning of its path'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'place_parent_is_prefix';
END IF;
RETURN NULL;
"""  # EXECUTE: planned anew each time, for one grid as for half a million communities


class PlaceQuerySet(models.QuerySet["Place"]):
    """How places are found."""

    def current(self) -> Self:
        """Return the places that exist today."""
        return self.filter(ended_on__isnull=True)

    def under(self, path: str) -> Self:
        """Return the place with this path and everything below it; an empty path is the whole country."""
        return self.filter(path__startswith=path) if path else self

    def at(self, level: Level) -> Self:
        """Return the places of one level."""
        return self.filter(level=level)

    def communities(self) -> Self:
        """Return the real communities and villages: those with a residents' or villagers' committee."""
        return self.filter(kind__in=[Kind.JUWEIHUI, Kind.CUNWEIHUI])

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 (places are public; every queryset answers the same question)
        """Return all: places are public."""
        return self

    def with_parents(self) -> Self:
        """Load the places above in the same query, for titles and crumbs."""
        return self.select_related("parent__parent__parent__parent__parent")


class Place(Stateful):
    """One division of the country or one grid of a community. A changed code is a new place: paths, levels and parents never change."""

    path = models.CharField(_("code"), max_length=15, db_collation="C", db_index=False)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, blank=True)
    parent = models.ForeignKey(  # held by the triggers below, which cost less than a foreign key of 665,000 rows
        "self", models.PROTECT, null=True, related_name="children", db_constraint=False, verbose_name=_("lies in")
    )
    begun_on = models.DateField(_("known since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        db_index=False,
        verbose_name=_("went over to"),
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:  # one current place per path; the digits of the path are the level; only communities have a kind
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path"], condition=Q(ended_on__isnull=True), name="place_current_path"),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(level=Level.GRID, ended_on__isnull=True),
                name="place_grid_name",
                violation_error_message=_("This community already has a grid of this name."),
            ),
            models.CheckConstraint(
                condition=Q(level=Level.COMMUNITY, path__regex="^[0-9]{12}$")
                | Q(level=Level.TOWN, path__regex="^[0-9]{9}$")
                | Q(level=Level.COUNTY, path__regex="^[0-9]{6}$")
                | Q(level=Level.PREFECTURE, path__regex="^[0-9]{4}$")
                | Q(level=Level.PROVINCE, path__regex="^[0-9]{2}$")
                | Q(level=Level.GRID, path__regex="^[0-9]{15}$"),
                name="place_level_is_digits",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.COMMUNITY, kind__in=Kind.values) | (~Q(level=Level.COMMUNITY) & Q(kind="")),
                name="place_kind_of_communities",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="place_has_name"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, successor__isnull=True) | Q(ended_on__gte=F("begun_on")),
                name="place_ends_after_begin",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path"], name="place_by_path"),
            models.Index(fields=["successor"], name="place_by_successor", condition=Q(successor__isnull=False)),
        ]
        triggers: ClassVar = [
            STANDS_STILL,
            pgtrigger.ReadOnly(name="fixed", fields=["path", "level", "parent", "begun_on"]),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="parent_is_prefix",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),  # type: ignore[no-untyped-call]
                declare=[("strays", "bigint")],
                func=PARENT_IS_PREFIX,
            ),
        ]
        verbose_name = _("place")

    def __str__(self) -> str:
        """Name the place as the statistics do."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("places:show", args=[self.path])

    @property
    def code(self) -> str:
        """The statistics code without closing zeros; for a grid the community's code and three digits."""
        return self.path

    place_path = code  # the log asks every thing for its place

    @property
    def short_name(self) -> str:
        """The name as people say it, without the committee: 湖东社区."""
        return short_name(self.name)

    @property
    def title(self) -> str:
        """The full name from below the city down: 海勃湾区滨河街道湖东社区; load `with_parents()` for lists."""
        if len(self.path) <= DIGITS[Level.PREFECTURE]:
            return self.name
        one, names = self, [self.short_name]
        while len(one.path) > DIGITS[Level.COUNTY] and one.parent is not None:  # what lies higher need not be loaded
            one = one.parent
            names.insert(0, one.short_name)
        return "".join(
            name for name, above in zip(names, ["", *names], strict=False) if name not in PLACEHOLDERS and name != above
        )

    def ancestors(self) -> list["Place"]:
        """Return the places above, the province first."""
        above, one = [], self.parent
        while one is not None:
            above.append(one)
            one = one.parent
        return above[::-1]

    def draw_grid(self, *, name: str, by: Actor) -> "Place":
        """Draw a grid in this community; raises Refused elsewhere or once it holds 999. Numbers are never given twice."""
        with transaction.atomic():
            self.lock()
            last = Place.objects.filter(parent=self, level=Level.GRID).aggregate(last=models.Max("path"))["last"]
            number = int(last[-3:]) + 1 if last else 1
            if self.level != Level.COMMUNITY or self.ended_on is not None or number > GRIDS_MAX:
                raise Refused(self, "draw_grid")
            grid = Place.objects.create(
                path=f"{self.path}{number:03}", name=name, level=Level.GRID, parent=self, begun_on=clock.today()
            )
            record("places.place.draw_grid", grid, by=by, place_path=grid.path)
        return grid

    @change
    def rename(self, *, name: str, by: Actor) -> None:  # noqa: ARG002 (the change records who)
        """Rename a grid; raises Refused for a place of the statistics, whose names come with an edition."""
        self._must_be_grid("rename")
        if name == self.name:
            raise Refused(self, "rename")
        PlaceChange.objects.create(place=self, kind=Change.RENAMED, old_name=self.name, new_name=name, on=clock.today())
        self.name = name

    @change
    def end(self, *, successor: "Place | None" = None, by: Actor) -> None:  # noqa: ARG002
        """End a grid today, merged into another grid of its community where one is named; raises Refused for any other place."""
        self._must_be_grid("end")
        if successor is not None and (
            successor.parent_id != self.parent_id or successor.ended_on or successor.pk == self.pk
        ):
            raise Refused(self, "end")
        kind = Change.MERGED if successor else Change.ENDED
        PlaceChange.objects.create(place=self, kind=kind, old_name=self.name, successor=successor, on=clock.today())
        self.ended_on, self.successor = clock.today(), successor

    def _must_be_grid(self, verb: str) -> None:
        if self.level != Level.GRID or self.ended_on is not None:
            raise Refused(self, verb)


class Edition(models.Model):
    """One loading of the statistics that changed something: the day of its state, and what file it was."""

    day = models.DateField(_("state of"))
    covers = models.CharField(_("covers"), max_length=15, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"))

    class Meta:
        """Written once."""

        triggers: ClassVar = [APPEND_ONLY]
        verbose_name = _("edition of the statistics")

    def __str__(self) -> str:
        """Name the day of its state."""
        return self.day.isoformat()


class Change(models.TextChoices):
    """What can become of a place."""

    RENAMED = "renamed", _("renamed")
    RECODED = "recoded", _("new code")
    MOVED = "moved", _("moved to another town")
    MERGED = "merged", _("merged")
    ENDED = "ended", _("ended")
    RESTORED = "restored", _("back in the statistics")
    KIND_CORRECTED = "kind_corrected", _("kind corrected")


class PlaceChange(models.Model):
    """What became of a place on one day, from which edition it is known; a grid's changes have none."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="changes", verbose_name=_("place"))
    kind = models.CharField(_("what happened"), max_length=16, choices=Change.choices)
    old_name = models.CharField(_("old name"), max_length=60)
    new_name = models.CharField(_("new name"), max_length=60, blank=True)
    successor = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("went over to"))
    on = models.DateField(_("day"))
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="changes", verbose_name=_("edition"))

    class Meta:
        """Written once; a place that went over to another names it."""

        triggers: ClassVar = [APPEND_ONLY]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind__in=["recoded", "moved", "merged"]) & Q(successor__isnull=False))
                | (~Q(kind__in=["recoded", "moved", "merged"]) & Q(successor__isnull=True)),
                name="placechange_successor",
            ),
            models.CheckConstraint(
                condition=~Q(kind="renamed") | ~Q(old_name=F("new_name")), name="placechange_new_name"
            ),
        ]
        verbose_name = _("change of a place")

    def __str__(self) -> str:
        """Say what became of which place."""
        return f"{self.old_name}: {self.get_kind_display()}"


class City(models.Model):
    """The city that this installation serves, and whether it is a demonstration. One row, written once: nothing can flip it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    place = models.OneToOneField(Place, models.PROTECT, verbose_name=_("place"))
    is_demo = models.BooleanField(_("demonstration"))
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        """A second city is refused by the database."""

        triggers: ClassVar = [APPEND_ONLY]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="city_is_one")]
        verbose_name = _("city")

    def __str__(self) -> str:
        """Name the city."""
        return self.place.name

    @property
    def path(self) -> str:
        """The path of its place, e.g. `1503`."""
        return self.place.path
