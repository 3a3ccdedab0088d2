"""DO: a request that a program brings comes in as any need does; on the test endpoint it is taken back at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.commons.routing.models import Category
from linli.flows.cases.models import Case, Channel
from linli.flows.cases.queries import clock_of
from linli.flows.intake.actions import receive
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
    """What its sender is told: its reference, who leads it, until when it is answered."""

    reference: str
    lead: str
    due_at: datetime


def report(brought: Brought, *, by: Actor) -> Receipt:
    """Take it in; raises NoLead."""
    return _receipt(receive(**vars(brought), channel=Channel.API, by=by))


@transaction.atomic
def try_out(brought: Brought, *, by: Actor) -> Receipt:
    """Take it in and back again: all is checked and answered as in earnest, nothing is kept; raises NoLead."""
    receipt = report(brought, by=by)
    transaction.set_rollback(True)
    return receipt


def _receipt(case: Case) -> Receipt:
    return Receipt(case.reference, case.lead.name, clock_of(case).due_at)
