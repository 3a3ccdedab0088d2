"""The API of intake: a program in a post registers needs as the desk does."""

from datetime import datetime
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Header, Router, Schema
from ninja import Status as Reply
from ninja.errors import HttpError

from linli.commons.routing.queries import NoLead, offered_as
from linli.flows.cases import rules
from linli.flows.cases.api import CaseOut
from linli.flows.cases.models import Case, Channel, Status
from linli.flows.supports.actions import How
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, guarded
from linli.ground.core import clock
from linli.ground.places.queries import existing

from . import actions, queries

router = Router(tags=["intake"])
SendingKey = Annotated[str, Header(alias="Idempotency-Key", max_length=100)]


class Need(Schema):
    """A need taken down: a program in a post registers it as the desk does."""

    text: Annotated[str, Field(min_length=4, max_length=2000, pattern=r"\S")]
    category: Annotated[str, Field(max_length=40, description="code of a category of needs")]
    answers: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict,
        max_length=12,
        description="what is said to the questions of the category, by their codes; the number of an object (a lamp, a lift) among them"
        " says by itself which matter it is, wherever in the community",
    )
    place: Annotated[str, Field(pattern=r"^\d{12}(\d{3})?$", description="code of the community or grid")]
    where: Annotated[str, Field(max_length=100)] = ""
    name: Annotated[str, Field(min_length=1, max_length=30)]
    phone: Annotated[str, Field(max_length=20, description="a mobile, or a landline with its area code")] = ""
    channel: Literal["api", "desk", "phone", "letter", "visit"] = Field(
        "api", description="how it came to who sends it"
    )
    came_at: datetime | None = Field(None, description="when it was said, if that was before; never in the future")
    is_private: bool = Field(False, description="kept off every public page; who asked is on none anyway")
    same: Annotated[
        str,
        Field(
            max_length=20,
            description="reference of the open case about the same matter, or `another`: a matter of its own; empty: the city decides",
        ),
    ] = ""


class FollowedOut(Schema):
    """The open case that a need follows: as a support, or as nothing new where the same person brings it again."""

    reference: str
    how: How
    status: Status
    received_at: datetime


@router.post("/", response=FAULTS | {200: FollowedOut, 201: CaseOut, 422: Fault})
@guarded(rules.may_register)
def receive(request: HttpRequest, need: Need, idempotency_key: SendingKey = "") -> Reply[Case] | Reply[FollowedOut]:
    """Take a need in for a resident; the same need with the same Idempotency-Key is taken in once.

    201 is a new case; 200 an open one about the same matter, which it follows.
    """
    place = existing(need.place)
    if place is None:
        raise HttpError(422, "place: unknown code")
    try:
        phone = queries.normal_number(need.phone) if need.phone else ""
    except ValidationError as error:
        raise HttpError(422, f"phone: {error.messages[0]}") from error
    category = offered_as(need.category)
    if category is None:
        raise HttpError(422, "category: unknown code")
    if need.came_at and (need.came_at.tzinfo is None or need.came_at > clock.now()):
        raise HttpError(422, "came_at: must name its time zone and lie in the past")
    said = need.dict(include={"text", "where", "name", "answers", "came_at", "is_private", "same"})
    try:
        became = actions.receive(
            **said,
            category=category,
            place=place,
            phone=phone,
            channel=Channel(need.channel),
            sending=idempotency_key,
            by=actor_of(request),
        )
    except NoLead as error:
        raise HttpError(422, "place: nobody takes needs there yet") from error
    case = became.case
    if became.how is How.NEW:
        return Reply(201, case)
    told = FollowedOut(
        reference=case.reference, how=became.how, status=Status(case.status), received_at=case.received_at
    )
    return Reply(200, told)
