"""The door for machines: how a case finds its lead or help, by the same verbs as the page."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from linli.flows.cases.models import Case, Status
from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, Seen, guarded
from linli.ground.organisations.models import Body

from . import actions, rules
from .queries import takers_of

router = Router(tags=["dispatch"])
Text = Annotated[str, Field(min_length=2, max_length=2000, pattern=r"\S")]


class Said(Seen):
    """A step with words, made from the version that the caller has seen."""

    text: Text


class Given(Schema):
    """A case given to a body, from the version that the caller has seen."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    body: Annotated[str, Field(max_length=20, description="reference of the body")]


class Ruled(Given):
    """The ruling on a case that was sent back."""

    text: Text
    is_final: bool = False


class Wanted(Given):
    """What another body is asked to do."""

    wanted: Annotated[str, Field(min_length=2, max_length=200)]


class DispatchedOut(Schema):
    """Where a case stands after the step."""

    reference: str
    version: int
    status: Status
    lead: str = Field(alias="lead.name")
    lead_by: str
    is_final: bool
    returns: int


FAULTS = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault, 422: Fault}


@router.post("/{reference}/send_back", response={200: DispatchedOut, **FAULTS})
@guarded(rules.may_send_back, thing=Case)
def send_back(request: HttpRequest, case: Case, said: Said) -> Case:
    """Send it back to the dispatcher."""
    actions.send_back(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/contribute", response={200: DispatchedOut, **FAULTS})
@guarded(rules.may_contribute, thing=Case)
def contribute(request: HttpRequest, case: Case, said: Said) -> Case:
    """Report to the lead as a co-handler."""
    actions.contribute(case.as_seen(said.version), text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/assign", response={200: DispatchedOut, **FAULTS})
@guarded(rules.may_assign, thing=Case)
def assign(request: HttpRequest, case: Case, said: Given) -> Case:
    """Give it to another lead."""
    actions.assign(case.as_seen(said.version), body=_taker(case, said.body), by=actor_of(request))
    return case


@router.post("/{reference}/designate", response={200: DispatchedOut, **FAULTS})
@guarded(rules.may_designate, thing=Case)
def designate(request: HttpRequest, case: Case, said: Ruled) -> Case:
    """Rule who leads a case that was sent back."""
    body = _taker(case, said.body)
    seen = case.as_seen(said.version)
    actions.designate(seen, body=body, is_final=said.is_final, text=said.text, by=actor_of(request))
    return case


@router.post("/{reference}/ask_help", response={200: DispatchedOut, **FAULTS})
@guarded(rules.may_ask_help, thing=Case)
def ask_help(request: HttpRequest, case: Case, said: Wanted) -> Case:
    """Ask another body to help."""
    body = _taker(case, said.body)
    actions.ask_help(case.as_seen(said.version), body=body, wanted=said.wanted, by=actor_of(request))
    return case


def _taker(case: Case, reference: str) -> Body:
    """Return a body that may take the case; raises HttpError for any other."""
    found = next((one for one in takers_of(case) if one.reference == reference), None)
    if found is None:
        raise HttpError(422, "body: it cannot take this case")
    return found
