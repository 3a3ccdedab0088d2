"""Where other apps add to the page of a person at the desk without being imported: doubles the way to merge two entries.

`sections.register(order=20, template_name="doubles/of_person.html", context=lambda person, actor: {…} or None)`
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from linli.ground.authority.actors import Actor
from linli.ground.people.models import Person
from linli.ground.places.sections import Section

Context: TypeAlias = Callable[[Person, Actor], Mapping[str, object] | None]

_registered: list[tuple[int, str, Context]] = []


def register(*, order: int, template_name: str, context: Context) -> None:
    """Add a section to the page of every person for whom `context` returns facts; called in `ready()` of the app that owns them."""
    _registered.append((order, template_name, context))


def sections_of(person: Person, actor: Actor) -> list[Section]:
    """Return the sections of a person's page for whoever looks, in order."""
    ordered = sorted(_registered, key=lambda one: one[:2])
    found = [(template_name, context(person, actor)) for _order, template_name, context in ordered]
    return [Section(template_name, facts) for template_name, facts in found if facts is not None]
