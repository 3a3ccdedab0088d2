"""One item of the catalogue as its keeper writes it."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.guides.models import (
    FACTS,
    Entry,
    Item,
    ItemKind,
    MaterialLine,
    Mode,
    OpinionLine,
    StepLine,
    materials_in,
    opinions_in,
    steps_in,
)  # fmt: skip
from linli.commons.guides.models.items import CODE
from linli.ground.core import money
from linli.ground.kinds.fields import SEVEN
from linli.ground.kinds.queries import departments

LONGEST_TERM: Final = 365


def department_choices() -> list[tuple[str, str]]:
    """Return the departments of today by code and name."""
    return [
        ("", str(_("Please choose"))),
        *((str(one["code"]), str(one["name"])) for one in departments() if "into" not in one),
    ]


class FenField(forms.CharField):
    """An amount typed in yuan, cleaned to fen; empty is none."""

    def clean(self, value: Any) -> Any:
        """Return the fen; raises ValidationError that says how to write it."""
        typed = str(super().clean(value))
        amount = money.fen(typed) if typed else 0
        if not 0 <= amount <= 10**9:
            raise ValidationError(_("A fee is not less than 0 and not more than 10 million yuan."), code="money")
        return amount


class LinesField(forms.CharField):
    """Lines of parts with bars between, cleaned to materials, steps or opinions."""

    def __init__(self, read: Any, **options: Any) -> None:
        """Take the function that reads a text."""
        self.read = read
        super().__init__(required=False, max_length=4000, **options)

    def clean(self, value: Any) -> Any:
        """Return what the lines say; raises ValidationError that names the line."""
        return self.read(str(super().clean(value)).replace("\r", ""))


class ItemForm(forms.Form):
    """An item: what it is, by which law, who may, with what, how long, how much."""

    SECTIONS: ClassVar[tuple[tuple[str, Promise, tuple[str, ...]], ...]] = (
        ("s1", _("What it is"), ("code", "name", "aliases", "field", "kind", "mode", "department")),
        ("s2", _("Basis and conditions"), ("legal_basis", "article", "conditions", "result")),
        ("s3", _("Materials and steps"), ("materials", "steps", "opinions")),
        ("s4", _("Time and money"), ("statutory_days", "promised_days", "fee", "fee_basis")),
        ("s5", _("Where to ask and how long it holds"), ("contact", "hours", "valid_from", "valid_until")),
    )
    """By the anchor on the page: the heading and the fields below it."""

    code = forms.RegexField(
        CODE,
        label=_("item code"),
        help_text=_("Body (8 figures, 2 letters) – kind – 4 figures, e.g. 15030000MZ-JF-0001."),
        max_length=18,
        error_messages={"invalid": _("Write it like 15030000MZ-JF-0001: body, kind, four figures.")},
    )
    name = forms.CharField(label=_("name of the item"), max_length=60)
    aliases = forms.CharField(
        label=_("what people call it"),
        help_text=_("Found by these words too; blanks between them."),
        max_length=60,
        required=False,
    )
    field = forms.ChoiceField(label=_("field of service"), choices=[("", _("Please choose")), *SEVEN])
    kind = forms.ChoiceField(label=_("kind of item"), choices=[("", _("Please choose")), *ItemKind.choices])
    mode = forms.ChoiceField(label=_("how it is handled"), choices=[("", _("Please choose")), *Mode.choices])
    department = forms.ChoiceField(label=_("competent department"), choices=department_choices)
    legal_basis = forms.CharField(label=_("basis in law"), max_length=200, help_text=_("Law, regulation or document."))
    article = forms.CharField(
        label=_("article"), max_length=60, required=False, help_text=_("Leave it empty where you are not sure.")
    )
    conditions = forms.CharField(label=_("who may apply"), max_length=1000, widget=forms.Textarea({"rows": 4}))
    result = forms.CharField(label=_("result"), max_length=100)
    materials = LinesField(
        materials_in,
        label=_("materials"),
        help_text=_(
            "One a line: name | originals | copies | 自备, 核发 or 现场填写 | why it need not be handed in (if so)."
        ),
        widget=forms.Textarea({"rows": 6}),
    )
    steps = LinesField(
        steps_in,
        label=_("steps of the handling"),
        help_text=_("One a line: name | working days | 计 or 不计 (counts in the statutory time)."),
        widget=forms.Textarea({"rows": 4}),
    )
    opinions = LinesField(
        opinions_in,
        label=_("departments whose opinions are asked"),
        help_text=_("For what is done jointly. One a line: department | what it gives its opinion on | working days."),
        widget=forms.Textarea({"rows": 3}),
    )
    statutory_days = forms.IntegerField(
        label=_("statutory limit, working days"),
        min_value=1,
        max_value=LONGEST_TERM,
        required=False,
        help_text=_("Leave it empty where the law fixes none."),
    )
    promised_days = forms.IntegerField(
        label=_("promised limit, working days"),
        min_value=0,
        max_value=LONGEST_TERM,
        help_text=_("0 for what is done on the spot."),
    )
    fee = FenField(label=_("fee, yuan"), max_length=20, required=False)
    fee_basis = forms.CharField(label=_("basis of the fee"), max_length=100, required=False)
    contact = forms.CharField(label=_("telephone for questions"), max_length=60, required=False)
    hours = forms.CharField(label=_("opening hours"), max_length=100, required=False)
    valid_from = forms.DateField(label=_("valid from"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    valid_until = forms.DateField(
        label=_("valid until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item | None = None, **options: Any) -> None:
        """Know the item that is changed."""
        self.item = item
        super().__init__(*args, **options)

    @classmethod
    def of(cls, item: Item) -> "ItemForm":
        """Return the form filled with an item as it stands."""
        facts = item.facts()
        return cls(item=item, initial=facts | {"fee": money.yuan(item.fee), "version": item.version})

    def clean_code(self) -> str:
        """Refuse the code of another item."""
        code = str(self.cleaned_data["code"])
        others = Item.objects.exclude(pk=self.item.pk if self.item else 0)
        if others.filter(code=code).exists():
            raise ValidationError(_("Another item has this code already."), code="code")
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse what the database would, at the field where it can be mended."""
        typed = self.cleaned_data
        statutory, promised, mode = (typed.get(name) for name in ("statutory_days", "promised_days", "mode"))
        if statutory and promised is not None and promised > statutory:
            self.add_error("promised_days", _("The promised limit may not be longer than the statutory one."))
        if mode and promised is not None and (mode == Mode.IMMEDIATE) != (promised == 0):
            text = _("What is done on the spot takes 0 working days, everything else at least 1.")
            self.add_error("promised_days", text)
        if typed.get("fee") and not typed.get("fee_basis"):
            self.add_error("fee_basis", _("A fee needs its basis."))
        self._clean_opinions(typed)
        begins, ends = typed.get("valid_from"), typed.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("An item cannot end before it begins."))
        return typed

    def _clean_opinions(self, typed: dict[str, Any]) -> None:
        """Refuse a joint item that asks nobody, another one that asks, a lead that asks itself, and more days than are promised."""
        mode, opinions = typed.get("mode"), typed.get("opinions")
        if not mode or opinions is None:
            return
        if (mode == Mode.JOINT) != bool(opinions):
            text = _("What is done jointly names at least one department whose opinion is asked, everything else none.")
            self.add_error("opinions", text)
        if typed.get("department") in {one.department for one in opinions}:
            self.add_error(
                "opinions", _("The competent department leads and decides; it is not asked for its opinion.")
            )
        promised = typed.get("promised_days")
        if promised is not None and any(one.days > promised for one in opinions):
            self.add_error("opinions", _("No opinion may take longer than the promised limit."))

    def entry(self) -> Entry:
        """Return what was written, cleaned."""
        materials: list[MaterialLine] = self.cleaned_data["materials"]
        steps: list[StepLine] = self.cleaned_data["steps"]
        opinions: list[OpinionLine] = self.cleaned_data["opinions"]
        return Entry({name: self.cleaned_data[name] for name in FACTS}, materials, steps, opinions)

    def sections(self) -> list[tuple[str, Promise, list[forms.BoundField]]]:
        """Return the sections of the page with their fields."""
        return [(anchor, title, [self[name] for name in names]) for anchor, title, names in self.SECTIONS]


class EndForm(forms.Form):
    """The last day on which an item can be applied for."""

    on = forms.DateField(
        label=_("last day"),
        help_text=_("What was applied for until then is brought to its end."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose the last day")},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, **options: Any) -> None:
        """Know the item."""
        self.item = item
        super().__init__(*args, **options)

    def clean_on(self) -> date:
        """Refuse a day before the item began."""
        on: date = self.cleaned_data["on"]
        if on < self.item.valid_from:
            raise ValidationError(_("An item cannot end before it begins."), code="on")
        return on
