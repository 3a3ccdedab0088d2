"""The calendar for programs: count a term, read a year, announce days."""

from datetime import date, datetime
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded, public
from linli.ground.authority.powers import Power

from . import actions, queries
from .models import CalendarDay, DayKind, OutsideCalendar, Unit
from .rules import may_announce

router = Router(tags=["calendar"])
PlacePath = Annotated[str, Field(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$")]


class TermIn(Schema):
    """A term to count."""

    start: datetime | date
    amount: Annotated[int, Field(ge=1, le=5000)]
    unit: Unit
    place: PlacePath = ""


class PlaceIn(Schema):
    """Whose calendar; the nation's without."""

    place: PlacePath = ""


class SkippedOut(Schema):
    """A day that does not count, and why."""

    day: date
    why: str


class DueOut(Schema):
    """A deadline that explains itself."""

    due_at: datetime
    counted: list[date]
    skipped: list[SkippedOut]
    sentence: str
    provisional: bool


class DayOut(Schema):
    """One day of a calendar."""

    day: date
    kind: DayKind
    name: str
    is_workday: bool
    provisional: bool
    number: int


class AnnounceIn(Schema):
    """Days to announce."""

    place: PlacePath
    days: Annotated[list[date], Field(min_length=1, max_length=31)]
    kind: DayKind
    name: Annotated[str, Field(max_length=60)] = ""
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    source: Annotated[str, Field(min_length=1, max_length=200)]


class AnnouncedOut(Schema):
    """What an announcement did."""

    clocks_moved: int


@router.get("/due", response={200: DueOut, 422: Fault}, auth=None)
@public
def due(request: HttpRequest, term: Query[TermIn]) -> queries.Due:  # noqa: ARG001 (ninja's word)
    """Count a term on the calendar of a place."""
    try:
        return queries.due(term.start, term.amount, term.unit, term.place)
    except OutsideCalendar as error:
        raise HttpError(422, "the term leaves the years of the calendar") from error


@router.get("/{int:year}", response={200: list[DayOut], 404: Fault}, auth=None)
@public
def show(
    request: HttpRequest,  # noqa: ARG001
    year: Annotated[int, Field(ge=1900, le=2200)],
    where: Query[PlaceIn],
) -> list[CalendarDay]:
    """Return every day of a year as it holds in a place."""
    days = list(queries.days_of(where.place, year))
    if not days:
        raise HttpError(404, "the calendar does not hold this year")
    return days


@router.post("/announce", response={200: AnnouncedOut, 403: Fault, 422: Fault})
@guarded(may_announce)
def announce(request: HttpRequest, announced: AnnounceIn) -> dict[str, int]:
    """Change days of a calendar within the place of the post; running deadlines are counted again."""
    actor = actor_of(request)
    if not actor.holds(Power.EDIT_CALENDAR, announced.place):
        raise PermissionDenied
    try:
        said = announced.dict(exclude={"place"})
        moved = actions.announce(place_path=announced.place, **said, by=actor)
    except OutsideCalendar as error:
        raise HttpError(422, "the calendar does not hold these days") from error
    return {"clocks_moved": moved}
