"""What is typed when the resident judges the work or is called back, when a round is left out of the rates."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.flows.cases.forms import SeenForm
from linli.flows.cases.models import Contacted, Missed, Satisfied, Solved, Way

from .models import Reason

WAYS: Final = [(one.value, one.label) for one in (Way.PHONE, Way.DESK)]
LONGEST: Final = 500


def choice(label: Any, choices: Any, missing: Any) -> forms.ChoiceField:
    """Return a question with its answers side by side; nothing is preselected."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": missing}
    )


class RateForm(SeenForm):
    """The resident's judgement; nothing is preselected."""

    title, button = _("You judge how it was handled"), _("Send the rating")
    is_of_round = True
    about = _("Not rating changes nothing for you.")
    contacted = forms.TypedChoiceField(
        label=_("Did somebody contact you within the promised time?"),
        choices=Contacted.choices,
        coerce=lambda value: value == str(Contacted.YES.value),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether somebody contacted you")},
    )
    solved = choice(_("Is the matter solved?"), Solved.choices, _("Please say whether it is solved"))
    satisfied = choice(
        _("Are you satisfied with the work?"), Satisfied.choices, _("Please say whether you are satisfied")
    )
    remark = forms.CharField(
        label=_("Anything else"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST, required=False
    )


class CallBackForm(RateForm):
    """What the resident says when called back, in their words."""

    title, button, icon = _("Call the resident back"), _("Keep the answers"), "phone"
    is_of_round = False
    about = _("Ask the three questions as they stand; write what the resident says, not what you think.")
    way = choice(_("How you reached them"), WAYS, _("Please say how you reached them"))
    reopen = forms.BooleanField(
        label=_("Not solved: reopen it at once"),
        help_text=_("The lead has a new time limit from now; the resident’s words are the reason."),
        required=False,
    )
    field_order = ("version", "way", "contacted", "solved", "satisfied", "remark", "reopen")

    def __init__(self, *args: Any, may_reopen: bool = True, **options: Any) -> None:
        """Speak to the caller, and offer to reopen only while the resident still may."""
        super().__init__(*args, **options)
        for name, label in (
            ("contacted", _("Did somebody contact the resident within the promised time?")),
            ("satisfied", _("Is the resident satisfied with the work?")),
            ("remark", _("In the resident’s words")),
        ):
            self.fields[name].label = label
        if not may_reopen:
            del self.fields["reopen"]

    def clean(self) -> dict[str, Any]:
        """Reopen only what is not solved, and with words."""
        given = super().clean() or self.cleaned_data
        if given.get("reopen") and given.get("solved") == Solved.YES:
            self.add_error("reopen", _("It is solved: there is nothing to reopen."))
        if given.get("reopen") and not given.get("remark"):
            self.add_error("remark", _("Please write what is not solved yet"))
        return given


class MissForm(SeenForm):
    """Why the call did not reach the resident."""

    title, button, kind = _("Not reached?"), _("Keep that they were not reached"), ""
    about = _("After calls on several days they count as unreached and the rates leave the case out.")
    way = forms.ChoiceField(choices=WAYS, initial=Way.PHONE, widget=forms.HiddenInput)
    missed = choice(_("Why not"), Missed.choices, _("Please say why they were not reached"))


class RoundForm(SeenForm):
    """A step that names one of a case's rounds."""

    round = forms.TypedChoiceField(label=_("Round"), coerce=int, choices=[])

    def __init__(self, *args: Any, rounds: tuple[int, ...] = (), **options: Any) -> None:
        """Offer the rounds, the latest first."""
        super().__init__(*args, **options)
        field: Any = self.fields["round"]
        field.choices = [(one, _("round %(n)s") % {"n": one}) for one in rounds]


class ExcludeForm(RoundForm):
    """Why a round does not count."""

    title, button, icon = _("Leave it out of the rates"), _("Leave it out"), "filter-off"
    is_minor = True
    about = _(
        "It stays on the record who left it out, when and why, and everybody who sees the rates sees how many are left out."
    )
    reason = choice(
        pgettext_lazy("exclusion", "Reason"),
        [one for one in Reason.choices if one[0] != Reason.UNREACHED],
        _("Please choose the reason"),
    )
    text = forms.CharField(
        label=_("Grounds"),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=4,
        max_length=LONGEST,
        error_messages={"required": _("Please write the grounds"), "min_length": _("Please say a little more")},
    )


class IncludeForm(RoundForm):
    """Why a round counts again."""

    title, button, icon = _("Count it in the rates again"), _("Count it again"), "filter"
    is_minor = True
    text = forms.CharField(
        label=_("Why it counts again"),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=4,
        max_length=LONGEST,
        error_messages={"required": _("Please write why"), "min_length": _("Please say a little more")},
    )
