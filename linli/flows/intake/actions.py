"""A need comes in: who leads it, its clock, its to-dos, its pictures, all in one transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.commons.deadlines.models import Clock, Todo
from linli.commons.files.actions import keep
from linli.commons.files.models import File
from linli.commons.routing.actions import mend
from linli.commons.routing.models import Category
from linli.commons.routing.queries import Need as Routing
from linli.commons.routing.queries import Routed, route_of
from linli.flows.cases.actions import begin_round, round_at
from linli.flows.cases.models import Case, Channel, LeadBy, Reporter
from linli.flows.dispatch.actions import owe_help
from linli.flows.search.actions import index
from linli.flows.supports.actions import Followed, How, Need, follow, hold
from linli.flows.supports.models import Matter, Who
from linli.flows.supports.queries import Spot, held, key_of
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.crypto import blind_index
from linli.ground.database.writing import insert, together
from linli.ground.people.identity import name_index, phone_index
from linli.ground.people.models import Person
from linli.ground.places.models import Place

from . import queries


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
    same: str = "",
    sending: str = "",
    is_private: bool = False,
    came_at: datetime | None = None,
    by: Actor,
) -> Followed:
    """Take a need in: lead and co-handlers by route, clock, to-dos, event, reference in one transaction (北京市接诉即办工作条例 art. 13).

    What is known already, in the same category about the same object or at the same spot, follows the open case about it instead
    (art. 11 (3)): as a support, or as nothing new where the same person brings it. `same` says which case it is, or `another` for a matter
    of its own.
    The same words from the same sender in the same `sending` (one form shown, one call's key) return the case they brought before.
    Raises NoLead where the city has no body for the place.
    """
    said = (by.ref, phone, name, category.code, place.path, where, text)
    who = Who(name, phone, phone_index(phone), person.pk if person else None)
    need = Need(
        key=key_of(category, Spot(place.path, where, answers or {}), who, is_private=is_private),
        who=who,
        text=text,
        channel=channel,
        same=same,
        sent_as=_fingerprint(sending, *said) if sending else None,
        pictures=pictures,
    )
    written: queries.Written = {"text": text, "where": where, "answers": dict(answers or {})}
    facts = {"category": category, "place": place, "is_private": is_private, "came_at": came_at}
    return _settle(need, facts, written, by)


def _settle(need: Need, facts: dict[str, object], written: queries.Written, by: Actor) -> Followed:
    """Let it follow or be a case of its own, and look again where somebody else has brought the same in this moment.

    It is kept without personal numbers; where there are any, as it was written with who brought it.
    """
    shown = queries.shown(**written)
    original = "" if shown == written else json.dumps(written, ensure_ascii=False)
    while True:
        case = Case(**shown, channel=need.channel, sent_as=need.sent_as, **facts)
        try:
            with transaction.atomic():
                known = held(need.key)
                return follow(need, known, by=by) or _take_in(case, need, known, original, by)
        except IntegrityError:
            before = Case.objects.filter(sent_as=need.sent_as).first() if need.sent_as else None
            if before is not None:
                return Followed(before, How.NEW)
            if {one.pk for one in held(need.key)} == {one.pk for one in known}:
                raise


def _take_in(case: Case, need: Need, known: Sequence[Matter], original: str, by: Actor) -> Followed:
    """Make it a case of its own; raises IntegrityError where somebody else has brought the same in this moment."""
    routed, start = _give_lead(case), round_at(case)
    with together(Case, Clock, Todo):
        insert(case)
        hold(case, need, known)
        _write_reporter(case, need.who, original)
        index(case)
        if need.pictures:
            keep(files=need.pictures, about=case, by=by, place_path=case.place.path)
        _record_receipt(case, by)
        begin_round(case, start, by)
        _owe_others(case, routed, by)
    return Followed(case, How.NEW)


def _give_lead(case: Case) -> Routed:
    """Find its lead by the routes, or the nearest body; raises NoLead."""
    routed = route_of(Routing(case.place.path, case.category, case.answers, clock.now()))
    case.lead, case.route = routed.lead, routed.route
    case.lead_by = LeadBy.ROUTE if routed.route else LeadBy.NEAREST
    return routed


def _owe_others(case: Case, routed: Routed, by: Actor) -> None:
    """Let the route's co-handlers owe their part, and whoever keeps the routes mend those that lead nowhere."""
    for body in routed.helpers:
        owe_help(case, body, wanted="", by=by)
    for route in routed.broken:
        mend(route, by=by)


def _write_reporter(case: Case, who: Who, original: str) -> None:
    told = {"name": who.name, "name_index": name_index(who.name), "phone": who.phone, "contact": who.contact}
    insert(Reporter(case=case, person_id=who.person, original=original, **told))


def _record_receipt(case: Case, by: Actor) -> None:
    data: dict[str, object] = {"category": case.category.code, "channel": case.channel}
    data |= {"lead": case.lead_id, "lead_by": case.lead_by, **({"route": case.route_id} if case.route_id else {})}
    record("cases.case.receive", case, by=by, place_path=case.place.path, data=data)


def _fingerprint(*parts: str) -> UUID:
    """Keyed: what has been forgotten about a reporter cannot be guessed back from it."""
    return UUID(blind_index("\x1f".join(parts), "cases.sending")[:32])
