"""Who may take a case: the dispatcher above its lead, the bodies that may lead it or help with it, since when the lead has it."""

from datetime import datetime

from linli.commons.deadlines.models import Todo
from linli.commons.routing.queries import Need, Sample, takers
from linli.flows.cases.models import Case, Status
from linli.ground.authority.actors import Actor
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import office_above


def dispatcher_of(case: Case) -> Body:
    """Return the body that rules on what a lead sends back: the office above it, else the reviewing office, else its parent."""
    return office_above(case.lead)


def takers_of(case: Case) -> list[Body]:
    """Return the bodies that may lead the case or help with it, but for its lead: those of its place and above it, the nearest first."""
    return [one for one in takers(case.place.path) if one.pk != case.lead_id]


def given_at(case: Case) -> datetime:
    """Return since when the present lead has had the case: from when on it owes its acceptance."""
    waiting = Todo.objects.open().filter(about=ref(case), verb="cases.accept", body=case.lead_id).first()
    return waiting.opened_at if waiting else case.received_at


def samples(actor: Actor, last: int) -> list[Sample]:
    """Return the last needs that the actor may see, for trying out a route on them; the newest first."""
    seen = Case.objects.visible_to(actor).select_related(None).select_related("place", "category")
    return [
        Sample(
            Need(one.place.path, one.category, one.answers, one.received_at),
            f"{one.reference} {one.title}",
            one.get_absolute_url(),
        )
        for one in seen.order_by("-received_at", "-pk")[:last]
    ]


def is_new(case: Case) -> bool:
    """Say whether nobody has accepted the case yet: it may be given to another lead."""
    return bool(case.status == Status.RECEIVED)


def may_return(case: Case) -> bool:
    """Say whether the case may be sent back at all: not after a final designation."""
    return is_new(case) and not case.is_final


def is_returned(case: Case) -> bool:
    """Say whether the case waits for a ruling."""
    return bool(case.status == Status.RETURNED)


def is_open(case: Case) -> bool:
    """Say whether others may be asked to help."""
    return case.status in {Status.RECEIVED, Status.ACCEPTED}
