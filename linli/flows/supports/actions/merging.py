"""Cases about one matter are merged by link: one is answered for both; and split again where it was another matter after all."""

from django.db import transaction
from django.db.models import Q

from linli.flows.cases.actions import begin_round, end_round, round_at
from linli.flows.cases.models import LIVE, Case, Status
from linli.flows.supports import queries
from linli.flows.supports.models import Matter, Part, Support
from linli.ground.authority.actors import Actor
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.database.writing import insert

from .following import join


@transaction.atomic
def merge(case: Case, *, into: Case, by: Actor) -> None:
    """Let a case be answered by another open one: its clock and to-dos end, whoever brought or supported it supports the other one.

    Raises Refused where one of the two is not open any more, or the case waits for parts of its own (decision 0021).
    """
    lock_both(case, into)
    if into.pk == case.pk or into.status not in LIVE or Part.objects.filter(whole=case).exists():
        raise Refused(case, "merge")
    case.merge(into=into, by=by)
    end_round("merge", case, by)
    Matter.objects.filter(case=case).update(case=into)
    _move_supports(case, into)
    join(case, into)
    record("cases.case.take_in", into, by=by, place_path=into.place_path, data={"case": case.pk})


@transaction.atomic
def split(case: Case, *, by: Actor) -> None:
    """Let a merged case go on by itself, with a clock that begins anew; what came with it goes with it.

    Raises Refused while the other one is merged itself: that is split first.
    """
    into = case.merged_into
    if into is None:
        raise Refused(case, "split")
    lock_both(case, into)
    if case.merged_into_id != into.pk or into.status == Status.MERGED:
        raise Refused(case, "split")
    case.split(by=by)
    begin_round(case, round_at(case), by)
    own = queries.tree_of(case)
    Matter.objects.filter(case=into, origin__in=own).update(case=case)
    back = Support.objects.filter(case=into, origin__in=own)
    back.filter(is_reporter=True, origin=case).delete()
    back.update(case=case)


def lock_both(case: Case, other: Case) -> None:
    """Lock two cases, always in the same order, so that two who link them at once do not wait for each other for ever."""
    first, second = sorted((case, other), key=lambda one: one.pk)
    first.lock()
    if second.pk != first.pk:
        second.lock()


def _move_supports(case: Case, into: Case) -> None:
    """Let supports move along; who supports or brought the other one already has their word there, and this one stays as it was."""
    there = Support.objects.filter(case=into)
    known = Q(contact__in=[*there.exclude(contact="").values_list("contact", flat=True), into.reporter.contact or "-"])
    people = [*there.exclude(person=None).values_list("person", flat=True), into.reporter.person_id or 0]
    Support.objects.filter(case=case).exclude(known).exclude(Q(person__isnull=False) & Q(person__in=people)).update(
        case=into
    )
    who = case.reporter
    told = {"name": who.name, "phone": who.phone, "contact": who.contact, "person_id": who.person_id}
    same = (bool(who.contact) and who.contact == into.reporter.contact) or (
        who.person_id is not None and who.person_id == into.reporter.person_id
    )
    if any(told.values()) and not same:
        brought = Support(case=into, origin=case, is_reporter=True, channel=case.channel, at=case.received_at, **told)
        insert(brought, skip_conflict=True)
