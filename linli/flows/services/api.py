"""The API of applications: the same verbs as the pages, for programs in a post and for residents who have signed in."""

from datetime import datetime
from typing import Annotated, Self

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Header, Router, Schema
from ninja import Status as Reply
from ninja.errors import HttpError
from pydantic import model_validator

from linli.commons.guides.models import Item
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, Seen, guarded
from linli.ground.core.paging import Page, page_of
from linli.ground.people.identity import normal_phone
from linli.ground.places.queries import existing

from . import actions, rules
from .actions import NoHandler
from .models import Application, ApplicationChannel, ApplicationStatus, Outcome, Satisfied

router = Router(tags=["services"])
SendingKey = Annotated[str, Header(alias="Idempotency-Key", max_length=100)]
Text = Annotated[str, Field(max_length=1000)]


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


class Given(Schema):
    """An application that a program makes for somebody, as the desk does."""

    place: Annotated[str, Field(pattern=r"^\d{12}(\d{3})?$", description="code of the community or grid")]
    name: Annotated[str, Field(min_length=1, max_length=30)]
    phone: Annotated[str, Field(max_length=20)] = ""
    given: list[int] = Field(default_factory=list, max_length=20, description="positions of the materials handed in")


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
    decider: str | None = Field(alias="decider.name", default=None)
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


@router.post("/register/{code}", response=STEP | {201: ApplicationOut})
@guarded(rules.may_register, thing=Item, by="code")
def register(request: HttpRequest, item: Item, given: Given, idempotency_key: SendingKey = "") -> Reply[Application]:
    """Apply for somebody; the same with the same Idempotency-Key comes in once. Pictures of materials come by the page."""
    place = existing(given.place)
    if place is None:
        raise HttpError(422, "place: unknown code")
    try:
        phone = normal_phone(given.phone) if given.phone else ""
    except ValidationError as error:
        raise HttpError(422, f"phone: {error.messages[0]}") from error
    try:
        one = actions.receive(
            item=item,
            place=place,
            name=given.name,
            phone=phone,
            channel=ApplicationChannel.API,
            given=given.given,
            is_helped=True,
            sending=idempotency_key,
            by=actor_of(request),
        )
    except NoHandler as error:
        raise HttpError(422, "place: nobody takes applications there yet") from error
    return Reply(201, one)


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
