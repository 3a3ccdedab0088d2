"""DO: a request that a program brings comes in as any need does; on the test endpoint it is taken back at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.commons.routing.models import Category
from linli.flows.cases.models import Channel
from linli.flows.cases.queries import clock_of
from linli.flows.intake.actions import receive
from linli.flows.supports.actions import How
from linli.ground.authority.actors import Actor
from linli.ground.places.models import Place


@dataclass(frozen=True)
class Brought:
    """A request in the words of the house."""

    category: Category
    answers: dict[str, str]
    text: str
    place: Place
    where: str
    name: str
    phone: str
    sending: str = ""


@dataclass(frozen=True)
class Receipt:
    """What its sender is told: the reference of its case, who leads that, until when it is answered; and whether it was known already."""

    reference: str
    lead: str
    due_at: datetime
    is_new: bool


def report(brought: Brought, *, by: Actor) -> Receipt:
    """Take it in; raises NoLead."""
    taken = receive(**vars(brought), channel=Channel.API, by=by)
    return Receipt(taken.case.reference, taken.case.lead.name, clock_of(taken.case).due_at, is_new=taken.how is How.NEW)


@transaction.atomic
def try_out(brought: Brought, *, by: Actor) -> Receipt:
    """Take it in and back again: all is checked and answered as in earnest, nothing is kept; raises NoLead."""
    receipt = report(brought, by=by)
    transaction.set_rollback(True)
    return receipt
