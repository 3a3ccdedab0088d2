"""What everybody may read of a case.

Who brought it is not in it, nor what was said between offices; personal numbers in text and place are masked before a case is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from linli.commons.routing.models import Category, ServiceField
from linli.flows.cases.models import Case, CaseQuerySet, Status
from linli.ground.organisations.models import Body
from linli.ground.places.models import Place
from linli.ground.redaction.queries import masked

PUBLIC_FIELDS: Final = (ServiceField.SURROUNDINGS, ServiceField.SAFETY)
"""Fields of public things; what somebody needs for themselves is nobody else's to read, whatever they wish."""


@dataclass(frozen=True)
class PublicCase:
    """A case as everybody may read it."""

    reference: str
    title: str
    text: str
    where: str
    place: Place
    category: Category
    status: Status
    lead: Body
    received_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None


def public_cases() -> CaseQuerySet:
    """Return the cases that everybody may read of, with what `public_of` says of them: public things, taken on, not kept private."""
    found = Case.objects.filter(category__field__in=PUBLIC_FIELDS, is_private=False).exclude(status=Status.REFUSED)
    return found.select_related("place", "category", "lead")


def public_of(case: Case) -> PublicCase:
    """Return what everybody may read of a case out of `public_cases`; masked once more: older cases were kept as written."""
    return PublicCase(
        reference=case.reference,
        title=masked(case.title),
        text=masked(case.text),
        where=masked(case.where),
        place=case.place,
        category=case.category,
        status=Status(case.status),
        lead=case.lead,
        received_at=case.received_at,
        answered_at=case.answered_at,
        closed_at=case.closed_at,
    )
