"""Announcing days of a calendar."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.places.models import Place

from .actions import FIRST_YEAR, LAST_YEAR
from .models import DayKind

LONGEST: Final = 31
PLACE_DIGITS: Final = (2, 4, 6, 9)


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"


class AnnounceForm(forms.Form):
    """One or several days on end, what they are, and the notice they stand in."""

    place_path = forms.ChoiceField(
        label=_("For which place"), help_text=_("Places below follow, unless they announced the day themselves.")
    )
    first = forms.DateField(label=_("First day"), widget=DateInput)
    last = forms.DateField(
        label=_("Last day"), widget=DateInput, required=False, help_text=_("Leave empty for one day.")
    )
    kind = forms.ChoiceField(label=_("What the day is"), choices=DayKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the holiday"), max_length=60, required=False)
    reason = forms.CharField(label=_("Why the day changes"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(
        label=_("Notice"),
        max_length=200,
        help_text=_("Who announced it, its number and its day; everybody can read this."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the places over which the actor may announce."""
        super().__init__(*args, **kwargs)
        area = actor.area(Power.EDIT_CALENDAR) or ""
        places = Place.objects.visible_to(actor).current().under(area).with_parents().order_by("path")
        choices = [(place.path, place.title) for place in places.filter(path__regex=r"^([0-9]{4}|[0-9]{6}|[0-9]{9})$")]
        field = self.fields["place_path"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = area

    def clean(self) -> dict[str, Any]:
        """Hold the days to the calendar's years and to a month at most."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last") or data.get("first")
        if first and last:
            if last < first:
                self.add_error("last", _t("The last day is before the first."))
            elif (last - first).days >= LONGEST:
                self.add_error("last", _t("At most %(n)s days at a time.") % {"n": LONGEST})
            elif not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
                words = _t("The calendar holds the years %(first)s to %(last)s.")
                self.add_error("first", words % {"first": FIRST_YEAR, "last": LAST_YEAR})
        return data

    @property
    def days(self) -> list[date]:
        """The days of a valid form."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"] or self.cleaned_data["first"]
        return [first + timedelta(number) for number in range((last - first).days + 1)]
