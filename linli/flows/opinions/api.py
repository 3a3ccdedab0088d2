"""The door for machines: who has a say on an application, and how a department gives its opinion; under /services/."""

from datetime import datetime
from typing import Annotated, Self

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import model_validator

from linli.flows.services.models import Application, ApplicationStatus
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import FAULTS, Fault, guarded

from . import actions, queries, rules
from .queries import Stand

router = Router(tags=["opinions"])


class GivenOpinion(Schema):
    """What a department says, from the version that it has seen; that it does not agree needs its reason."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    agrees: bool
    text: Annotated[str, Field(max_length=1000)] = ""

    @model_validator(mode="after")
    def has_its_reason(self) -> Self:
        """Refuse an opinion against it without a reason."""
        if not self.agrees and not self.text.strip():
            raise ValueError("an opinion against it needs its reason")
        return self


class OpinionOut(Schema):
    """Who has a say on what, until when, and what they said; the applicant is told that an opinion was given, not what it says."""

    body: str
    stands_in: str
    about: str
    asked_at: datetime
    due_at: datetime
    given_at: datetime | None
    stand: Stand | None
    text: str


class HeardOut(Schema):
    """Where an application stands after the step."""

    reference: str
    version: int
    status: ApplicationStatus


@router.get("/{reference}/opinions", response=FAULTS | {200: list[OpinionOut]})
@guarded(rules.may_list, thing=Application)
def index(request: HttpRequest, one: Application) -> list[OpinionOut]:
    """List who has a say on an application."""
    return [
        OpinionOut(
            body=said.opinion.body.name,
            stands_in=said.opinion.stands_in,
            about=said.opinion.about,
            asked_at=said.opinion.asked_at,
            due_at=said.opinion.due_at,
            given_at=said.opinion.given_at,
            stand=said.stand if said.is_seen or not said.opinion.given_at else None,
            text=said.opinion.text if said.is_seen else "",
        )
        for said in queries.said_on(one, actor_of(request))
    ]


@router.post("/{reference}/give_opinion", response=FAULTS | {200: HeardOut, 409: Fault, 422: Fault})
@guarded(rules.may_give_opinion, thing=Application)
def give_opinion(request: HttpRequest, one: Application, given: GivenOpinion) -> Application:
    """Give the opinion of one's department."""
    seen = one.as_seen(given.version)
    actions.give_opinion(seen, agrees=given.agrees, text=given.text, by=actor_of(request))
    return one
