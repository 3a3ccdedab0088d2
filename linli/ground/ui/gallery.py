"""The things that the gallery shows: every state of every component, with invented matters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One step of a life cycle."""

    title: Words
    note: Words
    state: str


@dataclass(frozen=True)
class Day:
    """One day of a working-day strip."""

    day: date
    note: Words
    kind: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a whole."""

    label: Words
    count: int
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """One line of a form's contents; all lead to the gallery's own form."""

    title: Words
    state: str
    faults: int = 0
    anchor: str = "s1"


class SampleForm(forms.Form):
    """One field of every kind."""

    what = forms.CharField(
        label=_("What happened, in a sentence or two"),
        help_text=_("What is broken, since when, whom it affects. Leave out other people's names and phone numbers."),
        widget=forms.Textarea,
    )
    field_of_service = forms.ChoiceField(
        label=_("What kind of matter"),
        choices=[
            ("facilities", _("Public facilities")),
            ("hygiene", _("Cleanliness")),
            ("unclear", _("I am not sure")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Choose “I am not sure” if in doubt: whoever is asked first finds the right place."),
    )
    place = forms.ChoiceField(
        label=_("Where it is"),
        choices=[("", _("Choose the estate and the building")), ("3", _("Building 3"))],
    )
    ways = forms.MultipleChoiceField(
        label=_("How we may answer"),
        choices=[("sms", _("By text message")), ("phone", _("By phone"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    picture = forms.FileField(label=_("Picture of the place"), required=False, help_text=_("Up to 10 MB."))
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=11,
        min_length=11,
        help_text=_("Only for questions and the answer; never shown on public pages."),
        error_messages={"min_length": _("The mobile number is one digit short: it has 11.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "tel"}),
    )
    private = forms.BooleanField(
        label=_("Do not publish this matter"),
        required=False,
        help_text=_("By default the course of the matter is public, never your name, phone or pictures."),
    )
    source = forms.CharField(widget=forms.HiddenInput, initial="gallery")


def showcase() -> dict[str, object]:
    """Return what the gallery's templates show."""
    at = datetime(2026, 9, 14, 10, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    wrong = {"what": "3", "field_of_service": "facilities", "phone": "1390473000", "source": "gallery"}
    return {
        "steps": [
            Step(_("Applied"), "9-1", "done"),
            Step(_("Form checked"), "9-7", "done"),
            Step(_("Opinions asked"), _("until 9-21"), "now"),
            Step(_("Joint review"), "9-22", "todo"),
        ],
        "days": _days(at.date()),
        "parts": [
            Part(_("already held"), 12, "done"),
            Part(_("newly asked"), 3),
            Part(_("being asked"), 3, "wait"),
            Part(_("struck out"), 2, "stop"),
        ],
        "contents": [
            Section(_("What happened"), "open"),
            Section(_("Where it is"), "fault", 1),
            Section(_("Picture of the place"), "optional"),
            Section(_("How we may answer"), "done"),
        ],
        "at": at,
        "later": at + timedelta(days=3, hours=7),
        "day": at.date(),
        "crumbs": [(_("Report a matter"), "/ui/"), (_("Matter %(number)s") % {"number": "7K3M9QXB"}, "")],
        "blank": SampleForm(prefix="blank"),
        "refused": SampleForm(wrong),
        "options": [("", _("All grids")), ("1", _("Grid 1"))],
        "org_lines": [_("Chair Sun, 3 members"), _("term until November 2030")],
        "org_gap": [_("not set up")],
        "swatches": _swatches(),
    }


def _days(first: date) -> list[Day]:
    notes: list[tuple[Words, str]] = [
        (_("received"), ""),
        (_("day 1"), "used"),
        (_("today"), "used"),
        (_("answered"), "done"),
        (_("due day"), "due"),
        (_("day of rest"), "rest"),
        (_("overdue"), "late"),
        (_("20 days more"), "more"),
    ]
    return [Day(first + timedelta(days=n), note, kind, n == 2) for n, (note, kind) in enumerate(notes)]  # noqa: PLR2004


def _swatches() -> list[tuple[str, Words]]:
    """Return the colours by token with the promise each makes."""
    return [
        ("paper", _("paper: the page")),
        ("surface", _("sheet: panels and tables")),
        ("sunken", _("ground: quiet fills")),
        ("ink", _("ink: the text")),
        ("azurite", _("azurite: can be pressed, under way")),
        ("azurite-tint", _("azurite, light")),
        ("cinnabar", _("cinnabar: a person must act")),
        ("cinnabar-tint", _("cinnabar, light")),
        ("jade", _("jade: done")),
        ("jade-tint", _("jade, light")),
        ("ochre", _("ochre: waiting, nearly due")),
        ("ochre-tint", _("ochre, light")),
    ]
