"""Where other apps add to the page of a place without being imported: completeness its chart, cases its figures.

`sections.register(order=20, template_name="completeness/of_place.html", context=lambda place, actor: {…} or None)`
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from linli.ground.authority.actors import Actor

from .models import Place

Context: TypeAlias = Callable[[Place, Actor], Mapping[str, object] | None]


@dataclass(frozen=True)
class Section:
    """One part of a place's page: its template finds the facts as `section`, and the place as `place`."""

    template_name: str
    facts: Mapping[str, object]


_registered: list[tuple[int, str, Context]] = []


def register(*, order: int, template_name: str, context: Context) -> None:
    """Add a section to the page of every place for which `context` returns facts; called in `ready()` of the app that owns them."""
    _registered.append((order, template_name, context))


def sections_of(place: Place, actor: Actor) -> list[Section]:
    """Return the sections of a place's page for whoever looks, in order."""
    found = []
    for _order, template_name, context in sorted(_registered, key=lambda one: one[:2]):
        facts = context(place, actor)
        if facts is not None:
            found.append(Section(template_name, facts))
    return found
