"""The door for machines: the inbox of whoever asks, the webhooks of an administrator's area."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.params import Query

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.powers import Power

from . import actions, queries, rules
from .forms import SubscribeForm
from .models import Message, Subscription, WebhookDelivery

router = Router(tags=["notices"])
Token = Annotated[str, Query(max_length=400, description="`next` or `previous` of the page before")]


class Fault(Schema):
    """What was wrong."""

    detail: str


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


class WebhookIn(Schema):
    """A partner's webhook to be."""

    label: str = Field(max_length=100)
    url: str = Field(max_length=500)
    verbs: list[Annotated[str, Field(max_length=100)]] = Field(max_length=20)


class WebhookOut(Schema):
    """A webhook; its secret is shown only once, when it is made."""

    id: int
    label: str
    url: str
    verbs: list[str]
    place_path: str
    status: str
    failing_since: datetime | None


class MadeOut(WebhookOut):
    """A fresh webhook with its secret."""

    secret: str


class WebhooksOut(Schema):
    """A page of webhooks."""

    items: list[WebhookOut]
    next: str | None
    previous: str | None


class CallOut(Schema):
    """One event on its way to a partner."""

    id: int
    event_id: int
    status: str
    tries: int
    last_fault: str
    next_try_at: datetime


class CallsOut(Schema):
    """A page of calls."""

    items: list[CallOut]
    next: str | None
    previous: str | None


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


@router.get("/webhooks", response={200: WebhooksOut, **FAULTS})
@guarded(rules.may_see_webhooks)
def webhooks(request: HttpRequest, page: Token = "") -> object:
    """List the webhooks of the area, newest first."""
    return queries.webhooks(actor_of(request), token=page)


@router.post("/webhooks", response={201: MadeOut, 422: Fault, **FAULTS})
@guarded(rules.may_subscribe)
def subscribe(request: HttpRequest, payload: WebhookIn) -> Status[object]:
    """Set up a webhook for the own area; the secret is in this answer only."""
    form = SubscribeForm({"label": payload.label, "url": payload.url, "verbs": "\n".join(payload.verbs)})
    if not form.is_valid():
        return Status(422, {"detail": " ".join(str(fault) for faults in form.errors.values() for fault in faults)})
    actor = actor_of(request)
    made, secret = Subscription.subscribe(**form.cleaned_data, place_path=actor.area(Power.ADMINISTER) or "", by=actor)
    return Status(201, MadeOut(**WebhookOut.from_orm(made).dict(), secret=secret))


@router.get("/webhooks/{int:id}", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_see_webhook, thing=Subscription, by="id")
def webhook(request: HttpRequest, subscription: Subscription) -> Subscription:  # noqa: ARG001 (the router passes it)
    """Show a webhook."""
    return subscription


@router.get("/webhooks/{int:id}/calls", response={200: CallsOut, **FAULTS})
@guarded(rules.may_see_webhook, thing=Subscription, by="id")
def calls(request: HttpRequest, subscription: Subscription, page: Token = "", dead: bool = False) -> object:  # noqa: FBT001, FBT002
    """List what was sent to the partner, or only what could not be delivered."""
    return queries.calls(subscription, actor_of(request), token=page, only_dead=dead)


@router.post("/webhooks/{int:id}/pause", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_pause, thing=Subscription, by="id")
def pause(request: HttpRequest, subscription: Subscription) -> Subscription:
    """Send nothing for the time being."""
    subscription.pause(by=actor_of(request))
    return subscription


@router.post("/webhooks/{int:id}/resume", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_resume, thing=Subscription, by="id")
def resume(request: HttpRequest, subscription: Subscription) -> Subscription:
    """Send again, first what has gathered."""
    subscription.resume(by=actor_of(request))
    return subscription


@router.post("/webhooks/{int:id}/end", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_end, thing=Subscription, by="id")
def end(request: HttpRequest, subscription: Subscription) -> Subscription:
    """Stop for good."""
    subscription.end(by=actor_of(request))
    return subscription


@router.post("/webhooks/{int:id}/ping", response={202: CallOut, **FAULTS})
@guarded(rules.may_ping, thing=Subscription, by="id")
def ping(request: HttpRequest, subscription: Subscription) -> Status[object]:
    """Send a test event."""
    return Status(202, actions.ping(subscription=subscription, by=actor_of(request)))


@router.post("/webhooks/calls/{int:id}/redeliver", response={200: CallOut, **FAULTS})
@guarded(rules.may_redeliver, thing=WebhookDelivery, by="id")
def redeliver(request: HttpRequest, delivery: WebhookDelivery) -> WebhookDelivery:
    """Queue a dead call afresh."""
    delivery.redeliver(by=actor_of(request))
    return delivery
