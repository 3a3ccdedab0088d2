"""WHO MAY: the lead and the dispatcher over the place say which cases belong together; the desk takes support down; who supports leaves."""

from linli.flows.cases.models import Case
from linli.flows.cases.rules import inside, leads
from linli.flows.cases.rules import may_register as registers
from linli.flows.cases.rules import may_unmask as unmasks
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .queries import is_supported_by


def may_list(actor: Actor, case: Case) -> bool:
    """See who supports a case, masked: the lead, who helps, who watches over the place."""
    return inside(actor, case)


def may_unmask(actor: Actor, case: Case) -> bool:
    """See them by full name and phone, on the record: whoever may see so who reported it."""
    return unmasks(actor, case)


def may_support(actor: Actor, case: Case) -> bool:  # noqa: ARG001 (the scope has loaded it)
    """Take down at the desk that somebody needs the same: whoever takes needs down, for a case that they see."""
    return registers(actor)


def may_leave(actor: Actor, case: Case) -> bool:
    """Take one's own support back: only who supports the case."""
    return actor.post is None and is_supported_by(case, actor)


def may_merge(actor: Actor, case: Case) -> bool:
    """Say that a case is the same matter as another one, or is not after all: the lead, or who dispatches over the place."""
    return leads(actor, case) or dispatches(actor, case)


may_split = may_link = may_unlink = may_merge
"""What else they say: that it was another matter, that a case is part of this one or is not."""


def may_divide(actor: Actor, case: Case) -> bool:
    """Give parts of a case to several bodies: who dispatches over the place."""
    return dispatches(actor, case)


def dispatches(actor: Actor, case: Case) -> bool:
    """Say whether the actor dispatches over the place of the case."""
    return actor.post is not None and actor.holds(Power.DISPATCH_CASES, case.place_path)
