"""What everybody may read of a case.

Who brought it is not in it, nor what was said between offices; personal numbers in text and place are masked before a case is kept.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from linli.commons.routing.models import Category
from linli.flows.cases.models import Case, CaseQuerySet, Ground, Status
from linli.ground.organisations.models import Body
from linli.ground.places.models import Place
from linli.ground.redaction.queries import masked

KEPT_BACK: Final = (Ground.SECRET, Ground.UNLAWFUL)
"""A case that was not taken on for one of these is not read by everybody."""
DOOR: Final = re.compile(r"(?<=单元)\s*[\d０-９]+|[\d０-９]+(?=\s*[室户])")
"""Which door of a building: a household is known by it."""


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
    """Return the cases that everybody may read: of a public category, not kept private (decision 0022)."""
    found = Case.objects.filter(category__is_public=True, is_private=False).exclude(ground__in=KEPT_BACK)
    return found.select_related("category", "lead", "place__parent__parent__parent")


def public_of(case: Case) -> PublicCase:
    """Return what everybody may read of a case out of `public_cases`; masked once more, without doors: older ones were kept as written."""
    return PublicCase(
        reference=case.reference,
        title=_masked(case.title),
        text=_masked(case.text),
        where=_masked(case.where),
        place=case.place,
        category=case.category,
        status=Status(case.status),
        lead=case.lead,
        received_at=case.received_at,
        answered_at=case.answered_at,
        closed_at=case.closed_at,
    )


def _masked(text: str) -> str:
    return DOOR.sub("***", masked(text))
