"""Cases from the side of who brought them: theirs, whom to tell."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.timezone import localdate

from linli.commons.notices.templates import Recipient
from linli.flows.cases.models import FOLLOWED, Case, CaseQuerySet, Reporter, brought_by
from linli.ground.authority.actors import Actor
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.queries import account_of_contact
from linli.ground.residents.retention import in_year
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule

CASE_YEARS: Final = "retention.case.years"
MOBILE: Final = "1"
"""What numbers begin with that text messages reach; landlines begin with their area code."""


def looked(case: Case, by: Actor, *, since: datetime) -> bool:
    """Say whether somebody has already looked at who reported the case since a moment."""
    return Event.objects.filter(verb="cases.case.unmask", subject=ref(case), actor=by.ref, at__gte=since).exists()


def mine(actor: Actor) -> CaseQuerySet:
    """Return the cases that the actor brought themselves (`is_own`) and those that they follow."""
    nobodys = Q(pk__in=[])
    followed = reduce(or_, (one(actor) for one in FOLLOWED), nobodys)
    is_own = ExpressionWrapper(nobodys | brought_by(actor), BooleanField())
    return Case.objects.visible_to(actor).filter(followed).annotate(is_own=is_own)


def who_asked(event: Event) -> list[Recipient]:
    """Return the resident whose matter an event is about: by account where there is one, else by the proven phone."""
    reporter = Reporter.objects.filter(case_id=int(event.subject.partition(":")[2])).first()
    if reporter is None or not (reporter.contact or reporter.person_id):
        return []
    account = account_of_contact(reporter.contact)
    if account is not None:
        return [Recipient(account=account.pk)]
    phone = reporter.phone if reporter.phone.startswith(MOBILE) else ""
    return [Recipient(contact=reporter.contact, phone=phone)] if reporter.contact else []


def kept_until(case: Case, limit: RuleVersion | None = None) -> date | None:
    """Return the last day on which a closed case says who brought it, by the years of its place; None while it is open."""
    if case.closed_at is None:
        return None
    limit = limit or rule(CASE_YEARS, place_path=case.place.path)
    closed = localdate(case.closed_at)
    return in_year(closed, closed.year + limit.number, leap=(2, 28))
