"""The posts of a body for machines: add one, rename it, change its seats, abolish it."""

from collections.abc import Callable
from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations.api import PostOut
from linli.ground.organisations.models import Body, Post
from linli.ground.organisations.queries import PostSheet

from . import actions, queries
from .rules import may_abolish, may_add, may_rename, may_resize

router = Router(tags=["posts"])
WHOLE = r"^[^\x00]*$"
PostName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=WHOLE)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=WHOLE)]
Seats = Annotated[int, Field(ge=1, le=500)]


class RenameIn(Schema):
    """The new name of a post; why, where it matters."""

    name: PostName
    reason: Reason = ""


class ResizeIn(Schema):
    """How many seats a post has from now on; why, where the rulebook fixes the number of members."""

    seats: Seats
    reason: Reason = ""


class AbolishIn(Schema):
    """Why a post ends."""

    reason: Reason = ""


class AddIn(RenameIn, ResizeIn):
    """A new post: `role` is one that the body's kind allows, `sent_by` the reference of the department that sends its holders."""

    role: RoleCode = RoleCode.MEMBER
    sent_by: Annotated[str, StringConstraints(max_length=20, pattern=WHOLE)] = ""


@router.post("/of/{reference}/add", response={201: PostOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_add, thing=Body)
def add(request: HttpRequest, body: Body, data: AddIn) -> Status[PostSheet] | Status[Fault]:
    """Add a post to a body; 404 for a department that cannot send people there."""
    sender = queries.senders_for(body).filter(reference=data.sent_by).first() if data.sent_by else None
    if data.sent_by and sender is None:
        return Status(404, Fault(detail=data.sent_by))
    given = data.dict() | {"sent_by": sender}
    return _kept(lambda: actions.add(body, **given, by=actor_of(request)), status=201)


@router.post("/{pk}/rename", response={200: PostOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_rename, thing=Post, by="pk")
def rename(request: HttpRequest, post: Post, data: RenameIn) -> Status[PostSheet] | Status[Fault]:
    """Give a post another name."""
    return _kept(lambda: actions.rename(post, **data.dict(), by=actor_of(request)), post)


@router.post("/{pk}/resize", response={200: PostOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_resize, thing=Post, by="pk")
def resize(request: HttpRequest, post: Post, data: ResizeIn) -> Status[PostSheet] | Status[Fault]:
    """Give a post more or fewer seats."""
    return _kept(lambda: actions.resize(post, **data.dict(), by=actor_of(request)), post)


@router.post("/{pk}/abolish", response={200: PostOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_abolish, thing=Post, by="pk")
def abolish(request: HttpRequest, post: Post, data: AbolishIn) -> Status[PostSheet] | Status[Fault]:
    """Abolish an empty post."""
    return _kept(lambda: actions.abolish(post, **data.dict(), by=actor_of(request)), post)


def _kept(
    change: Callable[[], Post | None], post: Post | None = None, *, status: int = 200
) -> Status[PostSheet] | Status[Fault]:
    """Make a change of a post and return it with its holders, or 422 with what is wrong."""
    try:
        made = change() or post
    except ValidationError as error:
        return Status(422, Fault(detail=" ".join(error.messages)))
    assert made is not None
    return Status(status, queries.sheet_of_post(made))
