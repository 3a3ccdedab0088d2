"""WHO MAY: the lead sends back and asks for help, the dispatcher over the place rules and assigns, who helps reports."""

from linli.flows.cases.models import Case, Helper
from linli.flows.cases.rules import helps, leads
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power


def may_send_back(actor: Actor, case: Case) -> bool:
    """Send the case back: a post in the body that leads it."""
    return leads(actor, case)


def may_ask_help(actor: Actor, case: Case) -> bool:
    """Ask another body to help: a post in the body that leads it."""
    return leads(actor, case)


def may_contribute(actor: Actor, case: Case) -> bool:
    """Report to the lead: a post in a body that was asked to help and has not reported yet."""
    return helps(actor, case) and Helper.objects.of_actor(actor).waiting().filter(case=case).exists()


def may_designate(actor: Actor, case: Case) -> bool:
    """Rule on a case that was sent back: a post that dispatches over the place, outside the lead."""
    return dispatches(actor, case)


def may_assign(actor: Actor, case: Case) -> bool:
    """Give the case to another lead: a post that dispatches over the place, outside the lead."""
    return dispatches(actor, case)


def dispatches(actor: Actor, case: Case) -> bool:
    """Say whether the actor dispatches over the place and is not of the lead itself."""
    return actor.post is not None and not leads(actor, case) and actor.holds(Power.DISPATCH_CASES, case.place_path)
