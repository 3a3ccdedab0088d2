"""Announcing days of a calendar, setting office hours."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.places.models import Place

from .actions import FIRST_YEAR, LAST_YEAR
from .models import DayKind, OfficeHours

LONGEST: Final = 31


DAY: Final = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
TIME: Final = forms.TimeInput({"type": "time", "class": "c-input--short"}, format="%H:%M")


class AnnounceForm(forms.Form):
    """One or several days on end, what they are, and the notice they stand in."""

    place_path = forms.ChoiceField(
        label=_("For which place"), help_text=_("Places below follow, unless they announced the day themselves.")
    )
    first = forms.DateField(label=_("First day"), widget=DAY)
    last = forms.DateField(label=_("Last day"), widget=DAY, required=False, help_text=_("Leave empty for one day."))
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
        _offer_places(self, actor)

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
    def notice(self) -> dict[str, Any]:
        """What a valid form announces, as `actions.announce` takes it: days on end in place of the first and the last."""
        data = dict(self.cleaned_data)
        first = data.pop("first")
        last = data.pop("last") or first
        days = [first + timedelta(number) for number in range((last - first).days + 1)]
        return data | {"days": days, "kind": DayKind(data["kind"])}


class HoursForm(forms.ModelForm):  # type: ignore[type-arg]  # no generics at run time
    """Office hours of a place from a day on."""

    place_path = forms.ChoiceField(
        label=_("For which place"), help_text=_("Places below follow, unless they have hours of their own.")
    )

    class Meta:
        """All that can be said of them; the notice in which they were made public."""

        model = OfficeHours
        fields = ("place_path", "begins_on", "opens", "break_begins", "break_ends", "closes", "notice")
        widgets: ClassVar = {"begins_on": DAY} | dict.fromkeys(("opens", "break_begins", "break_ends", "closes"), TIME)
        help_texts: ClassVar = {
            "break_ends": _("No lunch break: enter the same time twice."),
            "notice": _("Who announced it, its number and its day; everybody can read this."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the places over which the actor may announce."""
        super().__init__(*args, **kwargs)
        self.fields["notice"].required = True
        _offer_places(self, actor)

    def clean_begins_on(self) -> date:
        """Leave the days that are over as they were."""
        day: date = self.cleaned_data["begins_on"]
        if day < clock.today():
            raise forms.ValidationError(_t("Office hours begin today or later."))
        return day


def _offer_places(form: forms.BaseForm, actor: Actor) -> None:
    """Offer the city, districts and streets over which the actor may decide; their own first."""
    area = actor.area(Power.EDIT_CALENDAR) or ""
    places = Place.objects.visible_to(actor).current().under(area).with_parents().order_by("path")
    field = form.fields["place_path"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(one.path, one.title) for one in places.filter(path__regex="^([0-9]{4}|[0-9]{6}|[0-9]{9})$")]
    field.initial = area
