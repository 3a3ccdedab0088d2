"""What forms of several apps have in common: the list of contents of a long one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise


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
