"""The bodies of one place as their keepers see them, and what the rules find in one body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.ground.authority.actors import Actor
from linli.ground.completeness.composition import Finding, is_sound
from linli.ground.core import clock
from linli.ground.kinds.models import BodyKind, Group, Need, stand_of
from linli.ground.organisations.models import Body
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
    asked: str = ""
    """How many members the rules ask for, `5–9`; empty where they ask for no number."""

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to do: a body in order, or room for one that nobody asks for."""
        return is_sound(self.findings)


@dataclass(frozen=True)
class Grouped:
    """The bodies of one group at a place, and how many of them are to be seen to."""

    group: Group
    rows: Sequence[Standing]

    @property
    def standing(self) -> int:
        """How many bodies stand."""
        return sum(row.body is not None for row in self.rows)

    @property
    def faulty(self) -> int:
        """How many are missing, vacant or against the rules."""
        return sum(not row.is_sound for row in self.rows)


def findings_of(body: Body, on: date) -> Sequence[Finding]:
    """Return what is vacant, over, or against the rules in a body; nothing for one that is dissolved. At most seven queries."""
    if body.ended_on is not None:
        return []
    return Survey([body.place], on).found(body.place)[0].get(body.pk, [])


def section_of_body(body: Body, actor: Actor) -> Mapping[str, object] | None:  # noqa: ARG001 (what a body lacks is public)
    """Return the findings that a body's own page shows; None where it is in order."""
    found = findings_of(body, clock.today())
    return {"findings": found} if found else None


def standings_of(place: Place, on: date) -> Mapping[str, object]:
    """Return what the keepers of a place see: what is to be seen to first, then every body and every gap by group."""
    rows = standing_at(place, on)
    groups = [Grouped(group, [row for row in rows if row.kind.group == group]) for group in Group]
    return {"faulty": [row for row in rows if not row.is_sound], "groups": [one for one in groups if one.rows]}


def standing_at(place: Place, on: date) -> list[Standing]:
    """Return the bodies of a place in the order of their kinds, and an empty line for each kind of which there is none (or may be more)."""
    survey = Survey([place], on)
    wrong, missing = survey.found(place)
    seen, rows = survey.place(place), []
    for kind in survey.kinds:
        need = kind.need_at(stand_of(place))
        title = kind.title_at(stand_of(place))
        bodies = [body for body in survey.bodies.get(place.pk, ()) if body.kind_id == kind.pk]
        if need is None and not bodies:
            continue
        for body in bodies:
            seats = survey.roster(body).seats
            room, held = sum(seat.seats for seat in seats), sum(len(seat.persons) for seat in seats)
            needed, found = need or Need.OPTIONAL, wrong[body.pk]
            rows.append(Standing(kind, title, needed, body, room, held, found, seen.members_asked(kind)))
        if need and (not bodies or kind.many):
            rows.append(Standing(kind, title, need, None, 0, 0, [one for one in missing if one.kind == kind.code]))
    return rows
