"""What is done with a case beyond its own row: its clock, its to-dos, its pictures. Each action is one transaction."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from linli.commons.calendar.models import Days
from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo, start_clock
from linli.commons.deadlines.actions import urge as urge_todo
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.queries import clock_about
from linli.commons.files.actions import keep
from linli.commons.files.models import File
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import blind_index
from linli.ground.core.lifecycle import Refused
from linli.ground.database.writing import insert, together
from linli.ground.people.identity import name_index
from linli.ground.people.models import Person
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule, rules

from . import queries
from .models import NOBODY, Case, Channel, Reporter, Satisfied, ServiceField, Solved

BATCH: Final = 100
ROUND = ("cases.limit.normal", "cases.accept.limit")
Round = tuple[RuleVersion, datetime, Days]
"""The rule of the time limit, until when to accept, and the place's calendar."""


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
    sending: str = "",
    by: Actor,
) -> Case:
    """Take a need in: lead by rule, clock, to-do, event and reference in one transaction (北京市接诉即办工作条例 art. 13).

    The same words from the same sender in the same `sending` (one form shown, one call's key) return the case they brought before.
    Raises NoLead where the city has no body for the place.
    """
    sent_as = _fingerprint(sending, by.ref, phone, name, field, place.path, where, text) if sending else None
    lead = queries.lead_of(place)
    case = Case(field=field, text=text, place=place, where=where, channel=channel, sent_as=sent_as)
    case.lead, case.lead_reason = lead.body, lead.reason
    who = {"name": name, "name_index": name_index(name), "phone": phone, "person": person}
    start = _round_at(place.path)
    try:
        with transaction.atomic(), together(Case, Clock, Todo):
            insert(case)
            insert(Reporter(case=case, contact=contact_of(phone) if phone else "", **who))
            if pictures:
                keep(files=pictures, about=case, by=by, place_path=place.path)
            data = {"field": field, "channel": channel, "lead": lead.body.pk, "lead_reason": lead.reason}
            record("cases.case.receive", case, by=by, place_path=place.path, data=data)
            _begin_round(case, start, by)
    except IntegrityError:
        before = Case.objects.filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        return before
    return case


@transaction.atomic
def accept(case: Case, *, by: Actor) -> None:
    """Take the case on; the to-do turns from accepting to answering."""
    case.accept(by=by)
    close_todos(about=case, by=by)
    open_todo(about=case, verb="cases.answer", title=case.title, body=case.lead, clock=clock_about(case), by=by)


@transaction.atomic
def answer(case: Case, *, text: str, by: Actor) -> None:
    """Answer the resident; the clock stops, the call-back is due."""
    case.answer(text=text, by=by)
    clock_about(case).stop(by=by)
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
    _begin_round(case, _round_at(case.place.path), by)


@transaction.atomic
def rate(case: Case, *, contacted: bool, solved: Solved, satisfied: Satisfied, remark: str, by: Actor) -> None:
    """Take the resident's judgement down, once a round; raises Refused for a second one."""
    _must_allow(case, "rate")
    case.rate(contacted=contacted, solved=solved, satisfied=satisfied, remark=remark, by=by)


@transaction.atomic
def urge(case: Case, *, text: str, by: Actor) -> None:
    """Urge the lead to do what is overdue; raises Refused where nothing is, any more or at all."""
    case.lock()
    owed = queries.owed_of(case)
    if owed is None or not owed.is_late:
        raise Refused(case, "urge")
    case.urge(text=text, by=by)
    urge_todo(owed, body=by.post.body if by.post else 0, by=by)


def _must_allow(case: Case, verb: str) -> None:
    """Look at the case under its lock: two clicks at once are one step."""
    case.lock()
    if verb not in queries.steps_of(case):
        raise Refused(case, verb)


def _fingerprint(*parts: str) -> UUID:
    """Keyed: what has been forgotten about a reporter cannot be guessed back from it."""
    return UUID(blind_index("\x1f".join(parts), "cases.sending")[:32])


def _round_at(path: str) -> Round:
    """Return how a round that begins now runs in a place: read before anything is written, so that all is written together."""
    known, days = rules(*ROUND, place_path=path), Days(path, clock.today())
    limit, first = (known[key] for key in ROUND)
    return limit, due(clock.now(), first.number, first.unit, path, days=days).due_at, days


def _begin_round(case: Case, start: Round, by: Actor) -> None:
    """Start the clock of the answer and wait for the lead to accept."""
    (limit, accept_by, days), path = start, case.place.path
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
    open_todo(about=case, verb="cases.accept", title=case.title, body=case.lead, due_at=accept_by, by=by)


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
    Reporter.objects.behind(person).update(**NOBODY)


def forget_old(*, by: Actor) -> int:
    """Let go of who brought cases whose time is over, a bounded number at a time; return how many (个人信息保护法 art. 19, 47)."""
    over = _forget(queries.cases_to_forget(), Case.forget, by)
    return over + _forget(queries.contacts_to_forget(), Case.forget_contact, by)


def _forget(cases: QuerySet[Case], forget: Callable[..., None], by: Actor) -> int:
    """Case by case: what is done stays done if this ends in the middle, and nobody waits for a lock."""
    done = 0
    for case in cases.select_related("place", "reporter").order_by("closed_at", "pk")[:BATCH]:
        with suppress(Refused), transaction.atomic():  # reopened in this moment
            list(queries.data_behind(case).select_for_update())  # no hold is set meanwhile
            if cases.filter(pk=case.pk).exists():
                forget(case, by=by)
                done += 1
    return done
