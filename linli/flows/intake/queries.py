"""ASK: what is promised to who reports, the code on its way to a phone, whose a reference is."""

from linli.commons.calendar.models import Unit
from linli.commons.calendar.models.wording import quantity
from linli.flows.cases.models import Case
from linli.ground.people.models import PhoneCode, Purpose
from linli.ground.people.queries import contact_of
from linli.ground.rulebook.queries import rule


def promise(place_path: str = "") -> str:
    """Return the limit in words that is promised in a place, for those about to report."""
    limit = rule("cases.limit.normal", place_path=place_path)
    return quantity(limit.number, Unit(limit.unit))


def code_to(phone: str) -> PhoneCode | None:
    """Return the code on its way to a phone that may still be typed."""
    sent = PhoneCode.objects.newest(contact_of(phone), Purpose.CONTACT).first()
    return sent if sent and sent.is_open else None


def is_of(reference: str, contact: str) -> bool:
    """Say whether the case of a reference was brought with this phone."""
    return Case.objects.filter(reference=reference, reporter__contact=contact).exists()
