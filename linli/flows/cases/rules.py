"""Who may do what with a case. Whether its status and its time allow the step is the lifecycle's business (`queries.steps_of`)."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Case


def may_register(actor: Actor) -> bool:
    """Take a need down at the desk: whoever works at one, for any place of the city (首问负责制: who is asked first hands it over)."""
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


def may_answer(actor: Actor, case: Case) -> bool:
    """Answer the resident: a post in the body that leads it."""
    return leads(actor, case)


may_accept = may_close = may_extend = may_suspend = may_resume = may_inform = may_answer
"""What else the lead does: take it on, end it, take longer, suspend, resume, tell how far it is."""


def may_refuse(actor: Actor, case: Case) -> bool:
    """Not take it on by law: a post in the lead that acts for the authorities; a unit or an association sends it back instead."""
    return leads_officially(actor, case)


def may_note(actor: Actor, case: Case) -> bool:
    """Write an internal note: the lead, who helps, who watches over the place."""
    return inside(actor, case)


def may_unmask(actor: Actor, case: Case) -> bool:
    """See who reported it, by full name and phone: the authority that leads, or a post with the power over the place; on the record.

    A unit or an association that leads reaches the resident through this page, not by their phone (个人信息保护法 art. 6, 23).
    """
    return leads_officially(actor, case) or actor.holds(Power.UNMASK_PEOPLE, case.place_path)


def may_urge(actor: Actor, case: Case) -> bool:
    """Urge the lead where it is overdue: a post outside the lead that watches over the place."""
    return actor.post is not None and not leads(actor, case) and actor.holds(Power.OVERSEE_CASES, case.place_path)


def may_reopen(actor: Actor, case: Case) -> bool:
    """Say that it is not solved: only who asked."""
    return asked(actor, case)


def leads(actor: Actor, case: Case) -> bool:
    """Say whether the actor's post is in the leading body and handles cases."""
    return actor.holds_in(Power.HANDLE_CASES, case.lead_id)


def leads_officially(actor: Actor, case: Case) -> bool:
    """Say whether the actor's post is in the leading body and acts for the authorities."""
    return leads(actor, case) and actor.holds_in(Power.ACT_OFFICIALLY, case.lead_id)


def inside(actor: Actor, case: Case) -> bool:
    """Say whether the actor works on the case or watches over it: they read the notes."""
    if actor.post is None:
        return False
    return leads(actor, case) or helps(actor, case) or actor.holds(Power.OVERSEE_CASES, case.place_path)


def helps(actor: Actor, case: Case) -> bool:
    """Say whether the body of the actor's post was asked to help."""
    return (
        actor.post is not None
        and actor.post.body in case.helped_by
        and actor.holds_in(Power.HANDLE_CASES, actor.post.body)
    )


def asked(actor: Actor, case: Case) -> bool:
    """Say whether the actor is the resident who brought the need."""
    reporter = case.reporter
    by_phone = bool(actor.contact) and reporter.contact == actor.contact
    return by_phone or (actor.person is not None and reporter.person_id == actor.person)
