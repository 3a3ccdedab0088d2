"""What people type to prove that a phone or a matter is theirs: the code, reference and phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ground.people.forms import PhoneField


class CodeForm(forms.Form):
    """The one-time code from the phone."""

    code = forms.CharField(
        label=_("Code from the text message"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Please type the six figures of the text message")},
    )


class FollowForm(forms.Form):
    """The reference of a case and the phone that it was reported with."""

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("Eight letters and figures, on the receipt or in the text message."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Please type the reference")},
    )
    phone = PhoneField(label=_("Mobile phone"), help_text=_("The one that the matter was reported with."))

    def clean_reference(self) -> str:
        """Forgive small letters, blanks and hyphens."""
        return "".join(str(self.cleaned_data["reference"]).split()).replace("-", "").upper()
