"""What forms of several apps have in common: the list of contents of a long one; from which day to which is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

DJANGO_SAYS: Final = (
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop("This field is required."),
)
"""What Django says of a field: our catalogue says it as the rest of the house speaks."""
YEAR: Final = 12
"""Months."""


@dataclass(frozen=True)
class Part:
    """A section of a form as its list of contents shows it: filled in, at fault (with how many), optional or still open."""

    anchor: str
    title: Promise
    state: str
    faults: int


def parts_of(form: forms.Form, sections: Mapping[str, tuple[Promise, Sequence[str]]]) -> list[Part]:
    """Return how each section of a form stands; `sections` gives the heading and the fields by the anchor on the page."""
    found = []
    for anchor, (title, names) in sections.items():
        needed = [form[name] for name in names if form.fields[name].required]
        faults = sum(bool(form.errors.get(name)) for name in names) if form.is_bound else 0
        is_filled = all(one.value() for one in needed or [form[names[0]]])
        state = "fault" if faults else "done" if is_filled else "open" if needed else "optional"
        found.append(Part(anchor, title, state, faults))
    return found


class PeriodForm(forms.Form):
    """From which day to which day is counted, both included."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, or a time of the distant past."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and not date(2000, 1, 1) <= first <= last <= date(2100, 1, 1):
            self.add_error("last", _("The last day comes before the first one."))
        return given

    @classmethod
    def asked(cls, given: Mapping[str, str], *, today: date) -> tuple[Self, date, date]:
        """Return the form as an address fills it in, with its days; the last twelve months where it asks nothing, or nonsense."""
        months = today.year * YEAR + today.month - YEAR  # since year 0, the first of twelve
        usual = {"first": date(months // YEAR, months % YEAR + 1, 1), "last": today}
        form = cls(given if "first" in given or "last" in given else None, initial=usual)
        days = form.cleaned_data if form.is_valid() else usual
        return form, days["first"], days["last"]
