"""The rulebook for machines."""

from datetime import date
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import Fault, guarded, public
from linli.ground.places.queries import city_path

from . import actions, queries
from .models import Rule, RuleVersion
from .rules import may_change, may_lodge, may_withdraw
from .units import Mark, Meeting

router = Router(tags=["rulebook"])
Path = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,15}$")]


class RuleOut(Schema):
    """A rule with the version in force."""

    key: str
    title: str
    subject: str
    law: str
    article: str
    mark: Mark
    value: str
    unit: str
    base: str
    words: str
    sentence: str
    jurisdiction: str
    effective_from: date
    version: str
    in_use: bool
    """False while no function of this release works by the rule; it cannot be changed then."""
    newest: int = 0
    """What a change must name as `seen`."""


class ChangeIn(Schema):
    """A new value of a rule of custom."""

    value: Annotated[str, StringConstraints(max_length=20)]
    place: Path
    effective_from: date
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    mark: Literal["DEFAULT", "LOCAL"] = "DEFAULT"
    basis: Annotated[str, StringConstraints(max_length=100)] = ""
    seen: Annotated[int, Field(ge=0, le=2**62)]


class LodgeIn(Schema):
    """What a community decided in its charter or convention."""

    value: Annotated[str, StringConstraints(max_length=20)]
    place: Path
    effective_from: date
    basis: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    decided_by: Meeting
    decided_on: date
    seen: Annotated[int, Field(ge=0, le=2**62)]


class WithdrawIn(Schema):
    """Why a lodged charter is taken back."""

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")
    ]


@router.get("/", response=list[RuleOut], auth=None)
@public
def index(
    request: HttpRequest,  # noqa: ARG001 (ninja's word)
    q: Annotated[str, Query(max_length=100)] = "",
    mark: Literal["", "LAW", "LOCAL", "DEFAULT", "CHARTER"] = "",
    place: Path | None = None,
) -> list[RuleOut]:
    """List the rules in force in a place (the city) by law and subject."""
    found = queries.listing(text=q, kind=mark, place_path=city_path() if place is None else place)
    return [_out(version) for chapter in found.chapters for subject in chapter.subjects for version in subject.versions]


@router.get("/{key}", response={200: RuleOut, 404: Fault}, auth=None)
@public
def show(
    request: HttpRequest,  # noqa: ARG001 (ninja's word)
    key: str,
    place: Path | None = None,
    on: date | None = None,
) -> RuleOut | Status[dict[str, str]]:
    """Show the version of one rule in force in a place (the city) on a day (today)."""
    try:
        version = queries.rule(key, place_path=city_path() if place is None else place, on=on)
    except queries.UnknownRule:
        return Status(404, {"detail": key})
    return _out(version, newest=actions.newest(version.rule))


@router.post("/{key}/change", response={201: RuleOut, 403: Fault, 404: Fault, 409: Fault, 422: Fault})
@guarded(may_change, thing=Rule, by="key")
def change(request: HttpRequest, rule: Rule, data: ChangeIn) -> Status[RuleOut] | Status[dict[str, str]]:
    """Change a rule of custom from a day on."""
    to = actions.Setting(data.value, data.place, data.effective_from, data.reason, Mark(data.mark), data.basis)
    try:
        version = actions.change(rule, to=to, seen=data.seen, by=actor_of(request))
    except ValidationError as error:
        return Status(422, {"detail": " ".join(error.messages)})
    return Status(201, _out(version, newest=version.pk))


@router.post("/{key}/lodge", response={201: RuleOut, 403: Fault, 404: Fault, 409: Fault, 422: Fault})
@guarded(may_lodge, thing=Rule, by="key")
def lodge(request: HttpRequest, rule: Rule, data: LodgeIn) -> Status[RuleOut] | Status[dict[str, str]]:
    """Put on record what a community decided on a rule."""
    charter = actions.Charter(data.value, data.place, data.effective_from, data.basis, data.decided_by, data.decided_on)
    try:
        version = actions.lodge(rule, charter=charter, seen=data.seen, by=actor_of(request))
    except ValidationError as error:
        return Status(422, {"detail": " ".join(error.messages)})
    return Status(201, _out(version, newest=version.pk))


@router.post("/versions/{pk}/withdraw", response={200: RuleOut, 403: Fault, 404: Fault, 422: Fault})
@guarded(may_withdraw, thing=RuleVersion, by="pk")
def withdraw(request: HttpRequest, version: RuleVersion, data: WithdrawIn) -> Status[RuleOut] | Status[dict[str, str]]:
    """Take back a charter that was lodged wrongly; it answers with the value that holds in the community again."""
    try:
        actions.withdraw(version, reason=data.reason, by=actor_of(request))
    except ValidationError as error:
        return Status(422, {"detail": " ".join(error.messages)})
    now = queries.rule(version.rule.key, place_path=version.jurisdiction)
    return Status(200, _out(now, newest=actions.newest(version.rule)))


def _out(version: RuleVersion, newest: int = 0) -> RuleOut:
    rule = version.rule
    return RuleOut(
        key=rule.key,
        title=rule.title,
        subject=rule.subject,
        law=version.law,
        article=version.article,
        mark=Mark(version.mark),
        value=version.value,
        unit=rule.unit,
        base=rule.base,
        words=version.words,
        sentence=version.sentence,
        jurisdiction=version.jurisdiction,
        effective_from=version.effective_from,
        version=version.version_ref,
        in_use=rule.in_use,
        newest=newest,
    )
