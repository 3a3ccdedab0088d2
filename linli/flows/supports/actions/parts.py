"""A large matter has parts: cases of their own, each led and answered by its body; the whole is answered when they are."""

from django.db import transaction

from linli.commons.deadlines.models import Clock, Todo
from linli.flows.cases.actions import begin_round, note, round_at
from linli.flows.cases.models import LIVE, Case, LeadBy, Reporter
from linli.flows.supports.models import Part
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.database.writing import insert, together
from linli.ground.organisations.models import Body
from linli.ground.redaction.queries import masked

from .following import join
from .merging import lock_both


@transaction.atomic
def link(case: Case, *, part: Case, by: Actor) -> None:
    """Make an open case part of this one; raises Refused where either is not open, or is a part already, or the part has parts itself."""
    lock_both(case, part)
    own_part = Part.objects.filter(case__in=[case, part]).exists() or Part.objects.filter(whole=part).exists()
    if case.pk == part.pk or own_part or not {case.status, part.status} <= {*LIVE}:
        raise Refused(case, "link")
    _link(case, part, by)


@transaction.atomic
def unlink(case: Case, *, part: Case, text: str, by: Actor) -> None:
    """Let a part be a case like any other again, so that the whole no longer waits for it; the reason is noted inside.

    Raises Refused for a case that is no part of this one.
    """
    case.lock()
    gone, _each = Part.objects.filter(whole=case, case=part).delete()
    if not gone:
        raise Refused(case, "unlink")
    note(case, text=text, by=by)
    record("cases.case.unlink", case, by=by, place_path=case.place_path, data={"part": part.pk})


@transaction.atomic
def divide(case: Case, *, body: Body, text: str, by: Actor) -> Case:
    """Give a part of an open case to a body, as a case of its own; return it. Nobody but the whole is told of it.

    Raises Refused where the case is not open or is a part itself.
    """
    case.lock()
    if case.status not in LIVE or Part.objects.filter(case=case).exists():
        raise Refused(case, "divide")
    facts = {"category": case.category, "place": case.place, "where": case.where, "channel": case.channel}
    part = Case(**facts, text=masked(text), lead=body, lead_by=LeadBy.RULING)
    start = round_at(part)
    with together(Case, Clock, Todo):
        insert(part)
        insert(Reporter(case=part), later=True)
        data: dict[str, object] = {"category": case.category.code, "channel": case.channel, "lead": body.pk}
        record("cases.case.receive", part, by=by, place_path=case.place_path, data=data | {"lead_by": part.lead_by})
        begin_round(part, start, by)
    _link(case, part, by, verb="divide")
    return part


def _link(case: Case, part: Case, by: Actor, verb: str = "link") -> None:
    Part.objects.create(case=part, whole=case)
    join(case, part)
    record(f"cases.case.{verb}", case, by=by, place_path=case.place_path, data={"part": part.pk})
