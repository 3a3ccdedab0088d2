"""WHO MAY: administrators see to the webhooks of their area."""

from linli.commons.notices.models.outgoing import covers
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Call, Subscription


def may_list(actor: Actor) -> bool:
    """Administrators see the webhooks of their area."""
    return actor.area(Power.ADMINISTER) is not None


def may_subscribe(actor: Actor) -> bool:
    """Administrators set up webhooks for their area."""
    return actor.area(Power.ADMINISTER) is not None


def may_show(actor: Actor, subscription: Subscription) -> bool:
    """Administrators see a webhook of their area with what was sent to it."""
    return covers(actor, subscription.place_path)


def may_reveal(actor: Actor, subscription: Subscription) -> bool:
    """Administrators see the secret of a webhook of their area."""
    return covers(actor, subscription.place_path)


def may_edit(actor: Actor, subscription: Subscription) -> bool:
    """Administrators change name, address and events of a webhook of their area."""
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


def may_redeliver(actor: Actor, call: Call) -> bool:
    """Administrators queue a dead call to a webhook of their area afresh."""
    return covers(actor, call.subscription.place_path)
