"""A need comes in: who leads it, its clock, its to-dos, its pictures, all in one transaction."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.commons.deadlines.models import Clock, Todo
from linli.commons.files.actions import keep
from linli.commons.files.models import File
from linli.commons.routing.actions import mend
from linli.commons.routing.models import Category
from linli.commons.routing.queries import Need, Routed, route_of
from linli.flows.cases.actions import begin_round, owe_help, round_at
from linli.flows.cases.models import Case, Channel, LeadBy, Reporter
from linli.flows.search.actions import index
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import blind_index
from linli.ground.database.writing import insert, together
from linli.ground.people.identity import name_index
from linli.ground.people.models import Person
from linli.ground.people.queries import contact_of
from linli.ground.places.models import Place


def receive(
    *,
    category: Category,
    text: str,
    place: Place,
    where: str,
    channel: Channel,
    name: str,
    phone: str,
    person: Person | None = None,
    pictures: Sequence[File] = (),
    answers: Mapping[str, str] | None = None,
    sending: str = "",
    by: Actor,
) -> Case:
    """Take a need in: lead and co-handlers by route, clock, to-dos, event, reference in one transaction (北京市接诉即办工作条例 art. 13).

    The same words from the same sender in the same `sending` (one form shown, one call's key) return the case they brought before.
    Raises NoLead where the city has no body for the place.
    """
    said = (by.ref, phone, name, category.code, place.path, where, text)
    sent_as = _fingerprint(sending, *said) if sending else None
    case = Case(category=category, answers=dict(answers or {}), text=text, place=place, where=where, channel=channel)
    case.sent_as = sent_as
    routed, start = _give_lead(case), round_at(case)
    try:
        with transaction.atomic(), together(Case, Clock, Todo):
            insert(case)
            _write_reporter(case, name, phone, person)
            index(case)
            if pictures:
                keep(files=pictures, about=case, by=by, place_path=place.path)
            _record_receipt(case, by)
            begin_round(case, start, by)
            _owe_others(case, routed, by)
    except IntegrityError:
        before = Case.objects.filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        return before
    return case


def _give_lead(case: Case) -> Routed:
    """Find its lead by the routes, or the nearest body; raises NoLead."""
    routed = route_of(Need(case.place.path, case.category, case.answers, clock.now()))
    case.lead, case.route = routed.lead, routed.route
    case.lead_by = LeadBy.ROUTE if routed.route else LeadBy.NEAREST
    return routed


def _owe_others(case: Case, routed: Routed, by: Actor) -> None:
    """Let the route's co-handlers owe their part, and whoever keeps the routes mend those that lead nowhere."""
    for body in routed.helpers:
        owe_help(case, body, wanted="", by=by)
    for route in routed.broken:
        mend(route, by=by)


def _write_reporter(case: Case, name: str, phone: str, person: Person | None) -> None:
    contact = contact_of(phone) if phone else ""
    who = {"name": name, "name_index": name_index(name), "phone": phone, "contact": contact}
    insert(Reporter(case=case, person=person, **who))


def _record_receipt(case: Case, by: Actor) -> None:
    data: dict[str, object] = {"category": case.category.code, "channel": case.channel}
    data |= {"lead": case.lead_id, "lead_by": case.lead_by, **({"route": case.route_id} if case.route_id else {})}
    record("cases.case.receive", case, by=by, place_path=case.place.path, data=data)


def _fingerprint(*parts: str) -> UUID:
    """Keyed: what has been forgotten about a reporter cannot be guessed back from it."""
    return UUID(blind_index("\x1f".join(parts), "cases.sending")[:32])
