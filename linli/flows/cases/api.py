"""The API of cases: the same verbs as the pages, for programs in a post and for residents who have proven a phone."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import AliasPath, Field

from linli.commons.routing.models import ServiceField
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, Out, Seen, guarded

from . import actions, rules
from .models import Case, Channel, Ground, LeadBy, Satisfied, Solved, Status, Way

router = Router(tags=["cases"])


class Said(Seen):
    """A step with words."""

    text: Annotated[str, Field(min_length=2, max_length=2000, pattern=r"\S")]


class Longer(Said):
    """How many more working days, and why."""

    amount: Annotated[int, Field(ge=1, le=60)]


class Consented(Said):
    """Why it stands, and that the resident agrees."""

    consent: Literal[True]


class NotTaken(Said):
    """On which ground it is not taken on."""

    ground: Ground


class RatingOut(Out):
    """How the resident judged one round: which way, contacted in time, solved, satisfied, and in their own words."""

    round: int
    way: Way
    contacted: bool
    solved: Solved
    satisfied: Satisfied
    remark: str
    at: datetime


class StandingOut(Out):
    """Until when the answer is due, and which acts on the case are overdue, whoever owes them."""

    due_at: datetime
    overdue: list[str]


class CaseOut(Out):
    """A case as its reader may see it, with how each round was judged; who reported it is not in it."""

    reference: str
    version: int
    status: Status
    field: ServiceField = Field(validation_alias=AliasPath("category", "field"))
    category: str = Field(validation_alias=AliasPath("category", "code"))
    answers: dict[str, str]
    channel: Channel
    text: str
    place: str = Field(validation_alias=AliasPath("place", "path"))
    where: str
    lead: str = Field(validation_alias=AliasPath("lead", "name"))
    lead_by: LeadBy
    lead_reason: str
    ground: str
    returns: int
    is_final: bool
    round: int
    received_at: datetime
    accepted_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    standing: StandingOut
    ratings: list[RatingOut]


STEP = FAULTS | {409: Fault}


@router.get("/{reference}", response=FAULTS | {200: CaseOut})
@guarded(rules.may_show, thing=Case)
def show(request: HttpRequest, case: Case) -> Case:  # noqa: ARG001 (the guard loads by it)
    """Return one case."""
    return case


@router.post("/{reference}/accept", response=STEP | {200: CaseOut})
@guarded(rules.may_accept, thing=Case)
def accept(request: HttpRequest, case: Case, seen: Seen) -> Case:
    """Take the case on."""
    actions.accept(case.as_seen(seen.version), by=actor_of(request))
    return case


@router.post("/{reference}/answer", response=STEP | {200: CaseOut})
@guarded(rules.may_answer, thing=Case)
def answer(request: HttpRequest, case: Case, said: Said) -> Case:
    """Answer the resident."""
    actions.answer(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/close", response=STEP | {200: CaseOut})
@guarded(rules.may_close, thing=Case)
def close(request: HttpRequest, case: Case, said: Said) -> Case:
    """End the case."""
    actions.close(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/urge", response=STEP | {200: CaseOut})
@guarded(rules.may_urge, thing=Case)
def urge(request: HttpRequest, case: Case, said: Said) -> Case:
    """Urge the lead to do what is overdue."""
    actions.urge(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/reopen", response=STEP | {200: CaseOut})
@guarded(rules.may_reopen, thing=Case)
def reopen(request: HttpRequest, case: Case, said: Said) -> Case:
    """Begin the next round."""
    actions.reopen(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/inform", response=STEP | {200: CaseOut})
@guarded(rules.may_inform, thing=Case)
def inform(request: HttpRequest, case: Case, said: Said) -> Case:
    """Tell the resident how far it is."""
    actions.inform(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/note", response=STEP | {200: CaseOut})
@guarded(rules.may_note, thing=Case)
def note(request: HttpRequest, case: Case, said: Said) -> Case:
    """Write an internal note."""
    actions.note(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/resume", response=STEP | {200: CaseOut})
@guarded(rules.may_resume, thing=Case)
def resume(request: HttpRequest, case: Case, said: Said) -> Case:
    """Take it up again."""
    actions.resume(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/suspend", response=STEP | {200: CaseOut})
@guarded(rules.may_suspend, thing=Case)
def suspend(request: HttpRequest, case: Case, said: Consented) -> Case:
    """Let it stand, with the resident's consent."""
    actions.suspend(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/extend", response=STEP | {200: CaseOut})
@guarded(rules.may_extend, thing=Case)
def extend(request: HttpRequest, case: Case, said: Longer) -> Case:
    """Take longer, once a round."""
    actions.extend(case.as_seen(said.version), amount=said.amount, text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/refuse", response=STEP | {200: CaseOut})
@guarded(rules.may_refuse, thing=Case)
def refuse(request: HttpRequest, case: Case, said: NotTaken) -> Case:
    """Not take it on; the lawful channel is named to the resident."""
    actions.refuse(case.as_seen(said.version), ground=said.ground, text=said.text, by=actor_of(request))
    return case
