"""The completeness of a city's real communities and villages, by group of bodies. Units without self-government are not counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from linli.ground.completeness.composition import Finding, Severity, is_sound
from linli.ground.kinds.models import Group, stand_of
from linli.ground.places.divisions import DIGITS, SELF_GOVERNED, Level
from linli.ground.places.models import Place
from linli.ground.places.queries import city_path, place_at

from .rosters import Survey

NEARLY: Final = (4, 5)  # a cell with fewer than 4 of 5 in order is shown as a gap


@dataclass(frozen=True)
class Cell:
    """How many of the bodies that are due stand as the rules ask, and how many have not been set up at all."""

    done: int
    due: int
    missing: int

    @property
    def unsound(self) -> int:
        """Bodies that stand, but are vacant, over their term or against the rules."""
        return self.due - self.done - self.missing

    @property
    def state(self) -> str:
        """`full`, `part` or `gap`; empty where nothing is due."""
        part, whole = NEARLY
        if self.done == self.due:
            return "full" if self.due else ""
        return "part" if self.done * whole >= self.due * part else "gap"

    def __add__(self, other: "Cell") -> "Cell":
        """Return both together."""
        return Cell(self.done + other.done, self.due + other.due, self.missing + other.missing)


NOTHING: Final = Cell(0, 0, 0)


@dataclass(frozen=True)
class Row:
    """A district, town or community with one cell a group of bodies."""

    place: Place
    communities: int
    cells: Sequence[Cell]

    @property
    def total(self) -> Cell:
        """All groups together."""
        return sum(self.cells, NOTHING)

    @property
    def is_community(self) -> bool:
        """Whether the row is one community or village."""
        return self.place.level == Level.COMMUNITY


@dataclass(frozen=True)
class Matrix:
    """The completeness of a place and of the places below it."""

    place: Place
    groups: Sequence[Group]
    rows: Sequence[Row]
    total: Sequence[Cell]
    communities: int
    uncounted: int
    """Units without self-government."""
    lacking: Mapping[str, Sequence[Finding]]
    """What keeps each community from being complete, by its path."""

    @property
    def whole(self) -> Cell:
        """Everything together."""
        return sum(self.total, NOTHING)


def matrix_of(place: Place, on: date, *, level: Level | None = None) -> Matrix:
    """Return the matrix of a city, district, town or community by the divisions below it (or those of a level); at most ten queries."""
    level = level or _below(place)
    communities = list(Place.objects.current().under(place.path).at(Level.COMMUNITY).order_by("path"))
    real = [one for one in communities if one.kind in SELF_GOVERNED]
    survey = Survey(real, on)
    needed = {kind.group for kind in survey.kinds for stand in SELF_GOVERNED if kind.is_due_at(stand)}
    groups = [group for group in Group if group in needed]
    cells = {one.path: [_cell(survey, one, group) for group in groups] for one in real}
    rows = _rows(real, cells, level)
    total = [sum((row.cells[number] for row in rows), NOTHING) for number in range(len(groups))]
    lacking = {one.path: _lacking(survey, one) for one in real}
    return Matrix(place, groups, rows, total, len(real), len(communities) - len(real), lacking)


def measured(path: str) -> Place | None:
    """Return the place of a path whose matrix can be shown: in the city, not below the communities."""
    place = place_at(path) if path.startswith(city_path()) else None
    return place if place and place.level != Level.GRID else None


def _below(place: Place) -> Level:
    """Return the level of the rows below a place; a community is its own row."""
    order = [Level.PREFECTURE, Level.COUNTY, Level.TOWN, Level.COMMUNITY]
    return next((level for level in order if DIGITS[level] > len(place.path)), Level.COMMUNITY)


def _lacking(survey: Survey, place: Place) -> list[Finding]:
    wrong, missing = survey.found(place)
    due = {kind.code for kind in survey.kinds if kind.is_due_at(stand_of(place))}
    return missing + [one for found in wrong.values() if not is_sound(found) for one in found if one.kind in due]


def _cell(survey: Survey, place: Place, group: Group) -> Cell:
    """Count the kinds of a group that are due at a place: in order, and not there at all."""
    wrong, missing = survey.found(place)
    due = [kind for kind in survey.kinds if kind.group == group and kind.is_due_at(stand_of(place))]
    absent = {finding.kind for finding in missing if finding.severity == Severity.MISSING}
    faulty = {finding.kind for found in wrong.values() if not is_sound(found) for finding in found}
    done = sum(kind.code not in absent | faulty for kind in due)
    return Cell(done, len(due), sum(kind.code in absent for kind in due))


def _rows(real: Iterable[Place], cells: dict[str, list[Cell]], level: Level) -> list[Row]:
    """Add the communities up to the divisions of a level."""
    below: dict[str, list[list[Cell]]] = defaultdict(list)
    for one in real:
        below[one.path[: DIGITS[level]]].append(cells[one.path])
    places = Place.objects.current().filter(path__in=below).order_by("path")
    return [
        Row(place, len(below[place.path]), [sum(column, NOTHING) for column in zip(*below[place.path], strict=True)])
        for place in places
    ]
