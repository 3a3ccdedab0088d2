"""What people type about bodies that are missing: which of them to set up, and since when they stand."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.kinds.queries import Due
from linli.ground.residents.forms import PastDay

SINGLY_MOST: Final = 600
"""Up to so many bodies are ticked one by one; more (a browser sends 1,000 fields at most) by kind and by place."""


class Ticks(forms.MultipleChoiceField):
    """Check boxes, all ticked at first; what somebody else has set up since is passed over."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take what can be ticked."""
        initial = [key for key, _label in choices]
        super().__init__(choices=choices, required=False, initial=initial, **options)

    def valid_value(self, value: str) -> bool:  # noqa: ARG002
        """Accept what is no longer offered."""
        return True


class SetUpMissingForm(forms.Form):
    """Which of the bodies that are missing are set up, place by place, and since when they stand."""

    founded_on = PastDay(
        label=_("Founded on"),
        initial=clock.today,
        help_text=_("One day for all of them; correct it on a body's own page."),
    )

    def __init__(self, *args: Any, missing: Sequence[Due], **options: Any) -> None:
        """Offer every body under its place; where there are very many, the kinds and the places."""
        super().__init__(*args, **options)
        self.missing = missing
        self.by_place = [(place, list(dues)) for place, dues in groupby(missing, key=lambda one: one.place)]
        ticks = self._single() if len(missing) <= SINGLY_MOST else self._crossed()
        self.fields = ticks | self.fields

    def _single(self) -> dict[str, Ticks]:
        return {
            f"at{place.path}": Ticks([(one.key, one.name) for one in dues], label=place.title)
            for place, dues in self.by_place
        }

    def _crossed(self) -> dict[str, Ticks]:
        kinds = {one.kind.code: one.kind.label for one in self.missing}
        places = [(place.path, place.title) for place, _dues in self.by_place]
        return {
            "kinds": Ticks([*kinds.items()], label=_("Which bodies")),
            "at": Ticks(places, label=_("In which places")),
        }

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The groups of check boxes."""
        return [self[name] for name in self.fields if name != "founded_on"]

    def clean(self) -> dict[str, Any]:
        """Put together the keys of what was ticked; raises ValidationError where nothing was."""
        given: dict[str, Any] = super().clean() or {}
        # from what was sent: a place in which somebody else has set everything up since has no field any more
        sent = cast("QueryDict", self.data)
        ticked = [value for name in sent if name.startswith("at") for value in sent.getlist(name)]
        crossed = {(kind, path) for kind in given.get("kinds", ()) for path in ticked}
        if not ticked or ("kinds" in self.fields and not crossed):
            raise ValidationError(gettext("Tick at least one body."), code="nothing")
        wanted = [one for one in self.missing if one.key in ticked or (one.kind.code, one.place.path) in crossed]
        return given | {"keys": {one.key for one in wanted}}
