"""What people type when a lead calls for a higher body, when that reports in, and when the dispatcher rules on the lead."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.forms import SeenForm, words
from linli.flows.dispatch.forms import BodyForm

from .models import Answer

ANSWERS: Final = [
    (Answer.TAKES_PART.value, _("we take part")),
    (Answer.OFFERS.value, _("we take the lead over")),
    (Answer.DECLINES.value, _("it is not ours, for this reason")),
]


class WhistleForm(BodyForm):
    """Which higher body is needed, and what for."""

    title, button, icon = _("Whistle for a higher body"), _("Whistle"), "bell"
    is_minor = True
    about = _(
        "You stay the lead (首接负责) and the resident’s time goes on; the body has to report in within its time limit."
    )
    text = words(
        _("What it is needed for"),
        _("Please write what it is needed for"),
        _("What you have tried, and what only it can do."),
        least=6,
    )
    field_order = ("version", "body", "text")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Call the body what it is here."""
        super().__init__(*args, **options)
        self.fields["body"].label = _("Which body")


class ReportInForm(SeenForm):
    """How the body that was called for answers."""

    title, button, icon = _("Report in"), _("Report in"), "check"
    about = _("A lead below you has called for your body. Everybody who sees the case sees whether you answer in time.")
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose your answer")},
    )
    text = words(
        _("What you will do, until when, and who; or why it is not yours"),
        _("Please write your answer"),
        least=4,
        rows=3,
    )


class HandOverForm(SeenForm):
    """The ruling on an offer to lead."""

    title, button, icon = _("Rule on the lead"), _("Send the ruling"), "gavel"
    is_granted = forms.TypedChoiceField(
        label=_("Who leads it"),
        choices=[],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who leads it")},
    )
    text = words(_("Grounds of the ruling"), _("Please write the grounds"), least=4, rows=3)

    def __init__(self, *args: Any, offer: str = "", lead: str = "", **options: Any) -> None:
        """Name both bodies."""
        super().__init__(*args, **options)
        field: Any = self.fields["is_granted"]
        field.choices = [
            ("1", _("%(body)s, which offers to take it over") % {"body": offer}),
            ("0", _("%(body)s, which keeps it; the other takes part") % {"body": lead}),
        ]
