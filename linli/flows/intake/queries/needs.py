"""ASK: what is promised to who reports, what everybody may read of it, the code on its way to a phone, whose a reference is."""

from collections.abc import Mapping
from typing import TypedDict

from linli.commons.calendar.models import Unit
from linli.commons.calendar.models.wording import quantity
from linli.flows.cases.models import Case
from linli.ground.people.models import PhoneCode, Purpose
from linli.ground.people.queries import contact_of
from linli.ground.redaction.queries import masked
from linli.ground.rulebook.queries import rule


class Written(TypedDict):
    """A need in words: what, where exactly, and what was said to the questions of its category."""

    text: str
    where: str
    answers: dict[str, str]


def shown(*, text: str, where: str, answers: Mapping[str, str]) -> Written:
    """Return a need as everybody may read it: without the personal numbers in it."""
    said = {code: masked(answer) for code, answer in answers.items()}
    return {"text": masked(text), "where": masked(where), "answers": said}


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
