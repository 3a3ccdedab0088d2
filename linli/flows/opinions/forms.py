"""What is typed when a department has its say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.flows.services.forms import SeenForm


class OpinionForm(SeenForm):
    """An opinion; nothing is preselected."""

    agrees = forms.TypedChoiceField(
        label=pgettext_lazy("department", "Your opinion"),
        choices=[("yes", pgettext_lazy("opinion", "agrees")), ("no", pgettext_lazy("opinion", "does not agree"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose whether your department agrees")},
    )
    text = forms.CharField(
        label=_("In words"),
        help_text=_(
            "Needed where you do not agree: facts and rule. The lead reads it; the applicant is told the decision."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an opinion against it without a reason."""
        typed = self.cleaned_data
        if typed.get("agrees") is False and not typed.get("text"):
            self.add_error("text", _("Please write why your department does not agree"))
        return typed
