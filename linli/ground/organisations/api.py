"""The organisations for machines: bodies of a place, one body; appoint and end."""

from datetime import date
from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded, load, public
from linli.ground.core import clock
from linli.ground.core.paging import Page, page_of
from linli.ground.organisations import actions, queries
from linli.ground.organisations.models import Body, Category, Holding, How, Post, Why
from linli.ground.organisations.rules import may_appoint, may_end, may_withdraw

router = Router(tags=["organisations"])
Path = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,15}$")]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 1, 1))]


class BodyOut(Schema):
    """A body."""

    reference: str
    kind: str = Field(alias="kind.code")
    name: str
    place: str = Field(alias="place.path")
    parent: str | None = Field(None, alias="parent.reference")
    category: str
    phone: str
    address: str
    hours: str
    duty: str | None = Field(None, alias="duty.code", description="the code of the post that answers")
    founded_on: date
    ended_on: date | None


class BodiesOut(Schema):
    """One page of bodies; `next` is the token of the page after it."""

    items: list[BodyOut]
    next: str | None


class HolderOut(Schema):
    """Who holds a post, by surname."""

    id: int
    name: str = Field(alias="person.masked_name")
    how: str
    begins_on: date
    ends_on: date | None


class PostOut(Schema):
    """A post with its holders today and those who take it later."""

    id: int = Field(alias="post.id")
    code: str = Field(alias="post.code")
    name: str = Field(alias="post.name")
    seats: int = Field(alias="post.seats")
    holders: list[HolderOut]
    coming: list[HolderOut]


class SheetOut(Schema):
    """A body with its posts."""

    body: BodyOut
    posts: list[PostOut]


class AppointIn(Schema):
    """Who takes a post: `person` is the key in the register; without a last day the term is the law's."""

    person: Annotated[int, Field(ge=1, le=2**62)]
    begins_on: Day
    ends_on: Day | None = None
    how: How


class EndIn(Schema):
    """The last day of a term and why."""

    on: Day
    why: Why


class WithdrawIn(Schema):
    """Why an appointment is taken back before it begins."""

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")
    ]


@router.get("/bodies", response=BodiesOut, auth=None)
@public
def index(
    request: HttpRequest,
    place: Path,
    category: Category | None = None,
    page: Annotated[str, Query(max_length=300)] = "",
) -> Page[Body]:
    """List the living bodies at a place and below it; with `category` the associations of that category."""
    bodies = Body.objects.visible_to(actor_of(request)).current().under(place)
    if category:
        bodies = bodies.filter(category=category)
    return page_of(bodies, keys=("id",), token=page, size=100)


@router.get("/bodies/{reference}", response={200: SheetOut, 404: Fault}, auth=None)
@public
def show(request: HttpRequest, reference: Annotated[str, StringConstraints(max_length=20)]) -> queries.BodySheet:
    """Show a body with its posts and holders (by surname)."""
    body = load(Body, actor_of(request), reference=reference)
    assert isinstance(body, Body)
    return queries.sheet_of(body, clock.today())


@router.post("/posts/{pk}/appoint", response={201: HolderOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_appoint, thing=Post, by="pk")
def appoint(request: HttpRequest, post: Post, data: AppointIn) -> Status[Holding] | Status[Fault]:
    """Record that a person takes a post; 404 for a person whom the actor may not put into it."""
    actor = actor_of(request)
    person = queries.person_for(post, data.person, actor)
    if person is None:
        return Status(404, Fault(detail=str(data.person)))
    wanted = actions.Appointment(post, person, data.begins_on, data.ends_on, data.how)
    try:
        return Status(201, actions.appoint(wanted, by=actor))
    except ValidationError as error:
        return Status(422, Fault(detail=" ".join(error.messages)))


@router.post("/holdings/{pk}/end", response={200: HolderOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_end, thing=Holding, by="pk")
def end(request: HttpRequest, holding: Holding, data: EndIn) -> Status[Holding] | Status[Fault]:
    """End a term with a day as its last."""
    try:
        holding.end(on=data.on, why=data.why, by=actor_of(request))
    except ValidationError as error:
        return Status(422, Fault(detail=" ".join(error.messages)))
    return Status(200, holding)


@router.post("/holdings/{pk}/withdraw", response={200: HolderOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_withdraw, thing=Holding, by="pk")
def withdraw(request: HttpRequest, holding: Holding, data: WithdrawIn) -> Status[Holding] | Status[Fault]:
    """Take back an appointment that has not begun."""
    try:
        holding.withdraw(reason=data.reason, by=actor_of(request))
    except ValidationError as error:
        return Status(422, Fault(detail=" ".join(error.messages)))
    return Status(200, holding)
