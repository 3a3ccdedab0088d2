"""References: how a thing of any app is named, titled, linked and shown to those who may see it, without importing its app.

A reference is text, `cases.case:42`. Apps register their kinds in `ready()`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet


class Doer(Protocol):
    """Whoever looks at a thing or changes it: authority's Actor is one."""

    @property
    def ref(self) -> str:
        """The reference of the account, empty for an unknown visitor."""
        ...

    @property
    def post_ref(self) -> str:
        """The reference of the post in which they act, empty for none."""
        ...


@dataclass(frozen=True)
class Kind:
    """How things of one model are titled, linked and scoped."""

    title: Callable[[Any], str]
    url: Callable[[Any], str]
    visible_to: Callable[[Any], QuerySet[Any]]
    note: Callable[[Any], str] = lambda _thing: ""


@dataclass(frozen=True)
class Reference:
    """A thing as a page shows it: its name, where it leads, and a line that tells it from others of the same name."""

    ref: str
    title: str
    url: str
    note: str


_kinds: dict[str, Kind] = {}


def register(
    label: str,
    *,
    title: Callable[[Any], str],
    url: Callable[[Any], str],
    visible_to: Callable[[Any], QuerySet[Any]],
    note: Callable[[Any], str] = lambda _thing: "",
) -> None:
    """Make the things of the model `app.model` referable; called once, in `ready()` of the app that owns them."""
    _kinds[label] = Kind(title, url, visible_to, note)


def registered() -> Mapping[str, Kind]:
    """Return every registered kind by model label."""
    return _kinds


def ref(thing: Model) -> str:
    """Return the reference of a saved thing, e.g. `cases.case:42`."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def resolve(refs: Iterable[str], viewer: Doer) -> dict[str, Reference]:
    """Return those of the references that the viewer may see, in one query per model."""
    keys: dict[str, set[str]] = defaultdict(set)
    for one in refs:
        label, _, key = one.partition(":")
        if label in _kinds and key.isdigit():
            keys[label].add(key)
    found = {}
    for label, wanted in keys.items():
        kind = _kinds[label]
        for thing in kind.visible_to(viewer).filter(pk__in=wanted):
            found[ref(thing)] = Reference(ref(thing), kind.title(thing), kind.url(thing), kind.note(thing))
    return found
