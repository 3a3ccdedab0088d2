"""The API of intake: a program in a post registers needs as the desk does."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Header, Router, Schema
from ninja import Status as Reply
from ninja.errors import HttpError

from linli.commons.routing.queries import NoLead, offered_as
from linli.flows.cases import rules
from linli.flows.cases.api import CaseOut
from linli.flows.cases.models import Case, Channel
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, guarded
from linli.ground.people.identity import normal_phone
from linli.ground.places.queries import existing

from . import actions

router = Router(tags=["intake"])
SendingKey = Annotated[str, Header(alias="Idempotency-Key", max_length=100)]


class Need(Schema):
    """A need taken down: a program in a post registers it as the desk does."""

    text: Annotated[str, Field(min_length=4, max_length=2000, pattern=r"\S")]
    category: Annotated[str, Field(max_length=40, description="code of a category of needs")]
    answers: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict, max_length=12, description="what is said to the questions of the category, by their codes"
    )
    place: Annotated[str, Field(pattern=r"^\d{12}(\d{3})?$", description="code of the community or grid")]
    where: Annotated[str, Field(max_length=100)] = ""
    name: Annotated[str, Field(min_length=1, max_length=30)]
    phone: Annotated[str, Field(max_length=20)] = ""


@router.post("/", response=FAULTS | {201: CaseOut, 422: Fault})
@guarded(rules.may_register)
def receive(request: HttpRequest, need: Need, idempotency_key: SendingKey = "") -> Reply[Case]:
    """Take a need in for a resident; the same need with the same Idempotency-Key is taken in once."""
    place = existing(need.place)
    if place is None:
        raise HttpError(422, "place: unknown code")
    try:
        phone = normal_phone(need.phone) if need.phone else ""
    except ValidationError as error:
        raise HttpError(422, f"phone: {error.messages[0]}") from error
    category = offered_as(need.category)
    if category is None:
        raise HttpError(422, "category: unknown code")
    said = need.dict(include={"text", "where", "name", "answers"})
    try:
        case = actions.receive(
            **said,
            category=category,
            place=place,
            phone=phone,
            channel=Channel.API,
            sending=idempotency_key,
            by=actor_of(request),
        )
    except NoLead as error:
        raise HttpError(422, "place: nobody takes needs there yet") from error
    return Reply(201, case)
