"""What people type when a case looks for its lead or for help."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.flows.cases.forms import SeenForm, words
from linli.ground.organisations.models import Body


class SendBackForm(SeenForm):
    """Why it is not the lead's."""

    title, button, kind, icon = _("Send it back"), _("Send it back"), "act", "arrow-left"
    is_minor = True
    about = _("The dispatcher rules on it at once; the resident’s time limit goes on.")
    text = words(
        _("Why it is not yours, and whose it is"),
        _("Please write why it is not yours"),
        _("Name the list of duties or the rule by which it belongs elsewhere."),
        least=6,
    )


class BodyForm(SeenForm):
    """A step that names a body out of those that may take it."""

    body = forms.ModelChoiceField(Body.objects.none(), to_field_name="reference", empty_label=_("Please choose"))

    def __init__(self, *args: Any, bodies: Sequence[Body] = (), **options: Any) -> None:
        """Offer the bodies, the nearest first."""
        super().__init__(*args, **options)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        field.choices = [("", _("Please choose")), *((one.reference, one.name) for one in bodies)]


class DesignateForm(BodyForm):
    """The ruling on a case that was sent back."""

    title, button, icon = _("Rule who leads it"), _("Send the ruling"), "gavel"
    is_final = forms.BooleanField(
        label=_("Final: it cannot be sent back again"), required=False, help_text=_("For a dispute that has to end.")
    )
    text = words(_("Grounds of the ruling"), _("Please write the grounds"), least=4, rows=3)
    field_order = ("body", "is_final", "text")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Call the body what it is here."""
        super().__init__(*args, **options)
        self.fields["body"].label = _("Who leads it")


class AssignForm(BodyForm):
    """Another lead for a case that nobody has accepted yet."""

    title, button, icon = _("Give it to another lead"), _("Give it to this lead"), "send"
    is_minor = True

    def __init__(self, *args: Any, **options: Any) -> None:
        """Call the body what it is here."""
        super().__init__(*args, **options)
        self.fields["body"].label = _("Who leads it")


class AskHelpForm(BodyForm):
    """What is asked of a co-handler."""

    title, button, icon = _("Ask another body to help"), _("Ask for help"), "users"
    is_minor = True
    about = _("You stay the lead (首接负责); the other body reports to you within its share of the time that is left.")
    wanted = forms.CharField(label=_("What it is to do"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Call the body what it is here."""
        super().__init__(*args, **options)
        self.fields["body"].label = _("Who helps")


class ContributeForm(SeenForm):
    """What a co-handler has done."""

    title, button = _("Report to the lead"), _("Send the report")
    text = words(_("What your body has done"), _("Please write what was done"), least=4)
