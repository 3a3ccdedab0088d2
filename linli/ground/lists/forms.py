"""What the desk loads."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("List (.xlsx)"),
        help_text=_("At most 20,000 rows and 10 MB."),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
