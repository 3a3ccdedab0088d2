"""The cases that somebody has picked from the list for one step, as far as they may see them, and whether the step is open on each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from linli.commons.routing.queries import takers
from linli.flows.cases import rules as case_rules
from linli.flows.cases.models import Case, CaseQuerySet, Status
from linli.flows.dispatch import rules as dispatch_rules
from linli.ground.authority.actors import Actor
from linli.ground.organisations.models import Body
from linli.ground.places.divisions import ancestors_of

from .filters import Filter
from .listing import NEWEST_FIRST, chosen

May = Callable[[Actor, Case], bool]
DIGITS: Final = 9
"""Of a version."""
STEPS: Final[dict[str, tuple[May, frozenset[str]]]] = {
    "accept": (case_rules.may_accept, frozenset({Status.RECEIVED})),
    "assign": (dispatch_rules.may_assign, frozenset({Status.RECEIVED})),
    "note": (case_rules.may_note, frozenset(Status)),
}
"""For each step that is taken on many: who may, and in which status."""


@dataclass(frozen=True)
class Picked:
    """One case as it was picked: the version before the person's eyes, and whether the step can be taken on it as it stands now."""

    case: Case
    version: int
    may: bool
    fits: bool

    @property
    def key(self) -> str:
        """As the form sends it."""
        return f"{self.case.reference}.{self.version}"

    @property
    def is_open(self) -> bool:
        """Whether the step can be taken."""
        return self.may and self.fits and self.version == self.case.version


def picked_of(actor: Actor, verb: str, keys: Iterable[str]) -> list[Picked]:
    """Return the picked cases (`REFERENCE.version`) that the actor may see, in the order of picking; others are left out. One query."""
    versions = dict(pair for key in keys if (pair := _pair(key)))
    found = {one.reference: one for one in _loaded(actor, Filter()).filter(reference__in=versions)}
    return [_judged(actor, verb, found[one], version) for one, version in versions.items() if one in found]


def all_of(actor: Actor, verb: str, asked: Filter, most: int) -> list[Picked]:
    """Return every case of a filter, the newest first, as it stands now; at most one more than `most`. One query."""
    cases = _loaded(actor, asked).order_by(*NEWEST_FIRST)[: most + 1]
    return [_judged(actor, verb, case, case.version) for case in cases]


def takers_for(cases: Sequence[Case]) -> list[Body]:
    """Return the bodies that may lead all of these cases: those of the place that holds them all, and above it."""
    lines = [[*ancestors_of(case.place.path), case.place.path] for case in cases]
    path = next((path for path in reversed(lines[0]) if all(path in line for line in lines)), "")
    return takers(path) if path else []


def _loaded(actor: Actor, asked: Filter) -> CaseQuerySet:
    return chosen(actor, asked).select_related(None).select_related("place", "lead", "category")


def _judged(actor: Actor, verb: str, case: Case, version: int) -> Picked:
    may, statuses = STEPS[verb]
    return Picked(case, version, may(actor, case), case.status in statuses)


def _pair(key: str) -> tuple[str, int] | None:
    reference, _dot, version = key.partition(".")
    return (reference, int(version)) if version.isascii() and version.isdigit() and len(version) <= DIGITS else None
