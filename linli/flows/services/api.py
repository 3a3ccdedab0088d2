"""The API of applications: the same verbs as the pages, for programs in a post and for residents who have signed in."""

from datetime import datetime
from typing import Annotated, Self

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import model_validator

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core.paging import Page, page_of

from . import actions, rules
from .models import Application, ApplicationChannel, ApplicationStatus, Outcome, Satisfied

router = Router(tags=["services"])
Text = Annotated[str, Field(max_length=1000)]


class Fault(Schema):
    """Why it was refused."""

    detail: str


class Seen(Schema):
    """A step made from the version that the caller has seen."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Word(Seen):
    """A step with words."""

    text: Annotated[str, Field(min_length=2, max_length=1000, pattern=r"\S")]


class Gaps(Seen):
    """The one notice: what is missing of each material by its position, and what else."""

    gaps: dict[int, Annotated[str, Field(min_length=1, max_length=200)]] = Field(default={}, max_length=20)
    text: Text = ""


class Decision(Seen):
    """The decision; a refusal needs its reason."""

    outcome: Outcome
    reason: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def has_its_reason(self) -> Self:
        """Refuse a refusal without a reason (行政许可法 art. 38)."""
        if self.outcome == Outcome.REFUSED and not self.reason.strip():
            raise ValueError("a refusal needs its reason")
        return self


class Opinion(Seen):
    """The applicant's rating."""

    satisfied: Satisfied
    remark: Annotated[str, Field(max_length=500)] = ""


class PaperOut(Schema):
    """A material: handed in, waived, or what is missing of it."""

    position: int
    name: str
    waived_why: str
    is_given: bool
    gap: str


class ApplicationOut(Schema):
    """An application as its reader may see it; who applied is not in it."""

    reference: str
    version: int
    status: ApplicationStatus
    item: str = Field(alias="item.code")
    name: str = Field(alias="item.name")
    place: str = Field(alias="place.path")
    handler: str = Field(alias="handler.name")
    channel: ApplicationChannel
    received_at: datetime
    accepted_at: datetime | None
    is_deemed: bool
    decided_at: datetime | None
    outcome: Outcome | None
    delivered_at: datetime | None
    withdrawn_at: datetime | None
    papers: list[PaperOut]


class ApplicationPage(Schema):
    """One page of applications; `next` is the token of the following one."""

    items: list[ApplicationOut]
    next: str | None


FAULTS = {400: Fault, 401: Fault, 403: Fault, 404: Fault}
STEP = FAULTS | {409: Fault, 422: Fault}


@router.get("/", response=FAULTS | {200: ApplicationPage})
@guarded(rules.may_list)
def index(
    request: HttpRequest,
    status: ApplicationStatus | None = None,
    after: Annotated[str, Field(max_length=200)] = "",
    size: Annotated[int, Field(ge=1, le=100)] = 30,
) -> Page[Application]:
    """List the applications that the caller may see, newest first."""
    found = Application.objects.visible_to(actor_of(request)).prefetch_related("papers")
    if status:
        found = found.filter(status=status)
    return page_of(found, keys=("-received_at", "-pk"), token=after, size=size)


@router.get("/{reference}", response=FAULTS | {200: ApplicationOut})
@guarded(rules.may_show, thing=Application)
def show(request: HttpRequest, one: Application) -> Application:  # noqa: ARG001 (the guard loads by it)
    """Return one application."""
    return one


@router.post("/{reference}/accept", response=STEP | {200: ApplicationOut})
@guarded(rules.may_accept, thing=Application)
def accept(request: HttpRequest, one: Application, seen: Seen) -> Application:
    """Take it on."""
    actions.accept(one.as_seen(seen.version), by=actor_of(request))
    return one


@router.post("/{reference}/ask_papers", response=STEP | {200: ApplicationOut})
@guarded(rules.may_ask_papers, thing=Application)
def ask_papers(request: HttpRequest, one: Application, gaps: Gaps) -> Application:
    """Name all gaps at once, once."""
    actions.ask_papers(one.as_seen(gaps.version), gaps=gaps.gaps, text=gaps.text, by=actor_of(request))
    return one


@router.post("/{reference}/complete", response=STEP | {200: ApplicationOut})
@guarded(rules.may_complete, thing=Application)
def complete(request: HttpRequest, one: Application, said: Word) -> Application:
    """Say that what was missing has been brought."""
    actions.complete(one.as_seen(said.version), text=said.text, by=actor_of(request))
    return one


@router.post("/{reference}/extend", response=STEP | {200: ApplicationOut})
@guarded(rules.may_extend, thing=Application)
def extend(request: HttpRequest, one: Application, said: Word) -> Application:
    """Approve more time for the decision."""
    actions.extend(one.as_seen(said.version), text=said.text, by=actor_of(request))
    return one


@router.post("/{reference}/decide", response=STEP | {200: ApplicationOut})
@guarded(rules.may_decide, thing=Application)
def decide(request: HttpRequest, one: Application, decision: Decision) -> Application:
    """Grant or refuse."""
    said = decision.dict()
    actions.decide(one.as_seen(said.pop("version")), **said, by=actor_of(request))
    return one


@router.post("/{reference}/deliver", response=STEP | {200: ApplicationOut})
@guarded(rules.may_deliver, thing=Application)
def deliver(request: HttpRequest, one: Application, seen: Seen) -> Application:
    """Hand the result out."""
    actions.deliver(one.as_seen(seen.version), by=actor_of(request))
    return one


@router.post("/{reference}/withdraw", response=STEP | {200: ApplicationOut})
@guarded(rules.may_withdraw, thing=Application)
def withdraw(request: HttpRequest, one: Application, said: Word) -> Application:
    """Take it back."""
    actions.withdraw(one.as_seen(said.version), text=said.text, by=actor_of(request))
    return one


@router.post("/{reference}/rate", response=STEP | {200: ApplicationOut})
@guarded(rules.may_rate, thing=Application)
def rate(request: HttpRequest, one: Application, judgement: Opinion) -> Application:
    """Take the applicant's judgement down."""
    said = judgement.dict()
    actions.rate(one.as_seen(said.pop("version")), **said, by=actor_of(request))
    return one
