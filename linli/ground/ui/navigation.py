"""What stands in the navigation of the shells. Apps register their entries in `ready()`; ui never knows them by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, Protocol, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from linli.ground.authority.actors import Actor, Marks, Person, System, marked
from linli.ground.core import clock
from linli.ground.core.paging import CAP, Count
from linli.ground.database.prepared import worded

K = TypeVar("K")
MOMENT: Final = datetime(1001, 1, 1, tzinfo=UTC)
"""Stands for now while a query is worded."""


class Area(StrEnum):
    """Where an entry stands."""

    PUBLIC = "public"
    """The masthead of the public pages."""
    CORNER = "corner"
    """What waits for whoever reads, as a sign with its count: beside the account in the public masthead, on phones too."""
    DESK = "desk"
    """The side of the desk, in groups."""
    ACCOUNT = "account"
    """Sign in, change the post, sign out: in the corner of both shells and as a way out of a 403."""
    PROOF = "proof"
    """Another way than signing in to prove that a thing under the same first word of the address is one's own; takes its keys by `?`."""
    FOOTER = "footer"
    SEARCH = "search"
    """The address that both search boxes ask with `?q=`, labelled with what may be typed there; the first visible one counts."""


class Text(Protocol):
    """A string or a translation that becomes one when it is shown."""

    def __str__(self) -> str:
        """Return it in the language of the page."""
        ...


@dataclass(frozen=True)
class Badge:
    """Counts what waits behind an entry: the rows, what they are for those who listen; `late` only when a person must act.

    All badges of a page are counted in one query, worded once for each kind of actor: `rows` asks nothing itself and looks at nothing
    of an actor but what `authority.actors.marked` keeps, and at no moment but now.
    """

    rows: Callable[[Actor], QuerySet[Any]]
    spoken: Callable[[Count], str]
    """E.g. 3 unread messages."""
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One door in the navigation. `visible` is asked once per page, with whoever asks."""

    area: Area
    label: Text
    url_name: str
    icon: str = ""
    group: Text = ""
    """The heading on the desk under which it stands; entries of a group are registered with neighbouring orders."""
    order: int = 100
    minor: bool = False
    """Leaves the row of tabs on phones."""
    stays: bool = False
    """Stays in large print, whose masthead has no navigation, for somebody with a post."""
    visible: Callable[[Actor], bool] = lambda _: True
    badge: Badge | None = None


@dataclass(frozen=True)
class Tally:
    """A badge as a page shows it, e.g. 3, and as those who listen hear it."""

    text: str
    spoken: str
    late: bool


Tallies = Mapping[Badge, Tally]


@dataclass(frozen=True)
class Line:
    """An entry as a page shows it."""

    label: str
    url: str
    icon: str
    badge: Tally | None
    current: bool
    minor: bool
    stays: bool


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Put a door into the navigation; called in `ready()` of the app that owns the address."""
    _entries.append(entry)


def capped_counts(things: Mapping[K, QuerySet[Any]]) -> dict[K, Count]:
    """Count each of several lists up to the cap, all in one query; none where every list is known to be empty."""
    sql, values = _counting(list(things.values()))
    found: dict[int, int] = {}
    if sql:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = dict(cursor.fetchall())
    return _counts(things, found)


def _counting(lists: Sequence[QuerySet[Any]]) -> tuple[str, list[Any]]:
    """Word the one query; empty where every list is known to be empty."""
    parts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(lists):
        try:
            sql, given = rows.order_by().values("pk")[: CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {number}, COUNT(*) FROM ({sql}) AS some_{number}")  # noqa: S608 (Django's own SQL)
        values += given
    return " UNION ALL ".join(parts), values


def _counts(keys: Iterable[K], found: Mapping[int, int]) -> dict[K, Count]:
    numbers = ((key, found.get(number, 0)) for number, key in enumerate(keys))
    return {key: Count(min(one, CAP), one > CAP) for key, one in numbers}


def tallies(actor: Actor) -> Tallies:
    """Return what every badge that the actor may see counts; one query for all, none for whoever has no badge."""
    shown = tuple(dict.fromkeys(entry.badge for entry in _entries if entry.badge and entry.visible(actor)))
    someone, marks, values = marked(actor)
    count = _counting_for(shown, someone, marks)
    counts = _counts(shown, dict(count({**values, "now": clock.now()})) if count else {})
    return {
        badge: Tally(str(count), badge.spoken(count), badge.late) for badge, count in counts.items() if count.number
    }


@cache
def _counting_for(
    shown: tuple[Badge, ...], someone: Person | System, marks: Marks
) -> Callable[[dict[str, Any]], list[tuple[Any, ...]]] | None:
    """Word the query of a page's badges for a kind of actor; None where there is nothing to ask."""
    with clock.stopped_at(MOMENT):
        sql, params = _counting([badge.rows(someone) for badge in shown])
    return worded(sql, params, {**dict(marks), "now": MOMENT}) if sql else None


def lines(area: Area, actor: Actor, path: str, counted: Tallies) -> tuple[Line, ...]:
    """Return the lines of an area that the actor may see, in order; the one whose address leads furthest to `path` is current."""
    return tuple(line for _, line in _lines(area, actor, path, counted))


def groups(actor: Actor, path: str, counted: Tallies) -> tuple[Group, ...]:
    """Return the side of the desk: its groups in order of their first entry."""
    found: dict[str, list[Line]] = {}
    for entry, line in _lines(Area.DESK, actor, path, counted):
        found.setdefault(str(entry.group), []).append(line)
    return tuple(Group(title, tuple(own)) for title, own in found.items())


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def _lines(area: Area, actor: Actor, path: str, counted: Tallies) -> Iterator[tuple[Entry, Line]]:
    chosen = sorted(
        (entry for entry in _entries if entry.area == area and entry.visible(actor)), key=lambda one: one.order
    )
    urls = [_address(entry.url_name) for entry in chosen]
    near = max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default=None)
    for entry, url in zip(chosen, urls, strict=True):
        badge = counted.get(entry.badge) if entry.badge else None
        yield entry, Line(str(entry.label), url, entry.icon, badge, url == near, entry.minor, entry.stays)
