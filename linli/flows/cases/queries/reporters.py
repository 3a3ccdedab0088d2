"""Cases from the side of who brought them: theirs, whom to tell."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.timezone import localdate, make_aware

from linli.commons.notices.templates import Recipient
from linli.flows.cases.models import FOLLOWED, Case, CaseQuerySet, Reporter
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.people.queries import account_of_contact
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule
from linli.ground.rulebook.units import Unit

CASE_YEARS: Final = "retention.case.years"


def looked(case: Case, by: Actor, *, since: datetime) -> bool:
    """Say whether somebody has already looked at who reported the case since a moment."""
    return Event.objects.filter(verb="cases.case.unmask", subject=ref(case), actor=by.ref, at__gte=since).exists()


def took_down(case: Case, by: Actor) -> bool:
    """Say whether somebody took the case down at the desk: then they have the name from the resident's own mouth."""
    return Event.objects.filter(verb="cases.case.receive", subject=ref(case), actor=by.ref).exists()


def mine(actor: Actor) -> CaseQuerySet:
    """Return the cases that the actor brought themselves (`is_own`) and those that they follow."""
    own = Q(pk__in=[])
    if actor.contact:
        own |= Q(reporter__contact=actor.contact)
    if actor.person is not None:
        own |= Q(reporter__person=actor.person)
    followed = own
    for also in FOLLOWED:
        followed |= also(actor)
    is_own = ExpressionWrapper(own, BooleanField())
    return Case.objects.visible_to(actor).filter(followed).annotate(is_own=is_own)


def who_asked(event: Event) -> list[Recipient]:
    """Return the resident whose matter an event is about: by account where there is one, else by the proven phone."""
    reporter = Reporter.objects.filter(case_id=int(event.subject.partition(":")[2])).first()
    if reporter is None or not (reporter.contact or reporter.person_id):
        return []
    account = account_of_contact(reporter.contact)
    if account is not None:
        return [Recipient(account=account.pk)]
    return [Recipient(contact=reporter.contact, phone=reporter.phone)] if reporter.contact else []


def kept_until(case: Case, limit: RuleVersion | None = None) -> date | None:
    """Return the last day on which a closed case says who brought it, by the years of its place; None while it is open."""
    if case.closed_at is None:
        return None
    limit = limit or rule(CASE_YEARS, place_path=case.place.path)
    closed = localdate(case.closed_at)
    return in_year(closed, closed.year + limit.number, leap=(2, 28))


def in_year(day: date, year: int, *, leap: tuple[int, int]) -> date:
    """Return the same day of another year; for 29 February in a common year the one that keeps both directions in step."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, *leap)


def past_keeping(key: str) -> Q:
    """Return the condition "closed so long ago that the rule of its place lets go"; the rule of the innermost place holds."""
    over, inner = Q(pk__in=[]), Q(pk__in=[])
    places = set(RuleVersion.objects.filter(rule__key=key).values_list("jurisdiction", flat=True))
    for path in sorted(places, key=len, reverse=True):
        limit, here = rule(key, place_path=path), Q(place__path__startswith=path)
        over |= here & ~inner & Q(closed_at__lt=_first_kept(limit))
        inner |= here
    return over


def _first_kept(limit: RuleVersion) -> datetime:
    """Return the beginning of the first day whose closed cases are still kept today."""
    today = clock.today()
    day = today - timedelta(days=limit.number)
    if limit.unit == Unit.YEAR:
        day = in_year(today, today.year - limit.number, leap=(3, 1))
    return make_aware(datetime.combine(day, time.min))
