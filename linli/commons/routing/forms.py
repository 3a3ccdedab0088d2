"""What is typed about categories and routes."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.organisations.models import Body

from . import queries
from .models import Asked, Category, Hours, Route, ServiceField, Urgency

MOST_QUESTIONS: Final = 6
MOST_OPTIONS: Final = 12
NEEDED: Final = "*"
NAMING: Final = "#"
MARKS: Final = "*＊#＃ "
"""What may stand before a question, also as a Chinese keyboard writes it."""
MOST_BODIES: Final = 20
CHOOSE_BODY: Final = _("Several bodies fit. Please choose one of them.")
BETWEEN: Final = re.compile(r"[/／]")


class CategoryForm(forms.Form):
    """A category of needs, with its questions one a line."""

    name = forms.CharField(label=_("Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    examples = forms.CharField(label=_("Examples"), max_length=100, required=False)
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        help_text=_("The rulebook says how long each urgency takes; needs that are under way keep their time limit."),
    )
    is_shared = forms.BooleanField(
        label=_("Concerns everybody at the spot"),
        required=False,
        help_text=_(
            "Whoever reports the same at the same spot supports the open case instead of bringing another. "
            "Leave it empty for what people ask for themselves."
        ),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may read what is reported"),
        required=False,
        help_text=_(
            "Reference, words, place and how far it is, with numbers masked; never who reported it."
            " Leave it empty for what people tell about themselves or each other."
        ),
    )
    questions = forms.CharField(
        label=_("Questions"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line; options after a colon, with a slash between them; a star before a question that must be answered."
            " E.g. *How many are out: one/some/the whole street. A number sign before the one that asks for the number of"
            " the object: the same number is the same matter, wherever it is said to be. E.g. #Number of the lamp"
        ),
    )

    def clean_questions(self) -> list[Asked]:
        """Return what the lines ask; a question keeps its code as long as its place in the list stays."""
        lines = [line.strip() for line in str(self.cleaned_data["questions"]).splitlines() if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            raise ValidationError(gettext("At most %(most)d questions.") % {"most": MOST_QUESTIONS}, code="many")
        asked = [self._asked(number, line) for number, line in enumerate(lines, start=1)]
        if sum(one.names_object for one in asked) > 1:
            raise ValidationError(gettext("One question of a category names the object, no more."), code="objects")
        return asked

    def _asked(self, number: int, line: str) -> Asked:
        plain = line.lstrip(MARKS)
        marks = unicodedata.normalize("NFKC", line.removesuffix(plain))
        text, _colon, rest = plain.replace("：", ":").partition(":")
        options = [one.strip() for one in BETWEEN.split(rest) if one.strip()]
        if len(options) > MOST_OPTIONS or not text.strip() or any(len(one) > 40 for one in options):  # noqa: PLR2004
            told = gettext("Line %(number)d is too long, or has more than %(most)d options.")
            raise ValidationError(told % {"number": number, "most": MOST_OPTIONS}, code="line")
        if len(text.strip()) > 60:  # noqa: PLR2004 (the column's)
            raise ValidationError(gettext("Line %(number)d is too long.") % {"number": number}, code="long")
        if NAMING in marks and options:
            told = gettext("Line %(number)d: the number of an object is written, not chosen from options.")
            raise ValidationError(told % {"number": number}, code="chosen")
        return Asked(f"q{number}", text.strip(), options, NEEDED in marks, NAMING in marks)


class AddCategoryForm(CategoryForm):
    """A new category of a field."""

    field = forms.ChoiceField(label=_("Field of service"), choices=ServiceField.choices)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, figures and hyphens; it never changes.")
    )
    field_order = ("field", "code", "name", "name_en", "examples", "urgency", "is_shared", "is_public", "questions")

    def clean_code(self) -> str:
        """Refuse a code that stands for another category already."""
        code = str(self.cleaned_data["code"]).lower()
        if Category.objects.filter(code=code).exists():
            raise ValidationError(gettext("There is a category of this code already."), code="unique")
        return code


class RouteForm(forms.Form):
    """A route: which needs, who leads, who helps, why."""

    name = forms.CharField(label=_("Name of the route"), max_length=60)
    place = forms.ChoiceField(label=_("Where"), help_text=_("It holds there and in every place below."))
    about = forms.ChoiceField(label=_("About what"), required=False)
    answer = forms.ChoiceField(
        label=_("Only with this answer"), required=False, help_text=_("The answer to a question of that category.")
    )
    hours = forms.ChoiceField(label=_("Hours"), choices=Hours.choices, initial=Hours.ANY, widget=forms.RadioSelect)
    lead_at = forms.ChoiceField(label=_("Who leads: the nearest of this kind"), required=False)
    lead = forms.CharField(
        label=_("Or always this body"),
        max_length=100,
        required=False,
        help_text=_("Its name or words of it. Where several bodies fit, you then choose among them."),
    )
    lead_one = forms.ChoiceField(
        label=_("Which of these bodies"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_BODY, "invalid_choice": CHOOSE_BODY},
    )
    helpers_at = forms.MultipleChoiceField(
        label=_("Who helps"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The nearest of each kind."),
    )
    position = forms.IntegerField(
        label=_("Order"),
        min_value=1,
        max_value=9999,
        initial=100,
        help_text=_(
            "The inner place is asked first; within a place the smaller number. The first route that matches counts."
        ),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("The resident and the lead read it: why is it theirs?")
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the categories, their answers and the kinds of body."""
        super().__init__(*args, **options)
        self.categories = {one.code: one for one in queries.offered()}
        about: list[tuple[str, str]] = [("", gettext("whatever it is about"))]
        for field in ServiceField:
            about.append((f"field:{field.value}", gettext("all of %(field)s") % {"field": field.label}))
            about += [(one.code, f"　{one}") for one in self.categories.values() if one.field == field]
        answers = [
            (f"{one.code}|{question.code}|{option}", f"{one} · {question}：{option}")
            for one in self.categories.values()
            for question in one.questions.all()
            for option in question.options
        ]
        targets = queries.targets()
        self.fields["place"].choices = queries.areas(actor.area(Power.KEEP_ROUTES) or "")  # type: ignore[attr-defined]
        self.fields["about"].choices = about  # type: ignore[attr-defined]
        self.fields["answer"].choices = [("", gettext("any answer")), *answers]  # type: ignore[attr-defined]
        self.fields["lead_at"].choices = [("", gettext("not by kind")), *targets]  # type: ignore[attr-defined]
        self.fields["helpers_at"].choices = targets  # type: ignore[attr-defined]
        self._offer_bodies(actor.area(Power.KEEP_ROUTES) or "")

    def _offer_bodies(self, area: str) -> None:
        """Look for the bodies that are called as was typed; offer them where the name alone does not say which."""
        called = str(self["lead"].value() or "").replace("\0", "").strip()
        self.bodies = queries.takers_called(called, area, most=MOST_BODIES + 1) if called else []
        if 1 < len(self.bodies) <= MOST_BODIES:
            offered = [(one.reference, f"{one.name} · {one.place.title}") for one in self.bodies]
            self.fields["lead_one"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["lead_one"]

    def clean(self) -> dict[str, Any]:
        """Refuse what fits together badly: no lead or two, an answer to another category's question."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "lead" not in self.errors and bool(typed.get("lead_at")) == bool(typed.get("lead")):
            self.add_error("lead_at", _("Choose either a kind of body or one body as the lead."))
        typed["body"] = self._body(typed) if typed.get("lead") else None
        about, answer = typed.get("about", ""), typed.get("answer", "")
        if answer and answer.partition("|")[0] != about:
            self.add_error("answer", _("An answer belongs to a question of the category."))
        return typed

    def _body(self, typed: dict[str, Any]) -> Body | None:
        """Return the one body that is meant, or say what to do."""
        if not self.bodies:
            self.add_error(
                "lead", _("No standing body of this name takes needs here. Please write other words of its name.")
            )
        elif len(self.bodies) > MOST_BODIES:
            told = gettext("More than %(most)d bodies fit. Please write more of the name.")
            self.add_error("lead", told % {"most": MOST_BODIES})
        elif len(self.bodies) == 1:
            return self.bodies[0]
        return next((one for one in self.bodies if one.reference == typed.get("lead_one")), None)

    def route(self) -> Route:
        """Return the route that was typed, not saved yet."""
        typed = self.cleaned_data
        about = typed["about"]
        field = about.partition(":")[2] if about.startswith("field:") else ""
        _category, _bar, asked = typed["answer"].partition("|")
        question, _bar, answer = asked.partition("|")
        return Route(
            name=typed["name"],
            place_path=typed["place"],
            field=field,
            category=None if field else self.categories.get(about),
            question=question,
            answer=answer,
            hours=typed["hours"],
            lead_at=typed["lead_at"],
            lead=typed["body"],
            helpers_at=typed["helpers_at"],
            position=typed["position"],
            reason=typed["reason"],
        )


def typed_of(route: Route) -> dict[str, Any]:
    """Return how the form shows a route."""
    about = route.category.code if route.category else f"field:{route.field}" if route.field else ""
    return {
        "name": route.name,
        "place": route.place_path,
        "about": about,
        "answer": f"{about}|{route.question}|{route.answer}" if route.question else "",
        "hours": route.hours,
        "lead_at": route.lead_at,
        "lead": route.lead.name if route.lead else "",
        "lead_one": route.lead.reference if route.lead else "",
        "helpers_at": route.helpers_at,
        "position": route.position,
        "reason": route.reason,
    }


def lines_of(category: Category) -> str:
    """Return the questions of a category as the form takes them."""
    return "\n".join(
        (NEEDED if one.is_required else "")
        + (NAMING if one.names_object else "")
        + one.text
        + (f"：{'/'.join(one.options)}" if one.options else "")
        for one in category.questions.all()
    )
