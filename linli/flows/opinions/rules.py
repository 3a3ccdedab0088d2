"""WHO MAY: a department that was asked has its say; whoever sees an application sees who has one."""

from linli.flows.services.models import Application
from linli.flows.services.rules import handles, may_show
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Opinion

may_list = may_show
"""See who has a say on an application, and how far they are: whoever sees it."""


def may_give_opinion(actor: Actor, one: Application) -> bool:
    """Have a say on a joint application: a post that decides in the department that was asked, or in the lead that stands in for it."""
    body = actor.post.body if actor.post else 0
    is_empowered = actor.holds_in(Power.DECIDE_APPLICATIONS, body) or handles(actor, one)
    return is_empowered and Opinion.objects.filter(application=one, body=body).exists()


def owes_opinion(actor: Actor, one: Application) -> bool:
    """Say whether the actor's body has not had its say yet: only then its page offers the form."""
    body = actor.post.body if actor.post else 0
    return may_give_opinion(actor, one) and Opinion.objects.open().filter(application=one, body=body).exists()
