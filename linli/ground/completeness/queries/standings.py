"""The bodies of one place as their keepers see them, and what the rules find in one body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.ground.authority.actors import Actor
from linli.ground.completeness.composition import Finding
from linli.ground.core import clock
from linli.ground.organisations.models import Body, BodyKind, Need, stand_of
from linli.ground.places.models import Place

from .rosters import Survey


@dataclass(frozen=True)
class Standing:
    """One kind of body at a place as its keepers see it: a body that stands, or room for one."""

    kind: BodyKind
    title: str
    need: Need
    body: Body | None
    seats: int
    held: int
    findings: Sequence[Finding]


def findings_of(body: Body, on: date) -> Sequence[Finding]:
    """Return what is vacant, over, or against the rules in a body; nothing for one that is dissolved. At most seven queries."""
    if body.ended_on is not None:
        return []
    return Survey([body.place], on).found(body.place)[0].get(body.pk, [])


def section_of_body(body: Body, actor: Actor) -> Mapping[str, object] | None:  # noqa: ARG001 (what a body lacks is public)
    """Return the findings that a body's own page shows; None where it is in order."""
    found = findings_of(body, clock.today())
    return {"findings": found} if found else None


def standing_at(place: Place, on: date) -> list[Standing]:
    """Return the bodies of a place in the order of their kinds, and an empty line for each kind of which there is none (or may be more)."""
    survey = Survey([place], on)
    wrong, missing = survey.found(place)
    rows = []
    for kind in survey.kinds:
        need = kind.need_at(stand_of(place))
        if need is None:
            continue
        title = kind.title_at(stand_of(place))
        bodies = [body for body in survey.bodies.get(place.pk, ()) if body.kind_id == kind.pk]
        for body in bodies:
            seats = survey.roster(body).seats
            held = sum(len(seat.persons) for seat in seats)
            rows.append(Standing(kind, title, need, body, sum(seat.seats for seat in seats), held, wrong[body.pk]))
        if not bodies or kind.many:
            rows.append(Standing(kind, title, need, None, 0, 0, [one for one in missing if one.kind == kind.code]))
    return rows
