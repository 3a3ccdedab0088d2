"""What is done with a case beyond its own row: its clock, its to-dos, its pictures. Each action is one transaction."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localtime

from linli.commons.calendar.models import Days
from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo, start_clock
from linli.commons.files.actions import keep
from linli.commons.files.models import File
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.people.models import Person
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place
from linli.ground.rulebook.queries import rule, rules

from . import queries
from .models import Case, Channel, Reporter, Satisfied, ServiceField, Solved

ROUND = ("cases.limit.normal", "cases.accept.limit")


@transaction.atomic
def receive(
    *,
    field: ServiceField,
    text: str,
    place: Place,
    where: str,
    channel: Channel,
    name: str,
    phone: str,
    person: Person | None = None,
    pictures: Sequence[File] = (),
    by: Actor,
) -> Case:
    """Take a need in: lead by rule, clock, to-do, event and reference in one transaction (北京市接诉即办工作条例 art. 13).

    Raises NoLead where the city has no body for the place.
    """
    lead = queries.lead_of(place)
    case = Case.objects.create(
        field=field, text=text, place=place, where=where, channel=channel, lead=lead.body, lead_reason=lead.reason
    )
    Reporter.objects.create(
        case=case, name=name, phone=phone, contact=contact_of(phone) if phone else "", person=person
    )
    if pictures:
        keep(files=pictures, about=case, by=by, place_path=place.path)
    data = {"field": field, "channel": channel, "lead": lead.body.pk, "lead_reason": lead.reason}
    record("cases.case.receive", case, by=by, place_path=place.path, data=data)
    _begin_round(case, by)
    return case


@transaction.atomic
def accept(case: Case, *, by: Actor) -> None:
    """Take the case on; the to-do turns from accepting to answering."""
    case.accept(by=by)
    close_todos(about=case, by=by)
    open_todo(about=case, verb="cases.answer", title=case.title, body=case.lead, clock=queries.clock_of(case), by=by)


@transaction.atomic
def answer(case: Case, *, text: str, by: Actor) -> None:
    """Answer the resident; the clock stops, the call-back is due."""
    case.answer(text=text, by=by)
    queries.clock_of(case).stop(by=by)
    close_todos(about=case, by=by)
    call_back = rule("cases.close.days", place_path=case.place.path)
    due_at = due(clock.now(), call_back.number, call_back.unit, case.place.path).due_at
    open_todo(about=case, verb="cases.close", title=case.title, body=case.lead, due_at=due_at, by=by)


@transaction.atomic
def close(case: Case, *, text: str, by: Actor) -> None:
    """End the case."""
    case.close(text=text, by=by)
    close_todos(about=case, by=by)


@transaction.atomic
def reopen(case: Case, *, text: str, by: Actor) -> None:
    """Begin the next round with a clock of its own; raises Refused once the days or the number for it are used up."""
    _must_allow(case, "reopen")
    case.reopen(text=text, by=by)
    close_todos(about=case, by=by)
    _begin_round(case, by)


@transaction.atomic
def rate(case: Case, *, contacted: bool, solved: Solved, satisfied: Satisfied, remark: str, by: Actor) -> None:
    """Take the resident's judgement down, once a round; raises Refused for a second one."""
    _must_allow(case, "rate")
    case.rate(contacted=contacted, solved=solved, satisfied=satisfied, remark=remark, by=by)


def _must_allow(case: Case, verb: str) -> None:
    """Look at the case under its lock: two clicks at once are one step."""
    case.lock()
    if verb not in queries.steps_of(case):
        raise Refused(case, verb)


def _begin_round(case: Case, by: Actor) -> None:
    """Start the clock of the answer and wait for the lead to accept."""
    path = case.place.path
    known, days = rules(*ROUND, place_path=path), Days(path, clock.today())
    limit, first = (known[key] for key in ROUND)
    start_clock(
        about=case,
        name=queries.ANSWER,
        amount=limit.number,
        unit=limit.unit,
        place_path=path,
        rule_ref=limit.version_ref,
        days=days,
        by=by,
    )
    due_at = due(clock.now(), first.number, first.unit, path, days=days).due_at
    open_todo(about=case, verb="cases.accept", title=case.title, body=case.lead, due_at=due_at, by=by)


@transaction.atomic
def unmask(case: Case, *, by: Actor) -> Reporter:
    """Show who reported the case in full, and write down who looked: once per case, looker and day (个人信息保护法 art. 51)."""
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    case.lock()
    if not queries.looked(case, by, since=midnight):
        record("cases.case.unmask", case, by=by, place_path=case.place_path)
    return case.reporter


def erase_for(person: Person) -> None:
    """Take a person's name and phone off what they reported; the matters stay, for whom they were handled stays unknown."""
    Reporter.objects.filter(person=person).update(person=None, name="", phone="", contact="")
