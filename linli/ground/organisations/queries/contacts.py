"""How people reach a body: its telephone, address and hours, and who answers today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.organisations.models import Body, Holding
from linli.ground.organisations.rules import may_correct
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

from .bodies import lead_for

LEVELS: Final = (Level.TOWN, Level.COMMUNITY)
"""Where people go to a window: sub-district or town, community or village."""


@dataclass(frozen=True)
class Reached:
    """A body with the post that answers for it and, where one person holds that post today, their surname."""

    body: Body
    duty: str
    holder: str
    may_enter: bool
    """Whether who looks may put down what is missing."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been put down."""
        return not (self.body.phone or self.body.address or self.body.hours or self.duty)


def contact_of(body: Body, actor: Actor, on: date, holders: Sequence[Holding] | None = None) -> Reached:
    """Return how a body is reached; at most one query, none where it is told who holds the post that answers."""
    standing = body.ended_on is None
    if holders is None:
        holders = _holders(body, on) if standing and body.duty_id else []
    holder = holders[0].person.masked_name if len(holders) == 1 else ""
    return Reached(body, body.duty.name if body.duty else "", holder, standing and may_correct(actor, body))


def contact_at(place: Place, actor: Actor, on: date) -> Reached | None:
    """Return how the body that takes a place's needs is reached; None where none stands. At most two queries."""
    lead = lead_for(place.path)
    return contact_of(lead, actor, on) if lead else None


def section_of(place: Place, actor: Actor) -> Mapping[str, object] | None:
    """Return the way to the body of a place, for the place's own page; None above and below its windows."""
    if place.level not in LEVELS or place.ended_on is not None:
        return None
    contact = contact_at(place, actor, clock.today())
    return {"contact": contact} if contact else None


def _holders(body: Body, on: date) -> list[Holding]:
    return list(Holding.objects.on(on).filter(post=body.duty_id).select_related("person__personal").order_by("pk")[:2])
