"""What people type at the steps of a case. Each form is one step and says on the page what it is for."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import LONGEST, Ground


class SeenForm(forms.Form):
    """A step on a case, made from the version that the person had before their eyes."""

    title: ClassVar[Promise | str] = ""
    about: ClassVar[Promise | str] = ""
    button: ClassVar[Promise | str] = ""
    kind: ClassVar[str] = "primary"
    icon: ClassVar[str] = ""
    is_of_round: ClassVar[bool] = False
    """Whether it is open only until the day on which the round can no longer be reopened."""
    is_minor: ClassVar[bool] = False
    """Whether it stands folded among the other steps."""

    aid: Any = None
    """The way to a page that helps to fill it in."""
    action = verb = url = href = ""
    """Where it is sent; the anchor to which the desk leads; the name of its address; no page of its own (`steps.Link`)."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def words(label: Any, missing: Any, help_text: Any = "", *, least: int = 2, rows: int = 4) -> forms.CharField:
    """Return the field for what somebody says at a step."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        min_length=least,
        max_length=LONGEST,
        error_messages={"required": missing, "min_length": _("Please say a little more")},
    )


class AcceptForm(SeenForm):
    """Taking the case on."""

    title, button, icon = _("Accept this case"), _("Accept"), "check"
    about = _("From now on your body is at work on it and the resident sees so.")


class AnswerForm(SeenForm):
    """The answer to the resident."""

    title, button = _("Answer the resident"), _("Send the answer")
    text = words(
        _("Answer to the resident"),
        _("Please write the answer"),
        _("What was done, when, by whom; if something is left, what and until when."),
        least=4,
    )


class CloseForm(SeenForm):
    """How the case ended."""

    title, button = _("Close the case"), _("Close the case")
    text = words(_("How it ended"), _("Please say how it ended"), _("What the resident said when you called back."))


class UrgeForm(SeenForm):
    """What is expected of a lead that is late."""

    title, button, kind, icon = _("Urge the lead"), _("Urge the lead"), "act", "bell"
    about = _("It has a working day from now; if it is still not done, the body above it is told again.")
    text = words(
        _("What the lead has to do, and until when"),
        _("Please write what has to be done"),
        _("The lead is told at once. The resident reads it too."),
        least=4,
    )


class ReopenForm(SeenForm):
    """Why it is not solved."""

    title, button, kind, icon = _("Not solved?"), _("Reopen"), "act", "refresh"
    is_of_round = True
    about = _("Same reference, a new time limit.")
    text = words(_("What is not solved yet"), _("Please say what is not solved yet"))


class ExtendForm(SeenForm):
    """Why it takes longer, and how much."""

    title, button, icon = _("Take longer"), _("Take longer"), "hourglass-empty"
    is_minor = True
    about = _("Once, before the time is up. The resident is told why.")
    amount = forms.IntegerField(label=_("How many more working days"), min_value=1, max_value=60)
    text = words(_("Why it takes longer"), _("Please write why it takes longer"), least=6, rows=3)


class SuspendForm(SeenForm):
    """Why it stands still."""

    title, button, icon = _("Suspend it"), _("Suspend it"), "clock-pause"
    is_minor = True
    about = _(
        "The time limit stands while something outside your power is waited for; it goes on as soon as you take it up."
    )
    text = words(_("What is waited for, and until when"), _("Please write what is waited for"), least=6, rows=3)
    consent = forms.BooleanField(
        label=_("The resident was told and agrees."), error_messages={"required": _("Without consent it goes on.")}
    )


class ResumeForm(SeenForm):
    """Why it goes on."""

    title, button, icon = _("Take it up again"), _("Take it up again"), "progress"
    text = words(_("What has changed"), _("Please write what has changed"), rows=3)


class RefuseForm(SeenForm):
    """Which lawful channel is there for it."""

    title, button, kind, icon = _("Not take it on"), _("Send the refusal"), "act", "forbid"
    is_minor = True
    about = _("Only on one of these grounds; the resident is told the channel that is there for it.")
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose the ground")},
    )
    text = words(_("In words for the resident"), _("Please write it for the resident"), least=4, rows=3)


class InformForm(SeenForm):
    """How far it is."""

    title, button, icon = _("Tell the resident how far it is"), _("Send"), "message"
    is_minor = True
    text = words(_("How far it is"), _("Please write how far it is"), least=4, rows=3)


class NoteForm(SeenForm):
    """Something for those who work on it."""

    title, button, icon, kind = _("Write an internal note"), _("Keep the note"), "edit", ""
    is_minor = True
    about = _("The resident never sees it.")
    text = words(_("Note"), _("Please write the note"), rows=3)


STEPS: Final[dict[str, type[SeenForm]]] = {
    "accept": AcceptForm,
    "answer": AnswerForm,
    "resume": ResumeForm,
    "urge": UrgeForm,
    "reopen": ReopenForm,
    "close": CloseForm,
    "inform": InformForm,
    "extend": ExtendForm,
    "suspend": SuspendForm,
    "refuse": RefuseForm,
    "note": NoteForm,
}
"""The form of each step, in the order of the page."""
