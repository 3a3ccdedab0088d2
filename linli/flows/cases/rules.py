"""Who may do what with a case."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from linli.ground.core import clock

from . import queries
from .models import Case, Status


def may_register(actor: Actor) -> bool:
    """Take a need down at the desk: whoever works at one."""
    return actor.post is not None and actor.holds(Power.REGISTER_CASES, actor.post.place_path)


def may_work(actor: Actor) -> bool:
    """See the list of cases: whoever handles or oversees any."""
    return actor.post is not None and (
        actor.area(Power.OVERSEE_CASES) is not None or actor.holds_in(Power.HANDLE_CASES, actor.post.body)
    )


def may_list(actor: Actor) -> bool:
    """List cases over the API: staff their own, a resident what they reported."""
    return may_work(actor) or bool(actor.contact) or actor.person is not None


def may_show(actor: Actor, case: Case) -> bool:  # noqa: ARG001 (who may see it is the scope's business)
    """See a case: whoever it is visible to."""
    return True


def may_accept(actor: Actor, case: Case) -> bool:
    """Take the case on: a post in the body that leads it."""
    return leads(actor, case) and case.status == Status.RECEIVED


def may_answer(actor: Actor, case: Case) -> bool:
    """Answer the resident: a post in the body that leads it."""
    return leads(actor, case) and case.status == Status.ACCEPTED


def may_close(actor: Actor, case: Case) -> bool:
    """End the case: a post in the body that leads it."""
    return leads(actor, case) and case.status == Status.ANSWERED


def may_rate(actor: Actor, case: Case) -> bool:
    """Judge the work: only who asked, once a round."""
    answered = case.status in {Status.ANSWERED, Status.CLOSED}
    return answered and asked(actor, case) and not case.ratings.filter(round=case.round).exists()


def may_reopen(actor: Actor, case: Case) -> bool:
    """Say that it is not solved: who asked, while the time for it runs."""
    if case.status not in {Status.ANSWERED, Status.CLOSED} or not asked(actor, case):
        return False
    until = queries.reopen_until(case)
    return until is not None and clock.now() <= until and case.round <= queries.reopenings(case)


def leads(actor: Actor, case: Case) -> bool:
    """Say whether the actor's post is in the leading body and handles cases."""
    return actor.holds_in(Power.HANDLE_CASES, case.lead_id)


def asked(actor: Actor, case: Case) -> bool:
    """Say whether the actor is the resident who brought the need."""
    reporter = case.reporter
    by_phone = bool(actor.contact) and reporter.contact == actor.contact
    return by_phone or (actor.person is not None and reporter.person_id == actor.person)
