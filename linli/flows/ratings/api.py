"""The door for machines: what applications come to, and what stands behind each number; under /services/rates."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from linli.flows.services.models import Application, ApplicationStatus, Outcome
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, guarded
from linli.ground.core.paging import Page, page_of

from . import queries, rules

router = Router(tags=["ratings"])
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
Key = Annotated[str, Field(max_length=40)]


class CameIn(Schema):
    """What is counted: what came in within a place from one day to another, perhaps at one handler, for one item or field."""

    place: Annotated[str, Field(pattern=r"^\d{2,20}$")]
    first: Day
    last: Day
    handler: Key = ""
    item: Key = ""
    field: Key = ""

    @property
    def span(self) -> queries.Span:
        """The same as the house counts it."""
        return queries.Span(self.place, self.first, self.last, self.handler, self.item, self.field)


class RatedOut(Schema):
    """The counts of a group; `in_time`, `satisfaction` and `notices` as percent, `average` in working days, — where nothing is counted."""

    key: str
    received: int
    noticed: int
    deemed: int
    decided: int
    on_time: int
    late: int
    rated: int
    satisfied: int
    in_time: str
    satisfaction: str
    notices: str
    average: str


class BehindOut(Schema):
    """An application behind a number."""

    reference: str
    item: str = Field(alias="item.code")
    handler: str = Field(alias="handler.name")
    status: ApplicationStatus
    received_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    outcome: Outcome | None


class BehindPage(Schema):
    """One page of applications behind a number; `next` is the token of the following one."""

    items: list[BehindOut]
    next: str | None


@router.get("/rates", response=FAULTS | {200: list[RatedOut], 422: Fault})
@guarded(rules.may_count)
def rates(
    request: HttpRequest, asked: Query[CameIn], by: Literal["place", "handler", "item", "field", "month"] = "item"
) -> list[dict[str, object]]:
    """Count the applications of a span in groups."""
    span = asked.span
    found = queries.lines(actor_of(request), span, by, fairly=queries.counts_fairly(span.place_path))
    return [
        {"key": line.key, "average": line.tally.average}
        | {kind: getattr(line.tally, kind) for kind in queries.KINDS}
        | {name: str(getattr(line.tally, name)) for name in ("in_time", "satisfaction", "notices")}
        for line in found
    ]


@router.get("/rates/behind", response=FAULTS | {200: BehindPage, 422: Fault})
@guarded(rules.may_count)
def behind(
    request: HttpRequest,
    asked: Query[CameIn],
    of: Literal["received", "noticed", "deemed", "decided", "on_time", "late", "rated", "satisfied"] = "received",
    after: Annotated[str, Field(max_length=200)] = "",
) -> Page[Application]:
    """List the applications behind one number, the latest first."""
    span = asked.span
    rows = queries.behind(actor_of(request), span, of, fairly=queries.counts_fairly(span.place_path))
    return page_of(rows, keys=("-received_at", "-pk"), token=after)
