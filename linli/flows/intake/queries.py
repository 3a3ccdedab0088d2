"""ASK: what is promised to who reports, the code on its way to a phone, whose a reference is."""

from linli.commons.calendar.models import Unit
from linli.commons.calendar.models.wording import quantity
from linli.commons.routing.models import Category
from linli.flows.cases.models import Case
from linli.flows.supports.models import Who
from linli.flows.supports.queries import same_as
from linli.ground.authority.actors import Actor
from linli.ground.people.models import PhoneCode, Purpose
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place
from linli.ground.rulebook.queries import rule


def promise(place_path: str = "") -> str:
    """Return the limit in words that is promised in a place, for those about to report."""
    limit = rule("cases.limit.normal", place_path=place_path)
    return quantity(limit.number, Unit(limit.unit))


def code_to(phone: str) -> PhoneCode | None:
    """Return the code on its way to a phone that may still be typed."""
    sent = PhoneCode.objects.newest(contact_of(phone), Purpose.CONTACT).first()
    return sent if sent and sent.is_open else None


def alike_for(actor: Actor, category: Category, place: Place, where: str, phone: str) -> list[Case]:
    """Return the open cases about the same matter that whoever is about to bring it may be asked about.

    A matter of the neighbourhood is shown to everybody, without who brought it; a personal one only to its own person, by a phone that they
    have proven, and to staff who see it anyway.
    """
    contact = contact_of(phone) if phone else ""
    if not category.is_shared and actor.post is None and contact != actor.contact:
        return []
    found = same_as(category, place.path, where, Who("", contact=contact, person=actor.person))
    if category.is_shared or not found:
        return found
    seen = Case.objects.visible_to(actor).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True)
    return [one for one in found if one.pk in {*seen}]


def is_of(reference: str, contact: str) -> bool:
    """Say whether the case of a reference was brought with this phone."""
    return Case.objects.filter(reference=reference, reporter__contact=contact).exists()
