"""A need that is known already follows the open case about it; somebody's word of support is taken down, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from linli.commons.files.actions import keep
from linli.commons.files.models import File
from linli.flows.cases.models import LIVE, Case, Channel
from linli.flows.supports import queries
from linli.flows.supports.models import Matter, Support, Who
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.database.writing import insert
from linli.ground.people.queries import contact_of

ANOTHER: Final = "another"
"""What a resident says of a need that only looks like the one that is known."""
MOST_PICTURES: Final = 30
"""Of a case, from all who support it."""


class How(StrEnum):
    """What a need became."""

    NEW = "new"
    SUPPORTED = "supported"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Followed:
    """The case that answers a need, and what the need became: the case itself, a support of it, or nothing new from the same person."""

    case: Case
    how: How


@dataclass(frozen=True, kw_only=True)
class Need:
    """What is known of a need before it is anything: its matter, who brings it in which words, and what they say it is the same as."""

    key: str
    who: Who
    text: str
    channel: Channel
    same: str = ""
    """The reference of an open case, `another`, or empty where nobody was asked."""
    sent_as: UUID | None = None
    pictures: Sequence[File] = field(default=())


def follow(need: Need, known: Sequence[Matter], *, by: Actor) -> Followed | None:
    """Let a need follow the open case about its matter; None where it is to be a case of its own. Needs a transaction.

    `known` are the matters of its key, read a moment before: what has ended or was merged meanwhile is asked for again, under its lock.
    """
    if need.same == ANOTHER:
        return None
    while open_ones := queries.current(known):
        case = next((one for one in open_ones if one.reference == need.same), open_ones[0])
        case.lock()
        if case.status in LIVE:
            return _followed(case, need, by)
        known = queries.held(need.key)
    return None


def hold(case: Case, need: Need, known: Sequence[Matter]) -> None:
    """Let a new case hold its matter; the database refuses it (IntegrityError) where somebody else was quicker.

    Written with the case itself; what ended cases still held is let go of before.
    """
    if not need.key:
        return
    number = max((one.number for one in known), default=-1) + 1
    if need.same != ANOTHER:
        number = 0
        if known:
            Matter.objects.filter(pk__in=[one.pk for one in known]).delete()
    insert(Matter(key=need.key, number=number, case=case, origin=case), later=True)


@transaction.atomic
def support(case: Case, *, name: str, phone: str, text: str, by: Actor) -> None:
    """Take down at the desk that somebody else needs the same; raises Refused for whoever brought it or supports it already."""
    case.lock()
    who = Who(name, phone, contact_of(phone) if phone else "")
    need = Need(key="", who=who, text=text, channel=Channel.DESK)
    if case.status not in LIVE or _followed(case, need, by).how is not How.SUPPORTED:
        raise Refused(case, "support")


@transaction.atomic
def leave(case: Case, *, by: Actor) -> None:
    """Take one's support back, with all that was kept about it; raises Refused for somebody who does not support the case."""
    case.lock()
    gone, _each = Support.objects.of(by).filter(case__in=queries.tree_of(case)).delete()
    if not gone:
        raise Refused(case, "leave")
    record("cases.case.leave", case, by=by, place_path=case.place_path)


@transaction.atomic
def unmask(case: Case, *, by: Actor) -> None:
    """Write down that somebody looks at who supports the case: once per case, looker and day (个人信息保护法 art. 51)."""
    case.lock()
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    looks = Event.objects.filter(verb="cases.case.unmask_supports", subject=ref(case), actor=by.ref, at__gte=midnight)
    if not looks.exists():
        record("cases.case.unmask_supports", case, by=by, place_path=case.place_path)


def join(*cases: Case) -> None:
    """Note that cases do not stand alone; the caller holds their locks."""
    alone = [one for one in cases if not one.is_joint]
    for one in alone:
        one.is_joint = True
    if alone:
        Case.objects.filter(pk__in=[one.pk for one in alone]).update(is_joint=True)


def _followed(case: Case, need: Need, by: Actor) -> Followed:
    """Add the support to a case that is locked, unless they have brought or supported it already."""
    if need.sent_as and case.sent_as == need.sent_as:
        return Followed(case, How.NEW)
    if not need.who.is_behind(case.reporter):
        one = Support(case=case, origin=case, text=need.text, channel=need.channel, sent_as=need.sent_as)
        one.name, one.phone, one.contact, one.person_id = (
            need.who.name,
            need.who.phone,
            need.who.contact,
            need.who.person,
        )
        if insert(one, skip_conflict=True):
            join(case)
            if need.pictures:
                keep(files=need.pictures, about=case, by=by, max_count=MOST_PICTURES, place_path=case.place_path)
            _record("support", case, need, by)
            return Followed(case, How.SUPPORTED)
        if need.sent_as and Support.objects.filter(sent_as=need.sent_as).exists():
            return Followed(case, How.SUPPORTED)
    _record("repeat", case, need, by)
    return Followed(case, How.REPEATED)


def _record(verb: str, case: Case, need: Need, by: Actor) -> None:
    record(f"cases.case.{verb}", case, by=by, place_path=case.place_path, data={"channel": need.channel})
