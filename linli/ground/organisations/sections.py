"""Where other apps add to the page of a body without being imported: completeness what the rules find in it.

`sections.register(order=20, template_name="completeness/of_body.html", context=lambda body, actor: {…} or None)`
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from linli.ground.authority.actors import Actor
from linli.ground.places.sections import Section

from .models import Body

Context: TypeAlias = Callable[[Body, Actor], Mapping[str, object] | None]

_registered: list[tuple[int, str, Context]] = []


def register(*, order: int, template_name: str, context: Context) -> None:
    """Add a section to the page of every body for which `context` returns facts; called in `ready()` of the app that owns them."""
    _registered.append((order, template_name, context))


def sections_of(body: Body, actor: Actor) -> list[Section]:
    """Return the sections of a body's page for whoever looks, in order."""
    ordered = sorted(_registered, key=lambda one: one[:2])
    found = [(template_name, context(body, actor)) for _order, template_name, context in ordered]
    return [Section(template_name, facts) for template_name, facts in found if facts is not None]
