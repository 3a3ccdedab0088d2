"""The door for machines: the webhooks of an administrator's area."""

from datetime import datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.params import Query

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded
from linli.ground.authority.powers import Power

from . import actions, queries, rules
from .forms import SubscribeForm
from .models import Call, Subscription

router = Router(tags=["webhooks"])
Token = Annotated[str, Query(max_length=400, description="`next` or `previous` of the page before")]


FAULTS = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault}


class WebhookIn(Schema):
    """A partner's webhook as it is to be."""

    label: str = Field(max_length=100)
    url: str = Field(max_length=500)
    verbs: list[Annotated[str, Field(max_length=100)]] = Field(max_length=20)


class WebhookOut(Schema):
    """A webhook; `reveal` tells its secret."""

    id: int
    label: str
    url: str
    verbs: list[str]
    place_path: str
    status: str
    failing_since: datetime | None


class SecretOut(Schema):
    """The key by which a partner checks signatures."""

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


def _form(payload: WebhookIn) -> SubscribeForm:
    return SubscribeForm({"label": payload.label, "url": payload.url, "verbs": "\n".join(payload.verbs)})


def _faults(form: SubscribeForm) -> dict[str, str]:
    return {"detail": " ".join(str(fault) for faults in form.errors.values() for fault in faults)}


@router.get("/", response={200: WebhooksOut, **FAULTS})
@guarded(rules.may_list)
def list_webhooks(request: HttpRequest, page: Token = "") -> object:
    """List the webhooks of the area, newest first."""
    return queries.webhooks(actor_of(request), token=page)


@router.post("/", response={200: WebhookOut, 201: WebhookOut, 422: Fault, **FAULTS})
@guarded(rules.may_subscribe)
def subscribe(request: HttpRequest, payload: WebhookIn) -> Status[object]:
    """Set up a webhook for the own area; 200 for one that already tells the address of the same events."""
    form = _form(payload)
    if not form.is_valid():
        return Status(422, _faults(form))
    actor = actor_of(request)
    made, is_fresh = Subscription.subscribe(
        **form.cleaned_data, place_path=actor.area(Power.ADMINISTER) or "", by=actor
    )
    return Status(201 if is_fresh else 200, made)


@router.get("/{int:id}", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_show, thing=Subscription, by="id")
def show(request: HttpRequest, subscription: Subscription) -> Subscription:  # noqa: ARG001 (the router passes it)
    """Show a webhook."""
    return subscription


@router.post("/{int:id}/reveal", response={200: SecretOut, **FAULTS})
@guarded(rules.may_reveal, thing=Subscription, by="id")
def reveal(request: HttpRequest, subscription: Subscription) -> SecretOut:
    """Tell the secret; on the record."""
    return SecretOut(secret=subscription.reveal(by=actor_of(request)))


@router.get("/{int:id}/calls", response={200: CallsOut, **FAULTS})
@guarded(rules.may_show, thing=Subscription, by="id")
def calls(request: HttpRequest, subscription: Subscription, page: Token = "", dead: bool = False) -> object:  # noqa: FBT001, FBT002
    """List what was sent to the partner, or only what could not be delivered."""
    return queries.calls(subscription, actor_of(request), token=page, only_dead=dead)


@router.post("/{int:id}/edit", response={200: WebhookOut, 422: Fault, **FAULTS})
@guarded(rules.may_edit, thing=Subscription, by="id")
def edit(request: HttpRequest, subscription: Subscription, payload: WebhookIn) -> object:
    """Change name, address and events; the secret stays. A new address is tried at once with what waits."""
    form = _form(payload)
    if not form.is_valid():
        return Status(422, _faults(form))
    try:
        actions.edit(subscription=subscription, **form.cleaned_data, by=actor_of(request))
    except ValidationError as error:
        return Status(422, {"detail": " ".join(error.messages)})
    return subscription


@router.post("/{int:id}/pause", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_pause, thing=Subscription, by="id")
def pause(request: HttpRequest, subscription: Subscription) -> Subscription:
    """Send nothing for the time being."""
    subscription.pause(by=actor_of(request))
    return subscription


@router.post("/{int:id}/resume", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_resume, thing=Subscription, by="id")
def resume(request: HttpRequest, subscription: Subscription) -> Subscription:
    """Send again, first what has gathered."""
    subscription.resume(by=actor_of(request))
    return subscription


@router.post("/{int:id}/end", response={200: WebhookOut, **FAULTS})
@guarded(rules.may_end, thing=Subscription, by="id")
def end(request: HttpRequest, subscription: Subscription) -> Subscription:
    """Stop for good."""
    subscription.end(by=actor_of(request))
    return subscription


@router.post("/{int:id}/ping", response={202: CallOut, **FAULTS})
@guarded(rules.may_ping, thing=Subscription, by="id")
def ping(request: HttpRequest, subscription: Subscription) -> Status[object]:
    """Send a test event."""
    return Status(202, actions.ping(subscription=subscription, by=actor_of(request)))


@router.post("/calls/{int:id}/redeliver", response={200: CallOut, **FAULTS})
@guarded(rules.may_redeliver, thing=Call, by="id")
def redeliver(request: HttpRequest, call: Call) -> Call:
    """Queue a dead call afresh."""
    call.redeliver(by=actor_of(request))
    return call
