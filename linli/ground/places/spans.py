"""What a count takes in, as an address asks for it: a place with all below it, the days from one to another, what else narrows it.

Whatever is counted is split alike into groups, of which each leads further in and to what stands behind its numbers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Aggregate, Model, QuerySet
from django.db.models.functions import Substr, TruncMonth
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.timezone import make_aware
from django.utils.translation import pgettext

from linli.ground.authority.actors import actor_of
from linli.ground.authority.powers import Power
from linli.ground.core import clock
from linli.ground.ui.forms import PeriodForm

from .divisions import LEVELS, Level
from .models import Place
from .queries import city_path, place_at

LONGEST: Final = 40
"""Characters of a key."""
BELOW: Final = tuple(digits for digits, level in LEVELS.items() if level not in {Level.PROVINCE, Level.GRID})
"""How long the codes of the divisions are by which things are counted."""
Names = Callable[[str, Iterable[str]], Mapping[str, str]]
"""Returns what the keys of a way to split are called."""
M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """A place with all below it, two days and what lies between; what is counted adds the keys by which else it is narrowed."""

    place_path: str
    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When the first day begins, and the one after the last."""
        return _midnight(self.first), _midnight(self.last + timedelta(1))

    @property
    def keys(self) -> dict[str, str]:
        """The keys by which it may be narrowed beside place and days; empty ones do not."""
        return {name: getattr(self, name) for name in names_of_keys(type(self))}


S = TypeVar("S", bound=Span)


@dataclass(frozen=True)
class Line(Generic[T]):
    """One line of what is counted: its counts, by the key that narrows to it."""

    key: str
    tally: T


@dataclass(frozen=True)
class Row(Generic[T]):
    """A line as a page shows it."""

    name: str
    tally: T
    into: str
    """Where it leads further in; empty at the end."""
    behind: str
    """The question that leads to what stands behind its numbers."""


@dataclass(frozen=True)
class Columns:
    """By which columns things are split: where and when they were; what says each key, and what orders its lines."""

    place: str
    at: str
    keys: Mapping[str, Sequence[str]]

    @property
    def groups(self) -> tuple[str, ...]:
        """All ways to split."""
        return "place", *self.keys, "month"

    def split(
        self, rows: QuerySet[M], span: Span, by: str, counts: Mapping[str, Aggregate]
    ) -> list[tuple[str, dict[str, int]]]:
        """Return the counts of each group by its key: of each place right below, of each key or month. One query. By code, no ranking."""
        below = next((digits for digits in BELOW if digits > len(span.place_path)), BELOW[-1])
        made = {"place": Substr(self.place, 1, below), "month": TruncMonth(self.at)}
        name, *order = self.keys.get(by, ["key"])
        plain = rows.order_by()
        grouped: QuerySet[M, Any] = plain.values(key=made[by]) if by in made else plain.values(name, *order)
        found = grouped.annotate(**{f"n_{kind}": count for kind, count in counts.items()}).order_by(*order, name)
        return [(_word(row[name]), {kind: row[f"n_{kind}"] or 0 for kind in counts}) for row in found]


@dataclass(frozen=True)
class Asked(Generic[S]):
    """What an address asks for: the span, how it is split, the place, the form of the days as it was typed; whose area it is."""

    span: S
    by: str
    place: Place
    form: PeriodForm
    area: str

    def query(self, span: S | None = None, *, more: Mapping[str, str] | None = None) -> str:
        """Return the address's question for a span, with what else it asks."""
        one = span or self.span
        known = {"place": one.place_path, "first": str(one.first), "last": str(one.last), "by": self.by}
        known |= {**one.keys, **(more or {})}
        return urlencode({name: value for name, value in known.items() if value})

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of the days passes on."""
        known = {"place": self.span.place_path, "by": self.by} | self.span.keys
        return {name: value for name, value in known.items() if value}

    @property
    def words(self) -> dict[str, object]:
        """What the name of a file says of it."""
        return {"place": self.place.short_name, "first": self.span.first, "last": self.span.last}

    def crumbs(self, address: str) -> list[tuple[str, str]]:
        """Return the way from the area down to the place."""
        above = [one for one in self.place.ancestors() if one.path.startswith(self.area)]
        crumbs = [(one.short_name, f"{address}?{self.query(more={'place': one.path})}") for one in above]
        return [*crumbs, (self.place.short_name, "")] if crumbs else []

    def choices(self, name: str, labels: Mapping[str, Promise]) -> list[tuple[str, Promise, str]]:
        """Return what one may choose under a name of the address, with the question for each."""
        return [(one, label, self.query(more={name: one})) for one, label in labels.items()]

    def chosen(self, names: Names) -> list[tuple[str, str]]:
        """Return what narrows the span beside place and days, each with the question without it."""
        return [
            (names(name, [key]).get(key, key), self.query(more={name: ""}))
            for name, key in self.span.keys.items()
            if key
        ]

    def rows(self, lines: Sequence[Line[T]], names: Names, *, further: Mapping[str, str] | None = None) -> list[Row[T]]:
        """Return the lines as a page shows them; `further` says how what lies further in is split, where it is not split alike."""
        known, found = names(self.by, [line.key for line in lines]), []
        for line in lines:
            span = narrowed(self.span, self.by, line.key)
            more = {"by": (further or {}).get(self.by, self.by)}
            into = "" if span == self.span else f"?{self.query(span, more=more)}"
            found.append(Row(known.get(line.key, line.key), line.tally, into, self.query(span)))
        return found

    def table(
        self, lines: Sequence[Line[T]], whole: T, names: Names, cells: Callable[[T], Sequence[object]]
    ) -> list[list[object]]:
        """Return the lines as the rows of a sheet, and all of them together beneath."""
        known = names(self.by, [line.key for line in lines])
        rows = [[known.get(line.key, line.key), *cells(line.tally)] for line in lines]
        return [*rows, [pgettext("rates", "Together"), *cells(whole)]]


def asked_of(request: HttpRequest, kind: type[S], *, power: Power, groups: Sequence[str]) -> Asked[S]:
    """Read what an address asks; what it does not say, or says wrongly, is the area of the actor's power, a year, the first of the groups.

    Raises Http404 before the city is opened.
    """
    given = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form, first, last = PeriodForm.asked(given, today=clock.today())
    area = actor_of(request).area(power) or city_path()
    place = _place(given.get("place", "")) or _place(area)
    if place is None:
        raise Http404
    by = given.get("by", "")
    keys: dict[str, Any] = {name: given.get(name, "")[:LONGEST] for name in names_of_keys(kind)}
    return Asked(kind(place.path, first, last, **keys), by if by in groups else groups[0], place, form, area)


def narrowed(span: S, by: str, key: str) -> S:
    """Return the span of one line of a group."""
    if by == "place":
        return replace(span, place_path=key)
    if by == "month":
        first = date.fromisoformat(f"{key}-01")
        after = (first + timedelta(32)).replace(day=1)
        return replace(span, first=max(first, span.first), last=min(after - timedelta(1), span.last))
    keys: dict[str, Any] = {by: key}
    return replace(span, **keys)


def names_of_keys(kind: type[Span]) -> list[str]:
    """Return the names of the keys by which spans of this kind are narrowed beside place and days."""
    return [one.name for one in fields(kind)[len(fields(Span)) :]]


def _place(path: str) -> Place | None:
    return place_at(path) if path.isascii() and path.isalnum() else None


def _word(key: str | datetime) -> str:
    return key if isinstance(key, str) else f"{key:%Y-%m}"


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
