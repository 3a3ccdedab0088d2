"""What people type about who holds which post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.organisations.models import How, Why
from linli.ground.people.forms import PhoneField
from linli.ground.people.models import Person, Sex
from linli.ground.people.models.register import PersonQuerySet

from .parts import day


class FindPersonForm(forms.Form):
    """Whose name or phone."""

    q = forms.CharField(
        label=_("Name or mobile phone"), max_length=60, help_text=_("The whole name, or the whole number.")
    )


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the persons found, masked."""

    def label_from_instance(self, obj: Person) -> str:
        """Return surname, end of the phone and community: enough to tell two people apart."""
        where = obj.place.short_name if obj.place else str(_("staff"))
        return " · ".join(filter(None, [obj.masked_name, obj.personal.masked_phone, where]))


class TermForm(forms.Form):
    """How somebody comes to a post, from when to when."""

    how = forms.ChoiceField(label=_("How they came to the post"), choices=How.choices, widget=forms.RadioSelect)
    begins_on = day(_("First day"), initial=clock.today)
    ends_on = day(_("Last day"), required=False)


class NewcomerForm(TermForm):
    """Somebody who stands in no list yet takes a post."""

    name = forms.CharField(label=_("Name of the person"), max_length=50)
    phone = PhoneField(help_text=_("Tells two people of the same name apart; shown masked."))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    field_order = ("name", "phone", "sex")


class AppointForm(TermForm):
    """Who of those found takes a post."""

    person = PersonChoice(Person.objects.none(), label=_("Person"), widget=forms.RadioSelect, empty_label=None)
    field_order = ("person",)

    def __init__(self, *args: Any, found: PersonQuerySet, **options: Any) -> None:
        """Offer the persons found."""
        super().__init__(*args, **options)
        self.fields["person"].queryset = found  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why an appointment is taken back before it begins."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}), help_text=_("It stays on record.")
    )


class EndForm(forms.Form):
    """The end of somebody's term."""

    on = day(_("Last day"), initial=clock.today, help_text=_("Powers end with this day."))
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[choice for choice in Why.choices if choice[0] != Why.DISSOLVED],
        widget=forms.RadioSelect,
    )
