"""What people type about accounts, links and tokens."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.organisations.models import Holding
from linli.ground.organisations.models.holdings import HoldingQuerySet
from linli.ground.people.models import AccountKind

from .models import Lost, State

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


class UsernameField(forms.CharField):
    """A user name that can be typed from paper on any keyboard."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        help_text = _("3 to 40 small letters, figures, full stops or hyphens. It can be printed on the slip.")
        widget = forms.TextInput(attrs)
        super().__init__(label=_("User name"), max_length=40, help_text=help_text, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Return it in small letters; raises ValidationError for signs that not every keyboard has."""
        typed: str = super().clean(value).lower()
        if not USERNAME.fullmatch(typed):
            text = _("Use 3 to 40 small letters, figures, full stops or hyphens, with a letter or figure first.")
            raise ValidationError(text, code="username")
        return typed


class InviteForm(forms.Form):
    """The user name of a new account."""

    username = UsernameField()


class DelegateChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of those who hold the delegate's post today."""

    def label_from_instance(self, obj: Holding) -> str:
        """Return post and masked name."""
        return f"{obj.person.masked_name} · {obj.post.name}"


class DelegateForm(forms.Form):
    """Who signs in for an organisation."""

    holding = DelegateChoice(Holding.objects.none(), label=_("Delegate"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, delegates: HoldingQuerySet, **options: Any) -> None:
        """Offer the delegates of today."""
        super().__init__(*args, **options)
        self.fields["holding"].queryset = delegates  # type: ignore[attr-defined]


class OpenForBodyForm(DelegateForm):
    """The account of an organisation: its delegate and its user name."""

    username = UsernameField()


class HandOverForm(DelegateForm):
    """The next delegate of an organisation."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ResetForm(forms.Form):
    """What is to be set up anew."""

    lost = forms.ChoiceField(label=_("What is lost or forgotten?"), choices=Lost.choices, widget=forms.RadioSelect)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SeenForm(forms.Form):
    """A button that makes another link; `seen` is the last link that the administrator knew of."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """The tick is the confirmation."""

    sure = forms.BooleanField(
        label=_("I have checked that this account is to be closed. Its user name opens nothing from then on.")
    )


class PresentPasswordForm(forms.Form):
    """The password that stays, where only the phone was lost."""

    password = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters, not only figures."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Return it; raises ValidationError where the two differ."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError(gettext("The two differ; type the new password twice."), code="differ")
        return again


class FindForm(forms.Form):
    """What an administrator looks for in the list; nonsense in the address is left out."""

    q = forms.CharField(required=False, max_length=60)
    kind = forms.ChoiceField(required=False, choices=[("", _("All kinds")), *AccountKind.choices])
    state = forms.ChoiceField(required=False, choices=[("", _("All states")), *State.choices])


class TokenForm(forms.Form):
    """What a token is for."""

    label = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("The program and who runs it, for example “hotline, data bureau”."),
    )
