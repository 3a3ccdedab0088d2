"""The list of cases for programs: the same filter as the page, newest first, page by page. It stands under /api/cases/."""

from datetime import date
from typing import Annotated, Literal

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from linli.commons.deadlines.queries import standings
from linli.commons.routing.models import ServiceField, Urgency
from linli.flows.cases import rules
from linli.flows.cases.api import CaseOut
from linli.flows.cases.models import Case, CaseQuerySet, Channel, Status
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Out, guarded
from linli.ground.core.paging import Page

from .queries import Filter, Part
from .queries.filters import DAYS, LONGEST
from .queries.listing import page_for

router = Router(tags=["cases"])
Day = Annotated[date, Field(ge=DAYS[0], le=DAYS[1])]


class Asked(Schema):
    """What is asked of the list; all of it has to hold."""

    q: Annotated[
        str, Field(max_length=LONGEST, description="words of the text, of where it is or of the place; or a reference")
    ] = ""
    status: Status | Literal["open"] | None = None
    due: Literal["overdue", "today", "week"] | None = Field(None, description="how soon what is owed next is due")
    part: Part | None = Field(None, description="what the body of the caller's post has to do with it")
    place: Annotated[str, Field(pattern=r"^\d{2,15}$", description="code of a place; all below it too")] | None = None
    field: ServiceField | None = None
    category: Annotated[str, Field(max_length=40, description="code of a category of needs")] | None = None
    lead: Annotated[str, Field(max_length=20, description="reference of the body that leads")] | None = None
    urgency: Urgency | None = None
    channel: Channel | None = None
    since: Day | None = Field(None, description="first day of receipt, in the city's time")
    until: Day | None = Field(None, description="last day of receipt")
    returned: bool = Field(default=False, description="sent back at least once")

    @property
    def filter(self) -> Filter:
        """The filter that the page has too."""
        asked = {name: value for name, value in self.dict().items() if value}
        return Filter.of({name: "1" if value is True else str(value) for name, value in asked.items()})


class CasePage(Out):
    """One page of cases; `next` is the token of the following one."""

    items: list[CaseOut]
    next: str | None


@router.get("/", response=FAULTS | {200: CasePage})
@guarded(rules.may_list)
def index(
    request: HttpRequest,
    asked: Query[Asked],
    after: Annotated[str, Field(max_length=200)] = "",
    size: Annotated[int, Field(ge=1, le=100)] = 30,
) -> Page[Case]:
    """List the cases that the caller may see and the filter leaves, newest first."""
    page = page_for(actor_of(request), asked.filter, _in_full, token=after, size=size)
    prefetch_related_objects(page.items, "call_backs")
    known = standings(page.items)
    for case in page.items:
        case.standing = known[case.pk]
    return page


def _in_full(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("place", "lead__kind", "category", "route")
