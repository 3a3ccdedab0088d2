"""WHO MAY: the resident rates, posts outside the lead call back, one that is not judged leaves out of the rates."""

from linli.flows.cases.models import Case
from linli.flows.cases.queries import is_judged
from linli.flows.cases.rules import asked, may_work
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power


def may_rate(actor: Actor, case: Case) -> bool:
    """Judge the work of one's own accord: only who asked."""
    return asked(actor, case)


def may_call_back(actor: Actor, case: Case) -> bool:
    """Call the resident back: a post with the power over the place whose body does not lead the case, for nobody is their own judge."""
    return is_outside(actor, case) and actor.holds(Power.CALL_BACK_CASES, case.place_path)


def may_unmask(actor: Actor, case: Case) -> bool:
    """See the phone that is to be called, on the record: whoever may call, while an answer waits to be judged."""
    return may_call_back(actor, case) and is_due(case)


def may_exclude(actor: Actor, case: Case) -> bool:
    """Leave a round out of the rates: a post with the power over the place, outside the body that is judged."""
    return is_outside(actor, case) and actor.holds(Power.EXCLUDE_RATINGS, case.place_path)


may_include = may_exclude
"""Take that back: the same posts."""


def may_queue(actor: Actor) -> bool:
    """See who waits for a call-back: whoever calls back within a place."""
    return actor.post is not None and actor.area(Power.CALL_BACK_CASES) is not None


may_count = may_work
"""See the rates, of the cases that one may see: whoever handles or oversees any."""


def is_due(case: Case) -> bool:
    """Say whether an answer stands that the resident has not judged yet."""
    return case.answered_at is not None and not is_judged(case)


def is_outside(actor: Actor, case: Case) -> bool:
    """Say whether the actor acts in a post of another body than the lead."""
    return actor.post is not None and actor.post.body != case.lead_id
