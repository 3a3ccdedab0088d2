"""Where apps above add to a page below without being imported: a page's app keeps one `Sections`, others register in `ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from linli.ground.authority.actors import Actor

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Section:
    """One part of a page: its template finds the facts as `section`, and the thing under the page's own name."""

    template_name: str
    facts: Mapping[str, object]


class Sections(Generic[Thing]):
    """The parts that other apps add to the page of one kind of thing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._registered: list[tuple[int, str, Callable[[Thing, Actor], Mapping[str, object] | None]]] = []

    def register(
        self, *, order: int, template_name: str, context: Callable[[Thing, Actor], Mapping[str, object] | None]
    ) -> None:
        """Add a section to the page of every thing for which `context` returns facts."""
        self._registered.append((order, template_name, context))

    def of(self, thing: Thing, actor: Actor) -> list[Section]:
        """Return the sections of a thing's page for whoever looks, in order."""
        ordered = sorted(self._registered, key=lambda one: one[:2])
        found = [(template_name, context(thing, actor)) for _order, template_name, context in ordered]
        return [Section(template_name, facts) for template_name, facts in found if facts is not None]
