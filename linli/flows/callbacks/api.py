"""The door for machines: who waits for a call-back, the steps by the same verbs as the pages, the rates and what stands behind them."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import model_validator

from linli.flows.cases.models import CallBack, Case, Missed, Satisfied, Solved, Status, Way
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, Seen, guarded
from linli.ground.core.paging import page_of
from linli.ground.ui.rates import percent

from . import actions, queries, rules
from .models import Reason

router = Router(tags=["callbacks"])
STEP = FAULTS | {409: Fault, 422: Fault}
Words = Annotated[str, Field(min_length=4, max_length=500, pattern=r"\S")]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
Round = Annotated[int, Field(ge=1, le=100)]


class Judgement(Seen):
    """The resident's judgement of the present round."""

    contacted: bool
    solved: Solved
    satisfied: Satisfied
    remark: Annotated[str, Field(max_length=500)] = ""


class Heard(Judgement):
    """What the resident said when called back; what is not solved may be reopened at once, with their words."""

    way: Literal[Way.PHONE, Way.DESK]
    reopen: bool = False

    @model_validator(mode="after")
    def reopened_with_words(self) -> Self:
        """Reopen only what is not solved, and with words."""
        if self.reopen and (self.solved == Solved.YES or len(self.remark.strip()) < len("没有")):
            raise ValueError("only what is not solved is reopened, with the resident's words as the remark")
        return self


class Missing(Seen):
    """Why a call reached nobody."""

    way: Literal[Way.PHONE, Way.DESK]
    missed: Missed


class LeftOut(Seen):
    """Which round does not count in the rates, and why."""

    round: Round
    reason: Literal[Reason.OUTSIDE, Reason.UNLAWFUL, Reason.REPEATED, Reason.WITHDRAWN, Reason.OTHER]
    text: Words


class CountedAgain(Seen):
    """Which round counts again, and why."""

    round: Round
    text: Words


class JudgedOut(Schema):
    """Where a case stands after the step."""

    reference: str
    version: int
    status: Status
    round: int


class WaitingOut(Schema):
    """A case that waits for a call-back."""

    reference: str = Field(alias="case.reference")
    title: str = Field(alias="case.title")
    lead: str = Field(alias="case.lead.name")
    round: int = Field(alias="case.round")
    answered_at: datetime = Field(alias="case.answered_at")
    due_at: datetime = Field(alias="todo.due_at")
    tries: int


class WaitingPage(Schema):
    """One page of those who wait; `next` is the token of the following one."""

    items: list[WaitingOut]
    next: str | None


class Span(Schema):
    """What is counted: a place with all below it, from one day to another, perhaps one lead or category."""

    place: Annotated[str, Field(pattern=r"^\d{2,20}$")]
    first: Day
    last: Day
    lead: Annotated[str, Field(max_length=20)] = ""
    category: Annotated[str, Field(max_length=40)] = ""

    @property
    def span(self) -> queries.Span:
        """The same as the house counts it."""
        return queries.Span(self.place, self.first, self.last, self.lead, self.category)


class TallyOut(Schema):
    """The counts of a group; `response`, `solution` and `satisfaction` as percent, — where nothing is counted."""

    key: str
    due: int
    contacted: int
    answered: int
    solved: int
    satisfied: int
    excluded: int
    response: str
    solution: str
    satisfaction: str
    composite: str


class CountedOut(Schema):
    """A call-back by which a round counts."""

    reference: str = Field(alias="case.reference")
    round: int
    way: Way
    lead: str = Field(alias="lead.name")
    missed: str
    contacted: bool | None
    solved: str
    satisfied: str
    at: datetime


class CountedPage(Schema):
    """One page of call-backs behind a number."""

    items: list[CountedOut]
    next: str | None


@router.get("/", response=FAULTS | {200: WaitingPage})
@guarded(rules.may_queue)
def queue(
    request: HttpRequest,
    after: Annotated[str, Field(max_length=200)] = "",
    size: Annotated[int, Field(ge=1, le=100)] = 30,
) -> dict[str, object]:
    """List the cases that wait for a call-back, the longest waiting first."""
    found = queries.queue(actor_of(request), token=after, size=size)
    return {"items": found.rows, "next": found.page.next}


@router.get("/rates", response=FAULTS | {200: list[TallyOut], 422: Fault})
@guarded(rules.may_count)
def rates(
    request: HttpRequest, asked: Query[Span], by: Literal["place", "lead", "category", "month"] = "place"
) -> list[dict[str, object]]:
    """Count the call-backs of a span in groups."""
    method = queries.method_of(asked.place)
    found = queries.lines(actor_of(request), asked.span, by, method)
    return [
        {"key": line.key, "composite": percent(line.tally.composite(method.weights))}
        | {kind: getattr(line.tally, kind) for kind in queries.KINDS}
        | {name: str(getattr(line.tally, name)) for name in ("response", "solution", "satisfaction")}
        for line in found
    ]


@router.get("/behind", response=FAULTS | {200: CountedPage, 422: Fault})
@guarded(rules.may_count)
def behind(
    request: HttpRequest,
    asked: Query[Span],
    of: Literal["due", "contacted", "answered", "solved", "satisfied", "excluded"] = "due",
    after: Annotated[str, Field(max_length=200)] = "",
) -> dict[str, object]:
    """List the call-backs behind one number, the latest first."""
    rows = queries.behind(actor_of(request), asked.span, of, queries.method_of(asked.place))
    page = page_of(rows, keys=("-at", "-pk"), token=after)
    items: list[CallBack] = page.items
    return {"items": items, "next": page.next}


@router.post("/{reference}/rate", response=STEP | {200: JudgedOut})
@guarded(rules.may_rate, thing=Case)
def rate(request: HttpRequest, case: Case, judgement: Judgement) -> Case:
    """Take the resident's judgement down."""
    said = judgement.dict()
    actions.rate(case.as_seen(said.pop("version")), **said, by=actor_of(request))
    return case


@router.post("/{reference}/call_back", response=STEP | {200: JudgedOut})
@guarded(rules.may_call_back, thing=Case)
def call_back(request: HttpRequest, case: Case, heard: Heard) -> Case:
    """Take down what the resident said when called back."""
    said = heard.dict()
    actions.call_back(case.as_seen(said.pop("version")), **said, by=actor_of(request))
    return case


@router.post("/{reference}/miss", response=STEP | {200: JudgedOut})
@guarded(rules.may_call_back, thing=Case)
def miss(request: HttpRequest, case: Case, missing: Missing) -> Case:
    """Take down that a call reached nobody."""
    actions.miss(case.as_seen(missing.version), way=missing.way, missed=missing.missed, by=actor_of(request))
    return case


@router.post("/{reference}/exclude", response=STEP | {200: JudgedOut})
@guarded(rules.may_exclude, thing=Case)
def exclude(request: HttpRequest, case: Case, out: LeftOut) -> Case:
    """Leave a round out of the rates."""
    seen = case.as_seen(out.version)
    actions.exclude(seen, round=out.round, reason=out.reason, text=out.text, by=actor_of(request))
    return case


@router.post("/{reference}/include", response=STEP | {200: JudgedOut})
@guarded(rules.may_include, thing=Case)
def include(request: HttpRequest, case: Case, again: CountedAgain) -> Case:
    """Count a round in the rates again."""
    actions.include(case.as_seen(again.version), round=again.round, text=again.text, by=actor_of(request))
    return case
