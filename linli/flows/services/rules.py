"""Who may do what in services. Whether status and time allow the step is the lifecycle's business (`queries.steps_of`)."""

from typing import Final

from linli.commons.guides.models import Item, Mode
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Application

COMMUNITY: Final = 12
"""Digits of a community's path: posts of a shorter one stand above it."""


def may_apply(actor: Actor, item: Item) -> bool:
    """Apply for an item of today: a resident who has signed in."""
    return actor.person is not None and item.is_current


def may_register(actor: Actor, item: Item) -> bool:
    """Apply for somebody at the desk (代办): whoever handles applications."""
    return item.is_current and works_at_a_desk(actor)


def may_work(actor: Actor) -> bool:
    """See the list of applications: whoever handles, decides or oversees any."""
    return (
        works_at_a_desk(actor)
        or decides(actor)
        or (actor.post is not None and actor.area(Power.OVERSEE_APPLICATIONS) is not None)
    )


def may_list(actor: Actor) -> bool:
    """List applications over the API: staff theirs, a resident their own."""
    return may_work(actor) or actor.person is not None or bool(actor.contact)


def may_show(actor: Actor, one: Application) -> bool:  # noqa: ARG001 (who may see it is the scope's business)
    """See an application: whoever it is visible to."""
    return True


def may_ask_papers(actor: Actor, one: Application) -> bool:
    """Name the gaps: a post in the body that handles it."""
    return handles(actor, one)


def may_accept(actor: Actor, one: Application) -> bool:
    """Take it on: a post in the body that handles it."""
    return handles(actor, one)


def may_settle(actor: Actor, one: Application) -> bool:
    """Do it on the spot: a post in the body that handles it."""
    return handles(actor, one)


def may_extend(actor: Actor, one: Application) -> bool:
    """Approve more time for the decision (行政许可法 art. 42: the head's approval): the sub-district above the place."""
    above = actor.post is not None and len(actor.post.place_path) < COMMUNITY
    return above and actor.holds(Power.HANDLE_APPLICATIONS, one.place_path)


def may_decide(actor: Actor, one: Application) -> bool:
    """Grant or refuse: a post in the department to which it was forwarded, else in the body that handles it."""
    if one.decider_id is not None:
        return actor.holds_in(Power.DECIDE_APPLICATIONS, one.decider_id)
    return handles(actor, one)


def may_deliver(actor: Actor, one: Application) -> bool:
    """Hand the result out: a post in the body that handles it."""
    return handles(actor, one)


def may_unmask(actor: Actor, one: Application) -> bool:
    """See who applied in full, on the record: the handler, or one with the power over the place."""
    return handles(actor, one) or actor.holds(Power.UNMASK_PEOPLE, one.place_path)


def may_complete(actor: Actor, one: Application) -> bool:
    """Hand in what was missing: who applied, or the desk that applied for them or sees to such matters on their behalf (代办)."""
    is_on_behalf = bool(one.helped_by) or one.item.mode == Mode.AGENCY
    return applied(actor, one) or (is_on_behalf and handles(actor, one))


def may_withdraw(actor: Actor, one: Application) -> bool:
    """Take it back: who applied, or the desk that applied for them."""
    return may_complete(actor, one)


def may_rate(actor: Actor, one: Application) -> bool:
    """Judge it: only who applied."""
    return applied(actor, one)


def handles(actor: Actor, one: Application) -> bool:
    """Say whether the actor's post is in the handling body."""
    return actor.holds_in(Power.HANDLE_APPLICATIONS, one.handler_id)


def works_at_a_desk(actor: Actor) -> bool:
    """Say whether the actor's body takes applications in."""
    return actor.post is not None and actor.holds_in(Power.HANDLE_APPLICATIONS, actor.post.body)


def decides(actor: Actor) -> bool:
    """Say whether the actor's body is a department that decides what is forwarded to it."""
    return actor.post is not None and actor.holds_in(Power.DECIDE_APPLICATIONS, actor.post.body)


def applied(actor: Actor, one: Application) -> bool:
    """Say whether the actor is who applied."""
    applicant = one.applicant
    by_phone = bool(actor.contact) and applicant.contact == actor.contact
    return by_phone or (actor.person is not None and applicant.person_id == actor.person)
