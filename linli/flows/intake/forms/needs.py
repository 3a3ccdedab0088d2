"""What people type to bring a need: what, in which field, where, who asks; on the web and at the desk."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.commons.files.forms import KEPT, PicturesField
from linli.commons.routing.models import Category, Question, ServiceField
from linli.commons.routing.queries import object_in, offered, rest_of
from linli.flows.cases.models import LONGEST, TAKEN_DOWN, Case, Channel
from linli.flows.cases.rules import asked
from linli.flows.intake import queries
from linli.flows.intake.queries import alike_for
from linli.flows.supports.actions import ANOTHER
from linli.flows.supports.forms import in_a_line
from linli.flows.supports.queries import Spot
from linli.ground.authority.actors import actor_of
from linli.ground.core import clock
from linli.ground.organisations.queries import lead_for
from linli.ground.people.forms import PhoneField
from linli.ground.places.forms import PlaceField
from linli.ground.places.models import Place
from linli.ground.residents.queries import Known
from linli.ground.ui.drafts import sending_of
from linli.ground.ui.forms import Part, parts_of

ASKED: Final = "asked_"
"""What the name of a question's field begins with."""


def question_fields(asked: Iterable[Question]) -> dict[str, forms.Field]:
    """Return the fields for what a category asks: a choice where there are options, else a line of one's own."""
    return {ASKED + one.code: _field_of(one) for one in asked}


def _field_of(question: Question) -> forms.Field:
    must = {"required": _("Please answer this, whoever handles it has to know")}
    common: dict[str, Any] = {"label": question.text, "required": question.is_required, "error_messages": must}
    if question.options:
        choices = [(one, one) for one in question.options]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.CharField(max_length=100, **common)


def _named(case: Case) -> str:
    """Return the number of the object, as it stands behind a case in a line."""
    number = object_in(case.category, case.answers)
    return f" · {number}" if number else ""


