"""What people type above the list: the filter in all its parts, and the name under which one is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from linli.commons.routing.models import ServiceField, Urgency
from linli.flows.cases.models import LONGEST, Channel, Status
from linli.flows.worklist.models import Format
from linli.ground.organisations.models import Body

from .queries import DUES, OPEN, Condition, Filter, Part
from .queries.filters import DAYS, day_of
from .queries.filters import LONGEST as LONGEST_WORDS

ANY: Final = ("", _("any"))
Choices = list[tuple[str, Any]]


class DayField(forms.DateField):
    """A day of receipt; it is read as the filter reads it, so that no day is left out without a word."""

    def __init__(self, label: Any) -> None:
        """Let a browser offer its calendar."""
        bounds = {"min": DAYS[0].isoformat(), "max": DAYS[1].isoformat()}
        super().__init__(label=label, required=False, widget=forms.DateInput({"type": "date", **bounds}))

    def to_python(self, value: Any) -> date | None:
        """Return the day, or say what to write."""
        typed = {"typed": Truncator(value).chars(20)}
        if not value:
            return None
        day = day_of(value)
        if day is None:
            told = _("“%(typed)s” is no day, so the list is not narrowed by it. Please write it as 2026-09-14.")
            raise forms.ValidationError(told, code="invalid", params=typed)
        if not DAYS[0] <= day <= DAYS[1]:
            told = _("The list is not narrowed by “%(typed)s”. Please write a day between 2000 and 2100.")
            raise forms.ValidationError(told, code="range", params=typed)
        return day


class FilterForm(forms.Form):
    """The filter. What it asks is read by `Filter.of`; the form shows it, and says what is wrong with a day."""

    q = forms.CharField(label=_("Words, place or reference"), max_length=LONGEST_WORDS, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[ANY, (OPEN, _("still open")), *Status.choices], required=False
    )
    due = forms.ChoiceField(
        label=_("What is owed next"), choices=[ANY, *((one.value, one.label) for one in DUES)], required=False
    )
    part = forms.ChoiceField(label=_("Our part"), choices=[ANY, *Part.choices], required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    field = forms.ChoiceField(label=_("Field of service"), choices=[ANY, *ServiceField.choices], required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=[ANY, *Urgency.choices], required=False)
    channel = forms.ChoiceField(label=_("Came in by"), choices=[ANY, *Channel.choices], required=False)
    since = DayField(_("Received from"))
    until = DayField(_("Received until"))
    returned = forms.ChoiceField(label=_("Sent back"), choices=[ANY, ("1", _("at least once"))], required=False)
    FOLDED: ClassVar = (
        "due",
        "part",
        "place",
        "field",
        "category",
        "lead",
        "urgency",
        "channel",
        "returned",
        "since",
        "until",
    )

    def __init__(self, asked: Mapping[str, str], *, places: Choices, categories: Choices, leads: Choices) -> None:
        """Show what is asked, with what there is to choose from."""
        typed = {name: asked.get(name, "").strip() for name in self.base_fields}
        days = {name: day_of(typed[name]) for name in ("since", "until")}
        typed |= {name: day.isoformat() for name, day in days.items() if day}
        super().__init__(typed, auto_id="filter_%s")
        for name, choices in (("place", places), ("category", categories), ("lead", leads)):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]
        for name, day in days.items():
            if typed[name] and not day:  # a date field of a browser shows nothing but days
                self.fields[name].widget = forms.TextInput()

    def clean(self) -> dict[str, Any]:
        """Say that a period ends before it begins."""
        typed = super().clean() or self.cleaned_data
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first one."))
        return typed

    def folded(self) -> list[forms.BoundField]:
        """Return the fields that stand folded below the search."""
        return [self[name] for name in self.FOLDED]

    def conditions(self, asked: Filter) -> list[Condition]:
        """Return what is asked in the folded fields, in words, each with the filter without it."""
        found = []
        for name in self.FOLDED:
            if getattr(asked, name):
                shown = str(self.data[name])
                words = dict(getattr(self.fields[name], "choices", ())).get(shown, shown)
                without = asked.without(name)
                found.append(Condition(str(self.fields[name].label), str(words).strip(), without.query))
        return found


class NameForm(forms.Form):
    """The name of a saved filter."""

    name = forms.CharField(
        label=_("Name of the filter"),
        max_length=20,
        help_text=_("Short, as it stands on the tab: mine overdue, street lamps."),
    )

    def __init__(self, *args: Any, taken: set[str], **options: Any) -> None:
        """Know the names that are taken."""
        super().__init__(*args, **options)
        self.taken = taken

    def clean_name(self) -> str:
        """Refuse a name that is taken."""
        name: str = self.cleaned_data["name"]
        if name in self.taken:
            raise forms.ValidationError(_("You have a filter of this name already."))
        return name


class SaveForm(NameForm):
    """A filter to keep: its name, and for whom."""

    is_shared = forms.BooleanField(label=_("The other posts of our body see it too"), required=False)


class ExportForm(forms.Form):
    """What kind of file."""

    format = forms.ChoiceField(
        label=_("Kind of file"), choices=Format.choices, initial=Format.XLSX, widget=forms.RadioSelect
    )


class AcceptManyForm(forms.Form):
    """Several cases to take on: nothing is typed."""

    button, icon = _("Accept these cases"), "check"


class AssignManyForm(forms.Form):
    """Another lead for several cases."""

    button, icon = _("Give them to this lead"), "send"
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Who leads them"), to_field_name="reference", empty_label=_("Please choose")
    )

    def offer(self, bodies: Sequence[Body]) -> None:
        """Offer the bodies that may lead all of the cases, the nearest first."""
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        field.choices = [("", _("Please choose")), *((one.reference, one.name) for one in bodies)]


class NoteManyForm(forms.Form):
    """One note for several cases."""

    button, icon = _("Keep the note on these cases"), "edit"
    text = forms.CharField(
        label=_("Note"),
        min_length=2,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The resident never sees it."),
    )
