"""Where other apps add to the register's pages without being imported.

`sections.register(order=20, template_name="doubles/of_person.html", context=lambda person, actor: {…} or None)` adds to the page of a
person at the desk, `register_above` to the buttons above the register, `register_own` to everybody's page of their own data.
`register_alike(find)` says which entries look like one that is about to be written, `register_dues(find)` until when requests wait.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.ground.authority.actors import Actor
from linli.ground.people.actions import Entry
from linli.ground.people.models import Person
from linli.ground.residents.models import DataRequest
from linli.ground.ui.sections import Sections

_sections: Sections[Person] = Sections()
register, sections_of = _sections.register, _sections.of
_above: Sections[None] = Sections()
register_above, sections_above = _above.register, _above.of
_own: Sections[Person] = Sections()
register_own, own_sections = _own.register, _own.of


@dataclass(frozen=True)
class Alike:
    """An entry that may be the person who is about to be entered, and what speaks for it."""

    person: Person
    signs: Sequence[str]


_finders: list[Callable[[Entry, Actor], list[Alike]]] = []
register_alike = _finders.append


def alike(entry: Entry, actor: Actor) -> list[Alike]:
    """Return the entries that the actor may see and that may be this person, each once."""
    found = {one.person.pk: one for find in _finders for one in find(entry, actor)}
    return list(found.values())


@dataclass(frozen=True)
class Due:
    """Until when a request about personal data waits, how long that is in words, and the kind that colours it (`c-deadline`)."""

    at: datetime
    text: str
    kind: str


_clocks: list[Callable[[Sequence[DataRequest]], Mapping[int, Due]]] = []
register_dues = _clocks.append


def with_dues(requests: Sequence[DataRequest]) -> list[tuple[DataRequest, Due | None]]:
    """Return requests in their order, those that wait with their due day as far as their clock has begun."""
    known = {key: due for find in _clocks for key, due in find(requests).items()}
    return [(asked, known.get(asked.pk)) for asked in requests]
