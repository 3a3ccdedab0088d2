"""WHO MAY: everybody reads their own messages; administrators see to what could not be delivered in their area."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Delivery, Message
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
