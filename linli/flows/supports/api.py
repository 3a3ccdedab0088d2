"""The door for machines: how cases come to belong together, by the same verbs as the page."""

from datetime import datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from linli.commons.routing.queries import takers
from linli.flows.cases.models import Case, Status
from linli.flows.cases.rules import may_show
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, Seen, guarded
from linli.ground.people.identity import normal_phone

from . import actions, queries, rules

router = Router(tags=["supports"])
STEP = FAULTS | {409: Fault, 422: Fault}
Text = Annotated[str, Field(min_length=2, max_length=2000, pattern=r"\S")]
Reference = Annotated[str, Field(max_length=20, description="reference of another open case that the caller may see")]


class Supported(Seen):
    """Who else needs the same, in which words."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    phone: Annotated[str, Field(max_length=20)] = ""
    text: Text


class Merged(Seen):
    """The case that is answered for both."""

    into: Reference


class Linked(Seen):
    """A case that is to be part of this one."""

    part: Reference


class Unlinked(Linked):
    """A part that is waited for no longer, and why."""

    text: Text


class Divided(Seen):
    """What a part is, and which body leads it."""

    body: Annotated[str, Field(max_length=20, description="reference of the body")]
    text: Text


class OneOut(Schema):
    """A case that belongs to another."""

    reference: str
    status: Status
    lead: str = Field(alias="lead.name")
    received_at: datetime


class CompanyOut(Schema):
    """What belongs to a case: how many support it, its whole, its parts; never who supports it."""

    reference: str
    version: int
    status: Status
    supports: int
    merged_into: str
    whole: str
    parts: list[OneOut]


@router.get("/{reference}", response=FAULTS | {200: CompanyOut})
@guarded(may_show, thing=Case)
def show(request: HttpRequest, case: Case) -> dict[str, object]:  # noqa: ARG001 (the guard loads by it)
    """Return what belongs to a case."""
    return _shown(case)


@router.post("/{reference}/support", response=STEP | {200: CompanyOut})
@guarded(rules.may_support, thing=Case)
def support(request: HttpRequest, case: Case, said: Supported) -> dict[str, object]:
    """Take down that somebody else needs the same."""
    try:
        phone = normal_phone(said.phone) if said.phone else ""
    except ValidationError as error:
        raise HttpError(422, f"phone: {error.messages[0]}") from error
    actions.support(case.as_seen(said.version), name=said.name, phone=phone, text=said.text, by=actor_of(request))
    return _shown(case)


@router.post("/{reference}/leave", response=STEP | {200: CompanyOut})
@guarded(rules.may_leave, thing=Case)
def leave(request: HttpRequest, case: Case, seen: Seen) -> dict[str, object]:
    """Take one's own support back."""
    actions.leave(case.as_seen(seen.version), by=actor_of(request))
    return _shown(case)


@router.post("/{reference}/merge", response=STEP | {200: CompanyOut})
@guarded(rules.may_merge, thing=Case)
def merge(request: HttpRequest, case: Case, said: Merged) -> dict[str, object]:
    """Let the case be answered by another one."""
    into = _other(request, case, said.into, "into")
    actions.merge(case.as_seen(said.version), into=into, by=actor_of(request))
    return _shown(case)


@router.post("/{reference}/split", response=STEP | {200: CompanyOut})
@guarded(rules.may_split, thing=Case)
def split(request: HttpRequest, case: Case, seen: Seen) -> dict[str, object]:
    """Let a merged case go on by itself."""
    actions.split(case.as_seen(seen.version), by=actor_of(request))
    return _shown(case)


@router.post("/{reference}/link", response=STEP | {200: CompanyOut})
@guarded(rules.may_link, thing=Case)
def link(request: HttpRequest, case: Case, said: Linked) -> dict[str, object]:
    """Make another case a part of this one."""
    part = _other(request, case, said.part, "part")
    actions.link(case.as_seen(said.version), part=part, by=actor_of(request))
    return _shown(case)


@router.post("/{reference}/unlink", response=STEP | {200: CompanyOut})
@guarded(rules.may_unlink, thing=Case)
def unlink(request: HttpRequest, case: Case, said: Unlinked) -> dict[str, object]:
    """Wait for a part no longer."""
    part = next((one for one in queries.company_of(case).parts if one.reference == said.part), None)
    if part is None:
        raise HttpError(422, "part: it is no part of this case")
    actions.unlink(case.as_seen(said.version), part=part, text=said.text, by=actor_of(request))
    return _shown(case)


@router.post("/{reference}/divide", response=STEP | {200: CompanyOut})
@guarded(rules.may_divide, thing=Case)
def divide(request: HttpRequest, case: Case, said: Divided) -> dict[str, object]:
    """Give a part of the case to a body."""
    body = next((one for one in takers(case.place_path) if one.reference == said.body), None)
    if body is None:
        raise HttpError(422, "body: it cannot take this part")
    actions.divide(case.as_seen(said.version), body=body, text=said.text, by=actor_of(request))
    return _shown(case)


def _other(request: HttpRequest, case: Case, reference: str, name: str) -> Case:
    """Return another open case that the caller may see; raises HttpError for any other."""
    found = queries.near(case, actor_of(request), text=reference).filter(reference=reference).first()
    if found is None:
        raise HttpError(422, f"{name}: no open case that you may see has this reference")
    return found


def _shown(case: Case) -> dict[str, object]:
    company = queries.company_of(case)
    return {
        "reference": case.reference,
        "version": case.version,
        "status": case.status,
        "supports": company.supports,
        "merged_into": case.merged_into.reference if case.merged_into else "",
        "whole": company.whole.reference if company.whole else "",
        "parts": company.parts,
    }
