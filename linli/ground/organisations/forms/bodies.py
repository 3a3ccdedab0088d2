"""What people type about bodies."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.kinds.models import BodyKind, Group
from linli.ground.organisations.models import PHONE, Body, Category, Contact, Post
from linli.ground.residents.forms import PastDay

from .parts import day

_ASCII = str.maketrans("０１２３４５６７８９－—–（）", "0123456789---()")


class RenameForm(forms.Form):
    """The name of a body."""

    name = forms.CharField(label=_("Full name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=40, help_text=_("As people say it."))


class FoundedForm(forms.Form):
    """When a body was founded; what an association is for."""

    founded_on = PastDay(label=_("Founded on"))
    category = forms.ChoiceField(label=_("Category"), choices=[("", _("not said")), *Category.choices], required=False)

    def __init__(self, *args: Any, kind: BodyKind, **options: Any) -> None:
        """Ask for the category of associations only."""
        super().__init__(*args, **options)
        if kind.group != Group.ASSOCIATION:
            del self.fields["category"]


class TelephoneField(forms.CharField):
    """The telephone of an office however typed; cleaned to `0473-1234567`, a mobile or a short number."""

    def clean(self, value: Any) -> str:
        """Return the number with one dash after the area code; raises ValidationError."""
        said: str = super().clean(value)
        number = re.sub(r"[\s().-]", "", said.translate(_ASCII))
        if re.fullmatch(r"0(10|2[0-9])[0-9]{7,8}|0[3-9][0-9]{2}[0-9]{7,8}", number):
            split = 3 if number[1] in "12" else 4
            number = f"{number[:split]}-{number[split:]}"
        if re.fullmatch(r"[2-9][0-9]{6,7}", number):
            raise ValidationError(gettext("Write the area code before it, as in 0473-1234567."), code="area")
        if number and not re.fullmatch(PHONE, number):
            raise ValidationError(
                gettext("This is no telephone number. Write it like 0473-1234567 or 12345."), code="phone"
            )
        return number


class CorrectForm(FoundedForm):
    """What is on record of a body: its beginning, and how people reach it."""

    phone = TelephoneField(
        label=_("Telephone of the office"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel"}),
        help_text=_("Everybody sees it. Never a person's own number."),
    )
    address = forms.CharField(label=_("Address"), max_length=100, required=False, help_text=_("Road, number, floor."))
    hours = forms.CharField(
        label=_("Opening hours"),
        max_length=100,
        required=False,
        help_text=_("For example Mon–Fri 8:30–12:00, 14:30–18:00."),
    )
    duty = forms.ModelChoiceField(
        Post.objects.none(), label=_("Post that answers"), required=False, empty_label=_("not said")
    )

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        """Begin with what is on record; offer the body's own posts."""
        names = ("founded_on", "category", "phone", "address", "hours", "duty")
        super().__init__(*args, kind=body.kind, initial={name: getattr(body, name) for name in names}, **options)
        duty = self.fields["duty"]
        duty.queryset = body.posts.current()  # type: ignore[attr-defined]
        duty.label_from_instance = lambda post: post.name  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what is to be recorded, the ways to reach the body in one."""
        given = dict(self.cleaned_data)
        contact = Contact(**{name: given.pop(name) for name in ("phone", "address", "hours", "duty")})
        return given | {"contact": contact}


class SetUpForm(FoundedForm, RenameForm):
    """A new body."""


class MoveForm(forms.Form):
    """Under which other body a body stands."""

    parent = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Stands under"),
        widget=forms.RadioSelect,
        empty_label=_("Under no other body"),
        required=False,
        blank=True,
    )

    def __init__(self, *args: Any, parents: QuerySet[Body], **options: Any) -> None:
        """Offer the bodies that may stand above."""
        super().__init__(*args, **options)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class DissolveForm(forms.Form):
    """The end of a body; the tick is the confirmation."""

    on = day(_("Last day"), initial=clock.today)
    sure = forms.BooleanField(label=_("I have checked that this body is to be dissolved. It cannot be taken back."))
