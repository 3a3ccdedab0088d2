"""What is asked about people's rights over their data: consents, requests, legal holds."""

from datetime import datetime
from typing import Final

from linli.ground.authority.actors import Actor
from linli.ground.core import registry
from linli.ground.core.models import Event
from linli.ground.people.models import Consent, Person
from linli.ground.residents import personal_data
from linli.ground.residents.models import DataRequest, LegalHold, RequestKind, RequestStatus
from linli.ground.residents.models.holds import LegalHoldQuerySet
from linli.ground.residents.models.rights import DataRequestQuerySet

_CORRECTIONS: Final = (
    "people.person.correct",
    "people.personaldata.correct",
    "people.person.mark_left",
    "people.person.mark_back",
    "people.person.undo_mark_died",
    "people.person.undo_mark_left",
)


def corrections_for(request: DataRequest) -> list[datetime]:
    """Return to the minute when the entry of the person was corrected after the request came, oldest first, at most 20.

    One correction may be two events: of the entry, and of what identifies the person.
    """
    subjects = [registry.ref(request.person), registry.ref(request.person.personal)]
    made = Event.objects.filter(subject__in=subjects, verb__in=_CORRECTIONS, at__gte=request.requested_at)
    minutes = (at.replace(second=0, microsecond=0) for at in made.order_by("pk").values_list("at", flat=True)[:20])
    return list(dict.fromkeys(minutes))


def consents_of(person: Person) -> list[Consent]:
    """Return the newest line of each purpose, whichever of a person's merged entries it stands under."""
    return list(personal_data.ledger_of(person).order_by("purpose", "-pk").distinct("purpose"))


def requests_of(person: Person) -> DataRequestQuerySet:
    """Return a person's own requests, newest first, at most 50."""
    return DataRequest.objects.filter(person=person).order_by("-pk")[:50]


def waiting_requests(actor: Actor) -> DataRequestQuerySet:
    """Return the requests that wait for this keeper of a register."""
    return (
        DataRequest.objects.visible_to(actor)
        .waiting()
        .exclude(person=actor.person or 0)
        .select_related("person__personal", "person__place")
    )


def hold_on(person: Person) -> LegalHold | None:
    """Return the hold that keeps a person's data now."""
    return LegalHold.objects.standing().filter(person=person).first()


def hold_to_tell(person: Person) -> LegalHold | None:
    """Return the hold that a person must be told about: they wait for their data to be erased (PIPL art. 47)."""
    waiting = DataRequest.objects.filter(person=person, kind=RequestKind.ERASURE, status=RequestStatus.REQUESTED)
    return hold_on(person) if waiting.exists() else None


def holds_of(actor: Actor) -> LegalHoldQuerySet:
    """Return the holds that stand in the place whose register the actor keeps."""
    standing = LegalHold.objects.visible_to(actor).standing().exclude(person=actor.person or 0)
    return standing.select_related("person__personal", "person__place")
