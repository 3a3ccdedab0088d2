"""What people type where cases belong together. Each form is one step of the page of a case."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.forms import SeenForm, words
from linli.flows.cases.models import Case
from linli.ground.organisations.models import Body
from linli.ground.people.forms import PhoneField
from linli.ground.ui.templatetags.ui import zh_date


def in_a_line(case: Case) -> str:
    """Return a case as a choice shows it: what, where, since when, how far; never who brought it."""
    where = f"{case.place.short_name} {case.where}".strip()
    day = gettext("received %(day)s") % {"day": zh_date(case.received_at)}
    return f"{case.title} · {where} · {case.get_status_display()} · {day}"


class SupportForm(SeenForm):
    """Somebody else who needs the same."""

    title, button, icon = _("Somebody else needs the same"), _("Take the support down"), "users"
    is_minor = True
    about = _("They follow this case and are told of its news; no second case is made.")
    name = forms.CharField(
        label=_("Name of the resident"),
        max_length=30,
        error_messages={"required": _("Please write the resident's name")},
    )
    phone = PhoneField(label=_("Mobile phone"), help_text=_("With it they can follow the case online."), required=False)
    text = words(_("What they say"), _("Please write what they say"), rows=2)


class LeaveForm(SeenForm):
    """One's support taken back."""

    title, button, icon, kind = _("Support it no longer"), _("Support it no longer"), "arrow-left", ""
    is_minor = True
    about = _("You are told nothing more of it, and your name, phone and words are taken off it.")


class CaseForm(SeenForm):
    """A step that names another case, out of those that are near or were searched for."""

    chosen: ClassVar[str]
    """The name under which the action takes the other case."""

    def __init__(self, *args: Any, cases: Sequence[Case] = (), searched: str = "", **options: Any) -> None:
        """Offer the cases."""
        super().__init__(*args, **options)
        self.cases, self.searched = {one.reference: one for one in cases}, searched
        told = {
            "required": _("Please choose the case"),
            "invalid_choice": _("This case is not there any more. Please choose again."),
        }
        offered = [(reference, f"{in_a_line(one)} · {reference}") for reference, one in self.cases.items()]
        choice = forms.ChoiceField(
            label=_("Which case"), choices=offered, widget=forms.RadioSelect, error_messages=told
        )
        self.fields = {"version": self.fields["version"], self.chosen: choice, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Return the case itself where its reference was chosen."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.chosen in typed:
            typed[self.chosen] = self.cases[typed[self.chosen]]
        return typed


class MergeForm(CaseForm):
    """The other case about the same matter."""

    chosen = "into"
    title, button, icon = _("Merge it with another case"), _("Merge it with this case"), "users"
    is_minor = True
    about = _(
        "This case ends; the other one is answered for both. Whoever brought or supported this one is told and follows the other one."
    )


class SplitForm(SeenForm):
    """Another matter after all."""

    title, button, icon = _("It is another matter after all"), _("Handle it by itself again"), "refresh"
    is_minor = True
    about = _(
        "The merger is undone: it waits to be accepted, with a time limit that begins anew; whoever came with it goes with it."
    )


class LinkForm(CaseForm):
    """A case that is part of this one."""

    chosen = "part"
    title, button, icon = _("Another case is part of it"), _("Make it a part"), "sitemap"
    is_minor = True
    about = _("Each part is led and answered by its own body; this case can be answered when its parts are.")


class UnlinkForm(CaseForm):
    """A part that is waited for no longer."""

    chosen = "part"
    title, button, icon, kind = _("Wait for a part no longer"), _("Wait for it no longer"), "arrow-left", "act"
    is_minor = True
    about = _("The part goes on as a case like any other; the reason is kept as an internal note.")
    text = words(_("Why it is not waited for"), _("Please write why"), rows=2)


class DivideForm(SeenForm):
    """A part for another body."""

    title, button, icon = _("Give a part of it to a body"), _("Give it this part"), "send"
    is_minor = True
    about = _("The part is a case of its own with its own time limit; this case can be answered when its parts are.")
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Who leads the part"), to_field_name="reference", empty_label=_("Please choose")
    )
    text = words(_("What this part is"), _("Please write what this part is"), least=4, rows=3)

    def __init__(self, *args: Any, bodies: Sequence[Body] = (), **options: Any) -> None:
        """Offer the bodies, the nearest first."""
        super().__init__(*args, **options)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        field.choices = [("", _("Please choose")), *((one.reference, one.name) for one in bodies)]
