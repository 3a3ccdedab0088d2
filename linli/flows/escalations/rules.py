"""WHO MAY: the lead whistles, the body called for reports in, the dispatcher over the place hands over."""

from linli.flows.cases.models import Case
from linli.flows.cases.rules import helps, leads
from linli.flows.dispatch.rules import dispatches
from linli.ground.authority.actors import Actor

from .models import Escalation


def may_whistle(actor: Actor, case: Case) -> bool:
    """Call for a higher body: a post in the body that leads the case."""
    return leads(actor, case)


def may_report_in(actor: Actor, case: Case) -> bool:
    """Report in: a post in a body that was called for and has not answered yet."""
    return helps(actor, case) and Escalation.objects.of_actor(actor).filter(case=case).exists()


def may_hand_over(actor: Actor, case: Case) -> bool:
    """Rule on an offer to lead: a post that dispatches over the place, outside the lead."""
    return dispatches(actor, case)


def may_list(actor: Actor, case: Case) -> bool:  # noqa: ARG001 (who may see it is the scope's business)
    """See which bodies were called for: whoever sees the case."""
    return True
