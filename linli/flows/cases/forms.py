"""What people type about a case: the need, the answer, the rating."""

from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.files.forms import KEPT, PicturesField
from linli.ground.people.forms import PhoneField
from linli.ground.places.forms import PlaceField
from linli.ground.places.models import Place
from linli.ground.residents.queries import Known
from linli.ground.ui.drafts import sending_of
from linli.ground.ui.forms import Part, parts_of

from . import queries
from .models import Contacted, Satisfied, ServiceField, Solved

LONGEST = 2000


class NeedForm(forms.Form):
    """One need: what, in which field, where, with pictures."""

    text = forms.CharField(
        label=_("Tell us in a sentence or two"),
        help_text=_(
            "What is broken or missing, since when, whom it affects. Leave out other people's names and phone numbers."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        min_length=4,
        max_length=LONGEST,
        error_messages={"required": _("Please say what it is about"), "min_length": _("Please say a little more")},
    )
    field = forms.ChoiceField(
        label=_("Which field is it in"),
        help_text=_("Not sure? Choose “not sure”: whoever is asked first takes it to the right place."),
        choices=ServiceField.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a field, or “not sure”")},
    )
    place = PlaceField(
        label=_("Where it is"),
        help_text=_("The community decides who is responsible."),
        error_messages={"required": _("Please choose the community where it is")},
    )
    where = forms.CharField(
        label=_("Where exactly"), help_text=_("Building, entrance, street corner."), max_length=100, required=False
    )
    pictures = PicturesField(label=_("Pictures"), required=False)
    sending = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, kept: QueryDict | None = None, **initial: object) -> None:
        """Take what this request sends, or what was kept of an earlier one."""
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        data, files = (kept, None) if kept is not None else sent
        super().__init__(data, files, initial={"sending": sending_of(request)} | initial)
        cast("PicturesField", self.fields["pictures"]).bind(request)

    def typed(self) -> QueryDict:
        """Return what was sent as it can be kept: the pictures by the tokens of their drafts."""
        sent = cast("QueryDict", self.data).copy()
        sent.setlist("pictures" + KEPT, [one.token for one in self["pictures"].value()])
        return sent

    def clean_place(self) -> Place:
        """Refuse a place for which no body stands yet: nobody would answer."""
        place: Place = self.cleaned_data["place"]
        try:
            queries.lead_of(place)
        except queries.NoLead as error:
            message = _("Nobody takes needs for this place online yet. Please call 12345.")
            raise forms.ValidationError(message, code="lead") from error
        return place


class ReportForm(NeedForm):
    """A need from a resident on the web: with a phone, proven by a code, and no account."""

    SECTIONS: ClassVar[dict[str, tuple[Promise, tuple[str, ...]]]] = {
        "s1": (_("What it is about"), ("text", "field")),
        "s2": (_("Where is it"), ("place", "where")),
        "s3": (_("Pictures"), ("pictures",)),
        "s4": (_("How to reach you"), ("name", "phone")),
    }
    """By the anchor on the page: the heading and the fields below it."""

    name = forms.CharField(
        label=_("How to address you"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please say how to address you")},
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        help_text=_("Only to check that it is you and to call you back; never shown in public."),
    )

    def __init__(
        self, request: HttpRequest, known: Known | None, kept: QueryDict | None = None, **initial: object
    ) -> None:
        """Fill in what is known of a resident who has signed in; their own phone need not be typed."""
        facts = {"name": known.name, "place": known.place} if known else {}
        super().__init__(request, kept, **facts | initial)
        self.own_phone = known.phone if known else ""
        if self.own_phone:
            self.fields["phone"].required = False
            self.fields["phone"].label = _("Another mobile phone")
            self.fields["phone"].help_text = _("Only if we are to call you there; a code comes to it first.")

    def parts(self) -> list[Part]:
        """Return how each section of the page stands."""
        return parts_of(self, self.SECTIONS)

    def clean_phone(self) -> str:
        """Take the resident's own phone where no other was typed."""
        return str(self.cleaned_data["phone"]) or self.own_phone


class RegisterForm(NeedForm):
    """A need that staff take down at the desk, also for somebody without a phone."""

    name = forms.CharField(
        label=_("Name of the resident"),
        max_length=30,
        error_messages={"required": _("Please write the resident's name")},
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        help_text=_("Leave it empty for somebody without a phone: print the receipt, they may ask at the desk."),
        required=False,
    )


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


class SeenForm(forms.Form):
    """A step on a case, made from the version that the person had before their eyes."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def words(label: Any, missing: Any, help_text: Any = "", *, least: int = 2) -> forms.CharField:
    """Return the field for what somebody says at a step."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=least,
        max_length=LONGEST,
        error_messages={"required": missing, "min_length": _("Please say a little more")},
    )


class AnswerForm(SeenForm):
    """The answer to the resident."""

    text = words(
        _("Answer to the resident"),
        _("Please write the answer"),
        _("What was done, when, by whom; if something is left, what and until when."),
        least=4,
    )


class CloseForm(SeenForm):
    """How the case ended."""

    text = words(_("How it ended"), _("Please say how it ended"), _("What the resident said when you called back."))


class UrgeForm(SeenForm):
    """What is expected of a lead that is late."""

    text = words(
        _("What the lead has to do, and until when"),
        _("Please write what has to be done"),
        _("The lead is told at once. The resident reads it too."),
        least=4,
    )


class ReopenForm(SeenForm):
    """Why it is not solved."""

    text = words(_("What is not solved yet"), _("Please say what is not solved yet"))


class RateForm(SeenForm):
    """The resident's judgement; nothing is preselected."""

    contacted = forms.TypedChoiceField(
        label=_("Did somebody contact you within the promised time?"),
        choices=Contacted.choices,
        coerce=lambda value: value == str(Contacted.YES.value),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether somebody contacted you")},
    )
    solved = forms.ChoiceField(
        label=_("Is the matter solved?"),
        choices=Solved.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether it is solved")},
    )
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied with the work?"),
        choices=Satisfied.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether you are satisfied")},
    )
    remark = forms.CharField(
        label=_("Anything else"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False
    )
