"""The door for machines: calling for a higher body and what becomes of it, by the same verbs as the pages."""

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from linli.flows.cases.models import Case, Status
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, Seen, guarded

from . import actions, rules
from .models import Answer, Escalation
from .queries import higher_than

router = Router(tags=["escalations"])
STEP = FAULTS | {409: Fault, 422: Fault}


class Said(Seen):
    """A step with words, made from the version that the caller has seen."""

    text: Annotated[str, Field(min_length=4, max_length=2000, pattern=r"\S")]


class Whistled(Said):
    """Which body is called for, and what for."""

    body: Annotated[str, Field(max_length=20, description="reference of the body")]


class Reported(Said):
    """How the body answers."""

    answer: Literal[Answer.TAKES_PART, Answer.OFFERS, Answer.DECLINES]


class Ruled(Said):
    """Whether the body that offers to lead leads from now on."""

    is_granted: bool


class EscalatedOut(Schema):
    """Where a case stands after the step."""

    reference: str
    version: int
    status: Status
    lead: str = Field(alias="lead.name")


class EscalationOut(Schema):
    """A body that was called for, by which lead, and how it answered."""

    body: str = Field(alias="body.name")
    lead: str = Field(alias="lead.name")
    status: Answer
    whistled_at: datetime
    reported_at: datetime | None


@router.get("/{reference}", response=FAULTS | {200: list[EscalationOut]})
@guarded(rules.may_list, thing=Case)
def index(request: HttpRequest, case: Case) -> QuerySet[Escalation]:  # noqa: ARG001 (the guard loads by it)
    """List the bodies that were called for on a case."""
    found: QuerySet[Escalation] = case.escalations.select_related("body", "lead")
    return found


@router.post("/{reference}/whistle", response=STEP | {200: EscalatedOut})
@guarded(rules.may_whistle, thing=Case)
def whistle(request: HttpRequest, case: Case, said: Whistled) -> Case:
    """Call for a higher body."""
    body = next((one for one in higher_than(case) if one.reference == said.body), None)
    if body is None:
        raise HttpError(422, "body: it cannot be called for on this case")
    actions.whistle(case.as_seen(said.version), body=body, text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/report_in", response=STEP | {200: EscalatedOut})
@guarded(rules.may_report_in, thing=Case)
def report_in(request: HttpRequest, case: Case, said: Reported) -> Case:
    """Report in."""
    actions.report_in(case.as_seen(said.version), answer=said.answer, text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/hand_over", response=STEP | {200: EscalatedOut})
@guarded(rules.may_hand_over, thing=Case)
def hand_over(request: HttpRequest, case: Case, said: Ruled) -> Case:
    """Rule on who leads."""
    actions.hand_over(case.as_seen(said.version), is_granted=said.is_granted, text=said.text, by=actor_of(request))
    return case
