"""WHO MAY: everybody reads their own messages; administrators see to webhooks and to what could not be delivered, in their area."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Delivery, Message, Subscription, WebhookDelivery
from .models.messages import account_key
from .models.outgoing import covers


def may_read(actor: Actor, message: Message | None = None) -> bool:
    """Whoever has an account or a proven phone reads their own messages; `visible_to` says which."""
    if message is not None:
        return message.is_for(actor)
    return account_key(actor) is not None or bool(actor.contact)


def may_choose(actor: Actor) -> bool:
    """Wishes belong to an account."""
    return account_key(actor) is not None


def may_see_undelivered(actor: Actor) -> bool:
    """Administrators see what could not be delivered in their area."""
    return actor.area(Power.ADMINISTER) is not None


def may_send_again(actor: Actor, delivery: Delivery) -> bool:
    """Administrators queue dead deliveries of their area afresh."""
    return covers(actor, delivery.place_path)


def may_see_webhooks(actor: Actor) -> bool:
    """Administrators see the webhooks of their area."""
    return actor.area(Power.ADMINISTER) is not None


def may_subscribe(actor: Actor) -> bool:
    """Administrators set up webhooks for their area."""
    return actor.area(Power.ADMINISTER) is not None


def may_see_webhook(actor: Actor, subscription: Subscription) -> bool:
    """Administrators see a webhook of their area with what was sent to it."""
    return covers(actor, subscription.place_path)


def may_pause(actor: Actor, subscription: Subscription) -> bool:
    """Administrators pause a webhook of their area."""
    return covers(actor, subscription.place_path)


def may_resume(actor: Actor, subscription: Subscription) -> bool:
    """Administrators let a webhook of their area go on."""
    return covers(actor, subscription.place_path)


def may_end(actor: Actor, subscription: Subscription) -> bool:
    """Administrators end a webhook of their area."""
    return covers(actor, subscription.place_path)


def may_ping(actor: Actor, subscription: Subscription) -> bool:
    """Administrators try out a webhook of their area."""
    return covers(actor, subscription.place_path)


def may_redeliver(actor: Actor, delivery: WebhookDelivery) -> bool:
    """Administrators queue a dead call to a webhook of their area afresh."""
    return covers(actor, delivery.subscription.place_path)
