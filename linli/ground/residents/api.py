"""Door for programs: the residents of the own place, masked."""

from datetime import date
from typing import Annotated

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.core import clock, paging
from linli.ground.people.models import Person

from . import queries
from .rules import may_keep_register

router = Router(tags=["residents"])
Text = Annotated[str, Field(max_length=50)]
Token = Annotated[str, Field(max_length=200)]


class Refused(Schema):
    """Why there is no answer."""

    detail: str


class Resident(Schema):
    """An entry of the register, masked."""

    id: int
    name: str
    phone: str
    place: str
    residence: str
    adult: bool
    electoral: str
    verification: str


class Residents(Schema):
    """One page of the register; `next` is the token of the page after it."""

    items: list[Resident]
    next: str | None


@router.get("/", response={200: Residents, 400: Refused, 403: Refused})
@guarded(may_keep_register)
def list_residents(request: HttpRequest, q: Text = "", page: Token = "") -> Residents:
    """Return the residents of the place whose register the post keeps, newest entry first."""
    found = queries.residents_of(actor_of(request), q.strip()).select_related("personal", "place")
    try:
        rows = paging.page_of(found, keys=("-pk",), token=page)
    except SuspiciousOperation as error:
        raise HttpError(400, "page") from error
    today = clock.today()
    return Residents(items=[_resident(person, today) for person in rows.items], next=rows.next)


def _resident(person: Person, today: date) -> Resident:
    return Resident(
        id=person.pk,
        name=person.masked_name,
        phone=person.personal.masked_phone,
        place=person.place_path,
        residence=person.residence,
        adult=person.is_adult(today),
        electoral=person.electoral,
        verification=person.verification,
    )
