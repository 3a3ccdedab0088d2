"""What the desk and the residents write."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.people import identity
from linli.ground.people.actions import Entry
from linli.ground.people.forms import PhoneField, PlaceField
from linli.ground.people.models import Electoral, LegalBasis, Person, Relation, Residence, Sex, Source, Verification

from .models import REASONS, DataRequest, HoldBasis, Refusal, RequestKind
from .queries import entry_of


class Day(forms.DateField):
    """A day, picked in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        """Show it as short as it is."""
        widget = forms.DateInput({"type": "date", "class": "c-input--short"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class PastDay(Day):
    """A day up to today."""

    def clean(self, value: Any) -> date | None:
        """Refuse a day that is still to come."""
        day: date | None = super().clean(value)
        if day and day > clock.today():
            raise ValidationError(_("This day is still to come."))
        return day


RESIDENCES: Final = [choice for choice in Residence.choices if choice[0] != Residence.NONE]


def offer(form: forms.Form, area: str, person: Person | None) -> None:
    """Offer the communities of the keeper's area, and the place where the person stands now."""
    field = form.fields["place"]
    field.offer(area)  # type: ignore[attr-defined]
    if person is not None and person.place is not None:
        kept = type(person.place).objects.with_parents().filter(pk=person.place.pk)
        field.queryset |= kept  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """An entry of the register; empty means not known. Used at the desk, also for people without phone or internet."""

    name = forms.CharField(label=_("Name of the person"), max_length=50)
    id_number = forms.CharField(
        label=_("Identity number"), max_length=20, required=False, help_text=_("Only where a matter needs it.")
    )
    phone = PhoneField(required=False, help_text=_("Leave empty for a person without a phone."))
    born_on = PastDay(label=_("Day of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    residence = forms.ChoiceField(
        label=_("Residence"),
        choices=RESIDENCES,
        widget=forms.RadioSelect,
    )
    place = PlaceField()
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        required=False,
        help_text=_("Building, unit and door: people behind one door are one household."),
    )
    electoral = forms.ChoiceField(label=_("Electoral status"), choices=Electoral.choices)
    verification = forms.ChoiceField(label=_("How verified"), choices=Verification.choices)

    def __init__(self, *args: Any, area: str, person: Person | None = None, **kwargs: Any) -> None:
        """Offer the communities of the keeper's area; start from the entry to be corrected."""
        self.source = person.source if person else Source.DESK
        if person is not None:
            kept = entry_of(person)
            kwargs["initial"] = {name: getattr(kept, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        offer(self, area, person)

    def clean_id_number(self) -> str:
        """Check length, day of birth and check figure."""
        typed: str = self.cleaned_data["id_number"]
        return identity.normal_id(typed) if typed else ""

    def entry(self) -> Entry:
        """Return what was written."""
        return Entry(source=Source(self.source), basis=LegalBasis.DUTY, **self.cleaned_data)


class DayForm(forms.Form):
    """Since when something holds: a death, a move."""

    on = PastDay(label=_("Day"))
    sure = forms.BooleanField(label=_("I have checked that it is this person."))


class BackForm(forms.Form):
    """Since when, where and how somebody who had moved away lives here again."""

    on = PastDay(label=_("Day"))
    place = PlaceField()
    residence = forms.ChoiceField(label=_("Residence"), choices=RESIDENCES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, area: str, person: Person, **kwargs: Any) -> None:
        """Offer the communities of the keeper's area; start from where the person lived."""
        kwargs["initial"] = {"place": person.place_id, "residence": person.residence}
        super().__init__(*args, **kwargs)
        offer(self, area, person)


class UndoMarkForm(forms.Form):
    """Why a death or a move that was recorded is undone."""

    reason = forms.CharField(
        label=_("Why the record is wrong"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For example: another person of the same name was meant. Kept with the person’s data."),
    )


class KinshipForm(forms.Form):
    """A declared relative, found by identity number or phone among the entries that the keeper sees."""

    who = forms.CharField(label=_("Identity number or phone of the relative"), max_length=20)
    relation = forms.TypedChoiceField(label=_("Is the person's"), choices=Relation.choices, coerce=Relation)


class AskForm(forms.Form):
    """What a person asks about their own data."""

    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=RequestKind.choices, widget=forms.RadioSelect)
    wish = forms.CharField(
        label=_("What should be corrected?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """A correction says what."""
        given = super().clean() or {}
        if given.get("kind") == RequestKind.CORRECTION and not given.get("wish") and "wish" not in self.errors:
            self.add_error("wish", _("Write what is wrong and what is right."))
        return given


class EraseForm(forms.Form):
    """The erasure of a person's data; the tick is the confirmation."""

    sure = forms.BooleanField(label=_("I have checked that this person asked. What is erased cannot be brought back."))


class RefuseForm(forms.Form):
    """Why a request is refused."""

    refusal = forms.ChoiceField(label=_("Reason"), choices=Refusal.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Explanation to the person"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, asked: DataRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["refusal"].choices = [(one.value, one.label) for one in REASONS[RequestKind(asked.kind)]]  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """On what basis and why data are kept by law, and when somebody looks at it again."""

    basis = forms.TypedChoiceField(
        label=_("Basis"), choices=HoldBasis.choices, coerce=HoldBasis, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Which matter, whose letter with its number. Not shown to the person."),
    )
    review_on = Day(label=_("Look at it again on"))


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = forms.CharField(label=_("Why it is lifted"), max_length=500, widget=forms.Textarea({"rows": 3}))
