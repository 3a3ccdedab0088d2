"""Grids as people write them, and the field by which every form of the house asks for a place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import queries
from .divisions import Level
from .models import Place, PlaceQuerySet

LISTED_MAX: Final = 300
"""With more places than this a search box stands above the list."""


class PlaceSelect(forms.Select):
    """A native list of places grouped by the place above; where it is long, htmx sets a search box above it."""

    template_name = "places/place_select.html"
    level: Level = Level.COMMUNITY

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        """Say whether the list is long."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["is_long"] = (
            sum(len(options) for _group, options, _index in context["widget"]["optgroups"]) > LISTED_MAX
        )
        context["level"] = self.level
        return context


class PlaceChoices(ModelChoiceIterator):  # type: ignore[type-arg]  # no generics at run time
    """The choices of a place field, grouped."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the empty choice, then each group with its places."""
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        groups = queries.grouped(self.queryset)
        names = told_apart(place for group in groups for place in group.places)
        for group in groups:
            yield (heading(group.above), [(self.choice(place)[0], names[place.pk]) for place in group.places])


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Asks for one place of a level within a place (default: a community of the open city); cleans to a Place."""

    widget = PlaceSelect
    iterator = PlaceChoices

    def __init__(
        self, *, level: Level = Level.COMMUNITY, within: str | None = None, only_real: bool = False, **options: Any
    ) -> None:
        """Take the level, the path to stay within, and whether units without a committee are left out."""
        options.setdefault("label", _("Community or village"))
        options.setdefault("empty_label", _("Please choose"))
        messages = {"invalid_choice": _("This place is not in the list; please choose one of it.")} | options.pop(
            "error_messages", {}
        )
        self.level, self.within, self.only_real = level, within, only_real
        super().__init__(Place.objects.none(), to_field_name="path", error_messages=messages, **options)
        self.widget.level = level

    def __deepcopy__(self, memo: dict[int, Any]) -> "PlaceField":
        """Look the places up anew for each form: which city is open is not known when the form's class is read."""
        field: PlaceField = super().__deepcopy__(memo)
        field.limit(queries.city_path() if self.within is None else self.within)
        return field

    def limit(self, path: str) -> None:
        """Offer only places within this one; called by forms that know it from whoever asks."""
        self.queryset = choices(self.level, path, only_real=self.only_real)


def choices(level: Level, within: str, *, only_real: bool = False) -> PlaceQuerySet:
    """Return the current places of a level below a place, with their parents; none without a place to stay in."""
    if not within:
        return Place.objects.none()
    found = Place.objects.current().at(level).under(within).with_parents().order_by("path")
    return found.communities() if only_real else found


def told_apart(places: Iterable[Place]) -> dict[int, str]:
    """Return what each place is called in a list, by its key: the name that people say, with the place above where two bear it."""
    listed = list(places)
    bearers = Counter(place.short_name for place in listed)
    text = gettext("%(place)s (%(above)s)")
    return {
        place.pk: text % {"place": place.short_name, "above": place.parent.short_name}
        if bearers[place.short_name] > 1 and place.parent
        else place.short_name
        for place in listed
    }


def heading(above: Place) -> str:
    """Return the heading of a group: the title of the place above, 海勃湾区滨河街道."""
    return above.title


class GridForm(forms.Form):
    """The name of a grid."""

    name = forms.CharField(
        label=_("Name of the grid"),
        max_length=60,
        help_text=_("As people know it, e.g. by its streets or buildings. Its number is given by itself."),
    )

    def __init__(self, *args: Any, community: Place, grid: Place | None = None, **options: Any) -> None:
        """Know the community, and the grid if it has a name already."""
        self.community, self.grid = community, grid
        super().__init__(*args, **options)

    def clean_name(self) -> str:
        """Refuse a name that another grid of the community bears, and one that changes nothing."""
        name: str = " ".join(self.cleaned_data["name"].split())
        if self.grid is not None and name == self.grid.name:
            raise forms.ValidationError(_("This is the name it has now."))
        if Place.objects.current().filter(parent=self.community, name=name).exists():
            raise forms.ValidationError(_("This community already has a grid of this name."))
        return name


class EndGridForm(forms.Form):
    """Into which grid of the same community another one merges, if any."""

    successor = forms.ModelChoiceField(
        Place.objects.none(),
        label=_("Its area goes over to"),
        required=False,
        empty_label=_("no other grid"),
        help_text=_("Leave it open if the grid just ends."),
    )

    def __init__(self, *args: Any, grid: Place, **options: Any) -> None:
        """Offer the other grids of the community."""
        super().__init__(*args, **options)
        others = Place.objects.current().filter(parent_id=grid.parent_id).exclude(pk=grid.pk).order_by("path")
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]
