"""What people type about bodies and posts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.people.forms import PhoneField
from linli.ground.people.models import Person, Sex
from linli.ground.people.models.register import PersonQuerySet

from .models import Body, BodyKind, Category, Group, How, Why


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form included; None where the page is only being looked at."""
    return request.POST if request.method == "POST" else None


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class RenameForm(forms.Form):
    """The name of a body."""

    name = forms.CharField(label=_("Full name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=40, help_text=_("As people say it."))


class CorrectForm(forms.Form):
    """When a body was founded; what an association is for."""

    founded_on = _day(_("Founded on"))
    category = forms.ChoiceField(label=_("Category"), choices=[("", _("not said")), *Category.choices], required=False)

    def __init__(self, *args: Any, kind: BodyKind, **options: Any) -> None:
        """Ask for the category of associations only."""
        super().__init__(*args, **options)
        if kind.group != Group.ASSOCIATION:
            del self.fields["category"]


class SetUpForm(CorrectForm, RenameForm):
    """A new body."""


class SetUpMissingForm(forms.Form):
    """Since when many bodies stand."""

    founded_on = _day(
        _("Founded on"), initial=clock.today, help_text=_("One day for all of them; correct it on a body's own page.")
    )


class MoveForm(forms.Form):
    """Under which other body a body stands."""

    parent = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Stands under"),
        widget=forms.RadioSelect,
        empty_label=_("Under no other body"),
        required=False,
        blank=True,
    )

    def __init__(self, *args: Any, parents: QuerySet[Body], **options: Any) -> None:
        """Offer the bodies that may stand above."""
        super().__init__(*args, **options)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class DissolveForm(forms.Form):
    """The end of a body; the tick is the confirmation."""

    on = _day(_("Last day"), initial=clock.today)
    sure = forms.BooleanField(label=_("I have checked that this body is to be dissolved. It cannot be taken back."))


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
    begins_on = _day(_("First day"), initial=clock.today)
    ends_on = _day(_("Last day"), required=False)


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


class EndForm(forms.Form):
    """The end of somebody's term."""

    on = _day(_("Last day"), initial=clock.today, help_text=_("Powers end with this day."))
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[choice for choice in Why.choices if choice[0] != Why.DISSOLVED],
        widget=forms.RadioSelect,
    )
