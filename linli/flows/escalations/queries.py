"""ASK: which bodies a lead may whistle for, what is open on a case, who of them is told."""

from typing import Final

from linli.commons.notices.queries import holders_in
from linli.commons.notices.templates import Recipient
from linli.flows.cases.models import Case, Status
from linli.ground.core.models import Event
from linli.ground.organisations.models import Body
from linli.ground.places.divisions import ancestors_of

from .models import Escalation

HIGHER: Final = ("subdistrict_office", "town_government", "department", "district_government")
"""Kinds of body that are called for: offices above the lead, and departments of the district and the city."""


def higher_than(case: Case) -> list[Body]:
    """Return the bodies that the lead of a case may whistle for, the nearest first; not those from whom an answer is still waited for."""
    path = case.lead.place.path
    asked = Escalation.objects.open().filter(case=case).values("body")
    standing = Body.objects.current().filter(kind__code__in=HIGHER, place__path__in=[path, *ancestors_of(path)])
    found = standing.exclude(pk=case.lead_id).exclude(pk__in=asked).select_related("kind", "place")
    return list(found.order_by("-place__path", "kind__position", "pk"))


def may_call(case: Case) -> bool:
    """Say whether a higher body may be called for: while the case is worked on."""
    return case.status in {Status.RECEIVED, Status.ACCEPTED}


def is_offered(case: Case) -> bool:
    """Say whether a higher body offers to lead, and nobody has ruled on it."""
    return bool(case.helped_by) and Escalation.objects.offered().filter(case=case).exists()


def offer_of(case: Case) -> str:
    """Return the name of the body that offers to lead; empty for none."""
    return Escalation.objects.offered().filter(case=case).values_list("body__name", flat=True).first() or ""


def who_was_called(event: Event) -> list[Recipient]:
    """Return the people in the posts of the body that a lead has whistled for."""
    return holders_in(int(str(event.data["body"])))


def who_whistled(event: Event) -> list[Recipient]:
    """Return the people in the posts of the lead of the case that an event is about."""
    lead = Case.objects.filter(pk=event.subject.rpartition(":")[2]).values_list("lead", flat=True).first()
    return holders_in(lead) if lead else []
