"""ASK: the webhooks of an area, what was sent to a partner, who sees to a webhook."""

from linli.commons.notices.queries import administrators
from linli.commons.notices.templates import Recipient
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core.models import Event
from linli.ground.core.paging import Page, page_of

from .models import Call, Subscription


def webhooks(actor: Actor, *, token: str = "") -> Page[Subscription]:
    """Return a page of the webhooks of the actor's area, newest first."""
    return page_of(Subscription.objects.visible_to(actor), keys=("-id",), token=token)


def calls(subscription: Subscription, actor: Actor, *, token: str = "", only_dead: bool = False) -> Page[Call]:
    """Return a page of what was sent to a partner, newest first."""
    sent = Call.objects.visible_to(actor).filter(subscription=subscription).select_related("event")
    return page_of(sent.dead() if only_dead else sent, keys=("-id",), token=token)


def who_sees_to_webhook(event: Event) -> list[Recipient]:
    """Return the administrators of a webhook's place, if the city itself has paused it; a person who pauses knows."""
    return administrators(event.place_path) if event.actor == SYSTEM.ref else []
