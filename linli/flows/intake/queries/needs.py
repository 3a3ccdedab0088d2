"""ASK: what is promised to who reports, what everybody may read of it, the code on its way, whose a reference is, who took it down."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linli.commons.calendar.models import Unit
from linli.commons.calendar.models.wording import quantity
from linli.commons.routing.models import Category
from linli.flows.cases.models import Case
from linli.flows.supports.models import Who
from linli.flows.supports.queries import Spot, same_as
from linli.ground.authority.actors import Actor
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people import identity
from linli.ground.people.models import PhoneCode, Purpose
from linli.ground.people.queries import contact_of
from linli.ground.redaction.queries import masked
from linli.ground.rulebook.queries import rule

_LANDLINE: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_LOCAL: Final = re.compile(r"[2-9][0-9]{6,7}")


class Written(TypedDict):
    """A need in words: what, where exactly, and what was said to the questions of its category."""

    text: str
    where: str
    answers: dict[str, str]


def shown(*, text: str, where: str, answers: Mapping[str, str]) -> Written:
    """Return a need as everybody may read it: without the personal numbers in it."""
    said = {code: masked(answer) for code, answer in answers.items()}
    return {"text": masked(text), "where": masked(where), "answers": said}


def normal_number(typed: str) -> str:
    """Return a mobile, or a landline with its area code, in figures however typed; raises ValidationError that says what to mend."""
    number = re.sub(r"[\s\-‐–—().]", "", unicodedata.normalize("NFKC", typed))
    if _LOCAL.fullmatch(number):
        raise ValidationError(_("Please write the landline with its area code: 0473-2020133."), code="phone")
    return number if _LANDLINE.fullmatch(number) else identity.normal_phone(typed)


def promise(place_path: str = "") -> str:
    """Return the limit in words that is promised in a place, for those about to report."""
    limit = rule("cases.limit.normal", place_path=place_path)
    return quantity(limit.number, Unit(limit.unit))


def code_to(phone: str) -> PhoneCode | None:
    """Return the code on its way to a phone that may still be typed."""
    sent = PhoneCode.objects.newest(contact_of(phone), Purpose.CONTACT).first()
    return sent if sent and sent.is_open else None


def alike_for(actor: Actor, category: Category, spot: Spot, phone: str, *, is_private: bool) -> list[Case]:
    """Return the open cases about the same matter that whoever is about to bring it may be asked about.

    A matter of the neighbourhood is shown to everybody, without who brought it; a personal one, and one that is kept private, only to
    its own person, by a phone that they have proven, and to staff who see it anyway.
    """
    contact, is_shared = identity.phone_index(phone), category.is_shared and not is_private
    if not is_shared and actor.post is None and contact != actor.contact:
        return []
    who = Who("", contact=contact, person=None if actor.post else actor.person)
    found = same_as(category, spot, who, is_private=is_private)
    if is_shared or not found:
        return found
    seen = Case.objects.visible_to(actor).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True)
    return [one for one in found if one.pk in {*seen}]


def is_of(reference: str, contact: str) -> bool:
    """Say whether the case of a reference was brought with this phone."""
    return Case.objects.filter(reference=reference, reporter__contact=contact).exists()


def took_down(case: Case, by: Actor) -> bool:
    """Say whether somebody took the case down at the desk: then they have the name from the resident's own mouth."""
    return Event.objects.filter(verb="cases.case.receive", subject=ref(case), actor=by.ref).exists()
