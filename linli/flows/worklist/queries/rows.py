"""The cases of a filter as rows of a file: read through the server's cursor, some at a time, with names looked up once. Nobody is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.commons.deadlines.models import Clock
from linli.commons.routing.models import Category, ServiceField, Urgency
from linli.flows.cases.models import Case, Channel, LeadBy, Status
from linli.flows.cases.queries import ANSWER
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.organisations.models import Body
from linli.ground.places.divisions import DIGITS, Level, short_name
from linli.ground.places.models import Place

from .choices import area_of
from .filters import Filter
from .listing import NEWEST_FIRST, chosen

CHUNK: Final = 1000
COLUMNS: Final = (
    "pk", "reference", "received_at", "channel", "place__path", "where", "category", "status", "lead", "lead_by", "returns", "round",
    "text", "accepted_at", "answered_at", "closed_at",
)  # fmt: skip
Row = tuple[object, ...]


def header() -> list[str]:
    """Return the headings of the file."""
    return [
        _("Reference"), _("Time of receipt"), _("Came in by"), _("District"), _("Sub-district or town"), _("Community"), _("Where exactly"),
        _("Field of service"), _("Category"), _("Urgency"), _("Status"), _("Lead"), _("Why this lead"), _("Times sent back"), _("Round"),
        _("What it is about (numbers masked)"),
        _("Time of acceptance"), _("Time of answer"), _("Time of closing"), _("Time limit"), _("In time"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """What is to be written: how many cases there are now, and their rows when it is iterated, in constant memory."""

    cases: QuerySet[Case, tuple[Any, ...]]
    total: int
    area: str

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows, the newest first: one query for the cases, one for the time limits of each chunk."""
        names = dict(Place.objects.under(self.area).values_list("path", "name"))
        words = _Words(
            {path: short_name(name) for path, name in names.items()},
            dict(Body.objects.values_list("pk", "name")),
            {one.pk: one for one in Category.objects.all()},
        )
        chunk: list[tuple[Any, ...]] = []
        for case in self.cases.iterator(chunk_size=CHUNK):
            chunk.append(case)
            if len(chunk) == CHUNK:
                yield from _written(chunk, words)
                chunk = []
        yield from _written(chunk, words)


@dataclass(frozen=True)
class _Words:
    places: dict[str, str]
    bodies: dict[int, str]
    categories: dict[int, Category]


def rows_of(actor: Actor, asked: Filter) -> Rows:
    """Return the rows of what a filter shows to the actor."""
    cases = chosen(actor, asked).select_related(None)
    return Rows(
        cases.order_by(*NEWEST_FIRST).values_list(*COLUMNS), cases.count(), area_of(actor)[: DIGITS[Level.PREFECTURE]]
    )


def _written(chunk: Sequence[tuple[Any, ...]], words: _Words) -> Iterator[Row]:
    about = [f"cases.case:{case[0]}" for case in chunk]
    limits = {one.about: one for one in Clock.objects.filter(about__in=about, name=ANSWER).order_by("pk")}
    for case in chunk:
        yield _row(case, limits.get(f"cases.case:{case[0]}"), words)


def _row(case: tuple[Any, ...], limit: Clock | None, words: _Words) -> Row:
    one = dict(zip(COLUMNS, case, strict=True))
    kind = words.categories[one["category"]]
    return (
        one["reference"],
        _moment(one["received_at"]),
        str(Channel(one["channel"]).label),
        *_places(one["place__path"], words.places),
        one["where"],
        str(ServiceField(kind.field).label),
        str(kind),
        str(Urgency(kind.urgency).label),
        str(Status(one["status"]).label),
        words.bodies[one["lead"]],
        str(LeadBy(one["lead_by"]).label),
        one["returns"],
        one["round"],
        one["text"],
        _moment(one["accepted_at"]),
        _moment(one["answered_at"]),
        _moment(one["closed_at"]),
        _moment(limit.due_at if limit else None),
        _in_time(limit),
    )


def _places(path: str, names: dict[str, str]) -> tuple[str, str, str]:
    """Return district, town and community of a path; a grid is named with its community."""
    county, town, community = (
        names.get(path[: DIGITS[level]], "") for level in (Level.COUNTY, Level.TOWN, Level.COMMUNITY)
    )
    grid = names.get(path, "") if len(path) > DIGITS[Level.COMMUNITY] else ""
    return (
        county,
        town if len(path) >= DIGITS[Level.TOWN] else "",
        community + grid if len(path) >= DIGITS[Level.COMMUNITY] else "",
    )


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _in_time(limit: Clock | None) -> str:
    """Say whether the answer came in time; nothing while there is still time."""
    if limit is None or (limit.stopped_at is None and not limit.is_late):
        return ""
    return _("no") if (limit.stopped_at or clock.now()) > limit.due_at else _("yes")
