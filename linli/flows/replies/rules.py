"""WHO MAY: whoever handles cases keeps the templates of the own body; those of a place are the reviewing office's."""

from linli.flows.cases.models import Case
from linli.flows.cases.rules import leads
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Reply


def may_keep_own(actor: Actor) -> bool:
    """Keep the templates of the own body."""
    return actor.post is not None and actor.holds_in(Power.HANDLE_CASES, actor.post.body)


def may_keep_place(actor: Actor) -> bool:
    """Keep the templates that everybody in a place is offered."""
    return actor.area(Power.KEEP_REPLIES) is not None


def may_list(actor: Actor) -> bool:
    """See the templates that the own body is offered, and keep some."""
    return may_keep_own(actor) or may_keep_place(actor)


may_add = may_list


def may_revise(actor: Actor, reply: Reply) -> bool:
    """Revise a template: a post in its body, or who keeps those of its place."""
    if reply.body_id is None:
        return actor.holds(Power.KEEP_REPLIES, reply.place_path)
    return actor.holds_in(Power.HANDLE_CASES, reply.body_id)


may_end = may_revise


def may_fill(actor: Actor, case: Case) -> bool:
    """See the templates filled for a case: a post in the body that leads it."""
    return leads(actor, case)
