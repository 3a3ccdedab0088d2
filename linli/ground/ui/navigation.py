"""What stands in the navigation of the shells. Apps register their entries in `ready()`; ui never knows them by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.urls import reverse

from linli.ground.authority.actors import Actor


class Area(StrEnum):
    """Where an entry stands."""

    PUBLIC = "public"
    """The masthead of the public pages."""
    DESK = "desk"
    """The side of the desk, in groups."""
    ACCOUNT = "account"
    """Sign in, change the post, sign out: in the corner of both shells and as a way out of a 403."""
    FOOTER = "footer"
    SEARCH = "search"
    """The address that both search boxes ask with `?q=`; the first visible one counts."""


class Text(Protocol):
    """A string or a translation that becomes one when it is shown."""

    def __str__(self) -> str:
        """Return it in the language of the page."""
        ...


@dataclass(frozen=True)
class Badge:
    """A count beside an entry; `late` only when a person must act, `spoken` completes it for those who listen."""

    text: str
    late: bool = False
    spoken: Text = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One door in the navigation. `visible` and `badge` are asked once per page, with whoever asks."""

    area: Area
    label: Text
    url_name: str
    icon: str = ""
    group: Text = ""
    """The heading on the desk under which it stands; entries of a group are registered with neighbouring orders."""
    order: int = 100
    minor: bool = False
    """Leaves the row of tabs on phones."""
    visible: Callable[[Actor], bool] = lambda _: True
    badge: Callable[[Actor], Badge | None] = lambda _: None


@dataclass(frozen=True)
class Line:
    """An entry as a page shows it."""

    label: str
    url: str
    icon: str
    badge: Badge | None
    current: bool
    minor: bool


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: list[Line]


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Put a door into the navigation; called in `ready()` of the app that owns the address."""
    _entries.append(entry)


def lines(area: Area, actor: Actor, path: str) -> list[Line]:
    """Return the lines of an area that the actor may see, in order; the one whose address leads furthest to `path` is current."""
    return [line for _, line in _lines(area, actor, path)]


def groups(actor: Actor, path: str) -> list[Group]:
    """Return the side of the desk: its groups in order of their first entry."""
    found: dict[str, Group] = {}
    for entry, line in _lines(Area.DESK, actor, path):
        title = str(entry.group)
        found.setdefault(title, Group(title, [])).lines.append(line)
    return list(found.values())


def _lines(area: Area, actor: Actor, path: str) -> Iterator[tuple[Entry, Line]]:
    chosen = sorted(
        (entry for entry in _entries if entry.area == area and entry.visible(actor)), key=lambda one: one.order
    )
    urls = [reverse(entry.url_name) for entry in chosen]
    near = max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default=None)
    for entry, url in zip(chosen, urls, strict=True):
        yield entry, Line(str(entry.label), url, entry.icon, entry.badge(actor), url == near, entry.minor)
