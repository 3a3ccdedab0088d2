"""The door for machines: the inbox of whoever asks."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.params import Query

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded

from . import actions, queries, rules
from .models import Message

router = Router(tags=["notices"])
Token = Annotated[str, Query(max_length=400, description="`next` or `previous` of the page before")]


FAULTS = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault}


class MessageOut(Schema):
    """A message in the reader's language."""

    id: int
    title: str
    text: str
    about: str
    url: str
    at: datetime
    read_at: datetime | None


class InboxOut(Schema):
    """A page of messages."""

    items: list[MessageOut]
    unread: int
    next: str | None
    previous: str | None


class NumberOut(Schema):
    """How many."""

    number: int


@router.get("/inbox", response={200: InboxOut, **FAULTS})
@guarded(rules.may_read)
def inbox(request: HttpRequest, page: Token = "") -> InboxOut:
    """List the messages of whoever asks, newest first."""
    actor = actor_of(request)
    shown = queries.inbox(actor, token=page)
    items = [
        MessageOut(
            id=one.message.pk,
            title=one.title,
            text=one.text,
            about=one.about.ref if one.about else "",
            url=one.about.url if one.about else "",
            at=one.message.created_at,
            read_at=one.message.read_at,
        )
        for one in shown.items
    ]
    return InboxOut(
        items=items, unread=queries.unread(actor).number, next=shown.page.next, previous=shown.page.previous
    )


@router.post("/inbox/read", response={200: NumberOut, **FAULTS})
@guarded(rules.may_read)
def read_all(request: HttpRequest) -> NumberOut:
    """Mark everything as read; return how many there were."""
    return NumberOut(number=actions.read_all(by=actor_of(request)))


@router.post("/inbox/{int:id}/read", response={204: None, **FAULTS})
@guarded(rules.may_read, thing=Message, by="id")
def read(request: HttpRequest, message: Message) -> Status[object]:  # noqa: ARG001 (the router passes it)
    """Mark one message as read."""
    message.read()
    return Status(204, None)