class NeedForm(forms.Form):
    """One need: what, in which field, where, with pictures."""

    text = forms.CharField(
        label=_("Tell us in a sentence or two"),
        help_text=_(
            "What is broken or missing, since when, whom it affects. Leave out other people's names and phone numbers."
            " What is said about public things, lamps or roads, may be read by everybody, never with your name or phone."
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
    category = forms.ChoiceField(
        label=_("More precisely"),
        help_text=_("If you find it here, we ask what whoever handles it has to know."),
        required=False,
    )
    place = PlaceField(
        label=_("Where it is"),
        help_text=_("The community decides who is responsible."),
        error_messages={"required": _("Please choose the community where it is")},
    )
    where = forms.CharField(
        label=_("Where exactly"), help_text=_("Building, entrance, street corner."), max_length=100, required=False
    )
    same = forms.CharField(
        label=_("The same is under way near by"),
        help_text=_(
            "If it is the same, support it: you are told of its news and see its page. Nothing has to be reported twice."
        ),
        widget=forms.RadioSelect,
        max_length=20,
        required=False,
    )
    """Asked only where there is one; nothing is chosen beforehand."""
    pictures = PicturesField(label=_("Pictures"), required=False)
    is_private = forms.BooleanField(
        label=_("Do not show this matter to others"),
        help_text=_(
            "Your name and phone are never public. What is broken in public may be read by neighbours, without a name;"
            " tick this and it is not."
        ),
        required=False,
    )
    sending = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, kept: QueryDict | None = None, **initial: object) -> None:
        """Take what this request sends, or what was kept of an earlier one."""
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        data, files = (kept, None) if kept is not None else sent
        super().__init__(data, files, initial={"sending": sending_of(request)} | initial)
        cast("PicturesField", self.fields["pictures"]).bind(request)
        self.categories = {one.code: one for one in offered()}
        choices: Any = self.fields["category"]
        choices.choices = [("", _("not said"))] + [
            (str(field.label), [(one.code, str(one)) for one in self.categories.values() if one.field == field])
            for field in ServiceField
        ]
        choices.widget.attrs |= {
            "hx-get": reverse("intake:questions"),
            "hx-trigger": "change",
            "hx-target": "#questions",
        }
        chosen = self.categories.get(str((data if data is not None else initial).get("category", "")))
        self.asked = list(chosen.questions.all()) if chosen else []
        self.fields |= question_fields(self.asked)
        self.actor = actor_of(request)
        self.alike: list[Case] = []

    @property
    def questions(self) -> list[forms.BoundField]:
        """What the chosen category asks."""
        return [self[ASKED + one.code] for one in self.asked]

    @property
    def answers(self) -> dict[str, str]:
        """What was said to the questions, by their codes."""
        said = {one.code: str(self.cleaned_data.get(ASKED + one.code) or "") for one in self.asked}
        return {code: answer for code, answer in said.items() if answer}

    @property
    def about(self) -> Category:
        """The category that was chosen, else the one that takes the rest of the field."""
        return self.categories.get(self.cleaned_data["category"]) or rest_of(self.cleaned_data["field"])

    @property
    def hints(self) -> queries.Hints | None:
        """What who wrote this should know before it is sent; None for a form in which nothing is written yet."""
        if not self.is_bound:
            return None
        said = {one.code: str(self.data.get(ASKED + one.code, "")) for one in self.asked}
        text, where, category = (str(self.data.get(name, "")) for name in ("text", "where", "category"))
        return queries.hints_for(text[:LONGEST], where, category, said)

    def clean(self) -> dict[str, Any]:
        """Refuse a category of another field: one of the two is a slip."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, field = self.categories.get(typed.get("category", "")), typed.get("field")
        if chosen and field and chosen.field != field:
            told = gettext("“%(category)s” belongs to “%(field)s”. Please choose the field or the category again.")
            self.add_error("category", told % {"category": chosen, "field": chosen.get_field_display()})
        elif field and typed.get("place") and "category" in typed:
            typed["same"] = self._ask_whether_same(typed)
        return typed

    def _ask_whether_same(self, typed: dict[str, Any]) -> str:
        """Return which open case it is the same as, or `another`; asks at the field where nothing was chosen yet."""
        spot = Spot(typed["place"].path, typed.get("where", ""), self.answers)
        phone, is_private = typed.get("phone") or "", bool(typed.get("is_private"))
        self.alike = alike_for(self.actor, self.about, spot, phone, is_private=is_private)
        own = gettext(" · reported by you")
        offered = [(one.reference, in_a_line(one) + _named(one) + own * asked(self.actor, one)) for one in self.alike]
        if not offered:
            return ""
        said, choices = str(typed.get("same", "")), [*offered, (ANOTHER, gettext("It is another matter"))]
        field: Any = self.fields["same"]
        field.required, field.widget.choices = True, choices
        if said not in dict(choices):
            changed = _("Please choose again: what is under way near by has changed")
            unsaid = _("Is it the same as what is under way near by? Please choose and send it again")
            self.add_error("same", changed if said else unsaid)
        return said

    def typed(self) -> QueryDict:
        """Return what was sent as it can be kept: the pictures by the tokens of their drafts."""
        sent = cast("QueryDict", self.data).copy()
        sent.setlist("pictures" + KEPT, [one.token for one in self["pictures"].value()])
        return sent

    def clean_place(self) -> Place:
        """Refuse a place for which no body stands yet: nobody would answer."""
        place: Place = self.cleaned_data["place"]
        if lead_for(place.path) is None:
            message = _("Nobody takes needs for this place online yet. Please call 12345.")
            raise forms.ValidationError(message, code="lead")
        return place


class ReportForm(NeedForm):
    """A need from a resident on the web: with a phone, proven by a code, and no account."""

    SECTIONS: ClassVar[dict[str, tuple[Promise, tuple[str, ...]]]] = {
        "s1": (_("What it is about"), ("text", "field", "category")),
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


class NumberField(PhoneField):
    """A mobile or a landline with its area code, for somebody who is called back."""

    def clean(self, value: Any) -> str:
        """Return the normal number."""
        typed: str = forms.CharField.clean(self, value)
        return queries.normal_number(typed) if typed else ""


class RegisterForm(NeedForm):
    """A need that staff take down: at the desk, from a call or a letter, at somebody's home; also for somebody without a phone."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in TAKEN_DOWN],
        initial=Channel.DESK,
        widget=forms.RadioSelect,
        required=False,
    )
    came_at = forms.DateTimeField(
        label=_("When it was said"),
        help_text=_("The time of the call, the visit, or when the letter came; leave it empty for just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        required=False,
    )

    name = forms.CharField(
        label=_("Name of the resident"),
        max_length=30,
        error_messages={"required": _("Please write the resident's name")},
    )
    phone = NumberField(
        label=_("Phone to call back"),
        help_text=_(
            "A mobile or a landline with its area code; from a call, the number that called. Leave it empty for somebody"
            " without a phone: print the receipt, they may ask at the desk."
        ),
        required=False,
    )

    def clean_channel(self) -> Channel:
        """Take the desk where nothing else is said."""
        return Channel(self.cleaned_data["channel"] or Channel.DESK)

    def clean_came_at(self) -> datetime | None:
        """Refuse a time that is still to come."""
        at: datetime | None = self.cleaned_data["came_at"]
        if at and at > clock.now():
            raise forms.ValidationError(_("This time is still to come; please check day and hour."), code="future")
        return at
