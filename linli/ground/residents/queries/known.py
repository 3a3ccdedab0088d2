"""What the register knows of a resident who has signed in, so that a form need not ask for it again."""

from dataclasses import dataclass

from linli.ground.authority.actors import Actor
from linli.ground.people.models import Person
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place


@dataclass(frozen=True)
class Known:
    """What is known of a resident who has signed in, so that they need not type it again."""

    person: Person
    name: str
    phone: str
    """Empty unless it is the phone that they sign in with: any other one would need its code."""
    place: Place | None
    """The community where they live."""


def known_of(actor: Actor) -> Known | None:
    """Return what is known of whoever asks; None for visitors and for organisations without an entry in the register."""
    people = Person.objects.select_related("personal", "place__parent").filter(personal__isnull=False)
    found = people.filter(pk=actor.person).first() if actor.person is not None else None
    if found is None:
        return None
    known, place = found.personal, found.place
    phone = known.phone if actor.contact and known.phone_index == actor.contact else ""
    community = place.parent if place and place.level == Level.GRID else place
    return Known(found, known.name, phone, community)
