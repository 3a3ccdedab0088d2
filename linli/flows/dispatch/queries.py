"""Who may take a case: the dispatcher above its lead, the bodies that may lead it or help with it, since when the lead has it."""

from datetime import datetime
from typing import Final

from linli.commons.deadlines.models import Todo
from linli.commons.routing.queries import Need, Sample
from linli.flows.cases.models import Case, Status
from linli.ground.authority.actors import Actor
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import LEADS
from linli.ground.places.divisions import ancestors_of

DISPATCHERS: Final = ("subdistrict_office", "town_government", "district_government")
"""Whose offices rule on what a body below sends back, the nearest first."""
REVIEWERS: Final = "reviewing_office"
"""Rules where no such office stands above the lead."""
TAKERS: Final = (*LEADS, "department", "property_provider", "association", "resident_unit", "owners_committee")
"""Kinds of body that may lead a case or help with it: also associations, units and property providers."""


def dispatcher_of(case: Case) -> Body:
    """Return the body that rules on what a lead sends back: the office above it, else the reviewing office, else its parent."""
    lead = case.lead
    above = ancestors_of(lead.place.path)
    found = Body.objects.current().filter(
        kind__code__in=(*DISPATCHERS, REVIEWERS), place__path__in=[lead.place.path, *above]
    )
    offices = [one for one in found.select_related("kind", "place", "parent") if one.pk != lead.pk]
    higher = [one for one in offices if one.kind.code in DISPATCHERS and one.place.path != lead.place.path]
    reviewers = [one for one in offices if one.kind.code == REVIEWERS]
    nearest = max(higher or reviewers, key=lambda one: (len(one.place.path), -one.pk), default=None)
    return nearest or lead.parent or lead


def takers_of(case: Case) -> list[Body]:
    """Return the bodies that may lead the case or help with it, but for its lead: those of its place and above it, the nearest first."""
    return [one for one in takers_at(case.place.path) if one.pk != case.lead_id]


def takers_at(path: str) -> list[Body]:
    """Return the bodies that may lead needs of a place or help with them: its own and those above it, the nearest first. One query."""
    standing = Body.objects.current().filter(kind__code__in=TAKERS, place__path__in=[path, *ancestors_of(path)])
    return list(standing.select_related("kind", "place").order_by("-place__path", "kind__position", "pk"))


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
