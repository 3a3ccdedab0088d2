"""What people type about an application: the application itself, and at each of its steps."""

from collections.abc import Iterable
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.commons.files.forms import PicturesField
from linli.commons.guides.models import Item
from linli.flows.services.models import Application, Outcome, Satisfied
from linli.ground.organisations.queries import lead_for
from linli.ground.people.forms import PhoneField
from linli.ground.places.forms import PlaceField
from linli.ground.places.models import Place
from linli.ground.residents.queries import Known
from linli.ground.ui.drafts import sending_of

GAP: Final = "gap_"
MATERIAL: Final = "material_"


def material_fields(needed: Iterable[tuple[int, str]]) -> dict[str, forms.Field]:
    """Return a field for the pictures of each material, by its position."""
    return {f"{MATERIAL}{position}": PicturesField(label=label, required=False) for position, label in needed}


def bind_materials(form: forms.Form, request: HttpRequest) -> None:
    """Tie the uploads to the session of a request; one that is too long for the house is named at the first of them."""
    fields = [one for one in form.fields.values() if isinstance(one, PicturesField)]
    for one in fields:
        one.bind(request)
    for one in fields[1:]:
        one.too_long = ()


def gathered(typed: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed with the uploads together, by the positions of the materials."""
    names = [name for name in typed if name.startswith(MATERIAL)]
    files = {int(name.removeprefix(MATERIAL)): typed[name] for name in names if typed[name]}
    return {name: value for name, value in typed.items() if name not in names} | {"files": files}


class ApplyForm(forms.Form):
    """An application by a resident who has signed in."""

    name = forms.CharField(
        label=_("Name of the applicant"),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Please write the applicant's name")},
    )
    place = PlaceField(
        label=_("Community where you live"),
        help_text=_("Its desk handles the application."),
        error_messages={"required": _("Please choose the community")},
    )
    sending = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, item: Item, known: Known | None = None) -> None:
        """Offer the item's materials that have to be handed in, and fill in what is known."""
        facts = {"name": known.name, "place": known.place} if known else {}
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        super().__init__(data, files, initial={"sending": sending_of(request)} | facts)
        self.needed = [(one.position, one.name) for one in item.materials.all() if not one.waived_why]
        self.fields |= material_fields(self.needed)
        bind_materials(self, request)

    @property
    def materials(self) -> list[forms.BoundField]:
        """One field for each material that has to be handed in."""
        return [self[name] for name in self.fields if name.startswith(MATERIAL)]

    def clean(self) -> dict[str, Any]:
        """Gather the uploads by the positions of the materials."""
        return gathered(self.cleaned_data)

    def clean_place(self) -> Place:
        """Refuse a place for which no body stands yet: nobody would answer."""
        place: Place = self.cleaned_data["place"]
        if lead_for(place.path) is None:
            raise ValidationError(_("Nobody takes applications for this place yet. Please call 12345."), code="handler")
        return place


class RegisterForm(ApplyForm):
    """An application that the desk makes for somebody who cannot, also without a phone."""

    place = PlaceField(
        label=_("Community where the applicant lives"),
        help_text=_("Its desk handles the application."),
        error_messages={"required": _("Please choose the community")},
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        help_text=_("Leave it empty for somebody without a phone: they may ask at the desk."),
        required=False,
    )
    given = forms.TypedMultipleChoiceField(
        label=_("Which materials were handed in on paper"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("name", "phone", "place", "given")

    def __init__(self, request: HttpRequest, item: Item, known: Known | None = None) -> None:
        """Offer the item's materials also as handed in on paper."""
        super().__init__(request, item, known)
        if self.needed:
            cast("forms.TypedMultipleChoiceField", self.fields["given"]).choices = self.needed
        else:
            del self.fields["given"]


class SeenForm(forms.Form):
    """A step made from the version that the person had before their eyes."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application | None = None, **options: Any) -> None:
        """Know the application where the form depends on it."""
        self.application = application
        super().__init__(*args, **options)


def words(label: Any, missing: Any = "", help_text: Any = "", *, least: int = 2, most: int = 1000) -> forms.CharField:
    """Return the field for what somebody says at a step; optional where nothing says that it is missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_length=least,
        max_length=most,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing, "min_length": _("Please say a little more")},
    )


class AskPapersForm(SeenForm):
    """The one notice: for each paper what is missing of it, and what else is."""

    text = words(_("What else is missing"), help_text=_("For instance something in the form itself."), least=4)

    def __init__(self, *args: Any, application: Application | None = None, **options: Any) -> None:
        """Add a field for each paper that has to be handed in."""
        super().__init__(*args, application=application, **options)
        for paper in application.papers.filter(waived_why="") if application else ():
            given = _("handed in") if paper.is_given else _("not handed in")
            self.fields[f"{GAP}{paper.position}"] = forms.CharField(
                label=f"{paper.name}（{given}）", max_length=200, required=False
            )
        self.order_fields([*(name for name in self.fields if name.startswith(GAP)), "text", "version"])

    def clean(self) -> dict[str, Any]:
        """Refuse a notice that names nothing; gather the gaps by the positions of the papers."""
        typed = self.cleaned_data
        names = [name for name in typed if name.startswith(GAP)]
        gaps = {int(name.removeprefix(GAP)): typed.pop(name) for name in names}
        if not self.errors and not typed.get("text") and not any(gaps.values()):
            raise ValidationError(_("Please write at least at one material what is missing."), code="gaps")
        return typed | {"gaps": gaps}


class CompleteForm(SeenForm):
    """The papers that were missing."""

    text = words(_("A word on it"), help_text=_("For instance what you brought to the desk."))

    def __init__(self, *args: Any, application: Application | None = None, **options: Any) -> None:
        """Add a field for each paper of which something is missing."""
        super().__init__(*args, application=application, **options)
        lacking = application.papers.exclude(gap="") if application else ()
        self.fields |= material_fields((paper.position, f"{paper.name}（{paper.gap}）") for paper in lacking)
        self.order_fields([*(name for name in self.fields if name.startswith(MATERIAL)), "text", "version"])

    def bind(self, request: HttpRequest) -> None:
        """Tie the uploads to the session of a request."""
        bind_materials(self, request)

    def clean(self) -> dict[str, Any]:
        """Refuse to leave a gap open without a word; gather the uploads by the positions of the papers."""
        lacking = [name for name in self.fields if name.startswith(MATERIAL)]
        typed = gathered(self.cleaned_data)
        if not self.errors and not typed.get("text") and (len(typed["files"]) < len(lacking) or not lacking):
            raise ValidationError(
                _("Please choose a file for each, or write what you brought to the desk."), code="nothing"
            )
        return typed


class ExtendForm(SeenForm):
    """Why the decision needs more time."""

    text = words(_("Why more time is needed"), _("Please write why"), _("The applicant is told so."))


class DecideForm(SeenForm):
    """The decision; nothing is preselected."""

    outcome = forms.TypedChoiceField(
        label=_("Decision"),
        choices=Outcome.choices,
        coerce=lambda value: Outcome(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose whether it is granted")},
    )
    reason = words(
        _("Reason"), help_text=_("Needed for a refusal: facts and rule. Where to appeal is added by itself."), most=2000
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a refusal without a reason (行政许可法 art. 38)."""
        typed = self.cleaned_data
        if typed.get("outcome") == Outcome.REFUSED and not typed.get("reason"):
            self.add_error("reason", _("Please write why it is refused"))
        return typed


class WithdrawForm(SeenForm):
    """Why it is withdrawn, if the applicant wants to say so."""

    text = words(_("Why you withdraw it"))


class RateForm(SeenForm):
    """The applicant's judgement; nothing is preselected."""

    satisfied = forms.ChoiceField(
        label=_("Are you satisfied with the handling?"),
        choices=Satisfied.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether you are satisfied")},
    )
    remark = words(_("Anything else"), most=500)
