"""One step on many cases: each in a transaction of its own, so that one that cannot be done holds up no other. Nothing is lost silently."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from linli.flows.cases import actions as cases
from linli.flows.cases import rules as case_rules
from linli.flows.cases.models import Case
from linli.flows.dispatch import actions as dispatch
from linli.flows.dispatch import rules as dispatch_rules
from linli.ground.authority.actors import Actor
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.organisations.models import Body

Picked = Sequence[tuple[Case, int]]
"""Cases, each with the version that the person had before their eyes."""
May = Callable[[Actor, Case], bool]


class Outcome(TextChoices):
    """What became of one case."""

    DONE = "done", _("done")
    CHANGED = "changed", _("changed meanwhile by somebody else; not done")
    REFUSED = "refused", _("its status does not allow it")
    FORBIDDEN = "forbidden", _("not within your power")


@dataclass(frozen=True)
class Result:
    """One case and what became of it."""

    case: Case
    outcome: Outcome


def accept(picked: Picked, *, by: Actor) -> list[Result]:
    """Take several cases on."""
    return _each(picked, case_rules.may_accept, lambda case: cases.accept(case, by=by), by)


def note(picked: Picked, *, text: str, by: Actor) -> list[Result]:
    """Write the same note on several cases."""
    return _each(picked, case_rules.may_note, lambda case: cases.note(case, text=text, by=by), by)


def assign(picked: Picked, *, body: Body, by: Actor) -> list[Result]:
    """Give several cases that nobody has accepted yet to another lead."""
    return _each(picked, dispatch_rules.may_assign, lambda case: dispatch.assign(case, body=body, by=by), by)


def _each(picked: Picked, may: May, act: Callable[[Case], None], by: Actor) -> list[Result]:
    return [Result(case, _one(case.as_seen(version), may, act, by)) for case, version in picked]


def _one(case: Case, may: May, act: Callable[[Case], None], by: Actor) -> Outcome:
    if not may(by, case):
        return Outcome.FORBIDDEN
    try:
        act(case)
    except Conflict:
        return Outcome.CHANGED
    except Refused:
        return Outcome.REFUSED
    return Outcome.DONE
