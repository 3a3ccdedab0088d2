"""What people type to prove who they are."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.ground.places import queries as places
from linli.ground.places.models import Place

from . import identity
from .models import Residence


class LongEnough(MinimumLengthValidator):
    """The least length of a password, in words that Django's Chinese catalogue lacks."""

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return ngettext(
            "The password is too short; it should have at least %d character.",
            "The password is too short; it should have at least %d characters.",
            self.min_length,
        ) % (self.min_length,)


class PhoneField(forms.CharField):
    """A mobile number however typed; cleaned to its eleven figures."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Mobile phone"))
        attrs = {"inputmode": "tel", "autocomplete": "tel"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs), **options)

    def clean(self, value: Any) -> str:
        """Return the normal number."""
        typed: str = super().clean(value)
        return identity.normal_phone(typed) if typed else ""


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One community or village of the city."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Community or village"))
        super().__init__(Place.objects.none(), empty_label=_("Choose a community"), **options)

    def label_from_instance(self, obj: Place) -> str:
        """Name it from the district down."""
        return obj.title

    def offer(self, path: str = "") -> None:
        """Offer the communities under a place, or of the whole city."""
        self.queryset = places.communities_of(path or places.city_path()).with_parents()


class PhoneForm(forms.Form):
    """Step one: where the code goes."""

    phone = PhoneField(help_text=_("We send a code to it. It is not shown to others."))


class CodeForm(forms.Form):
    """Step two: the code."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("Six figures, good for 5 minutes."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class StaffForm(forms.Form):
    """The first factor of staff."""

    username = forms.CharField(
        label=_("User name"), max_length=100, widget=forms.TextInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class FactorForm(forms.Form):
    """The second factor of staff: the figures of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code of the authenticator app"),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )


class AccountForm(forms.Form):
    """What is needed to open a resident's account."""

    name = forms.CharField(
        label=_("Name of the person"), max_length=50, widget=forms.TextInput({"autocomplete": "name"})
    )
    place = PlaceField()
    residence = forms.ChoiceField(
        label=_("Do you live here?"),
        choices=[choice for choice in Residence.choices if choice[0] != Residence.NONE],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label=_("I have read how my data are used"),
        help_text=_(
            "Name, phone and community, to identify you in matters of your community; kept while you have the account."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer()  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """A new password."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters, not only figures."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
