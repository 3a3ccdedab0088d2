"""Fill a post."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.kinds.models import Rule, stand_of
from linli.ground.organisations.models import Body, Holding, How, Post
from linli.ground.people import actions as people
from linli.ground.people import identity
from linli.ground.people.models import Account, Person, PersonalData, Residence, Sex, Source
from linli.ground.rulebook.queries import UnknownRule, rule

AHEAD: Final = "organisations.appointment.ahead_days"


@dataclass(frozen=True)
class Appointment:
    """Who takes which post, from when to when (both days included), and how they came to it."""

    post: Post
    person: Person
    begins_on: date
    ends_on: date | None
    how: How


@dataclass(frozen=True)
class Newcomer:
    """Somebody who takes a post and stands in no list yet: the whole name, a mobile number, and the sex that committees must know."""

    name: str
    phone: str
    sex: str = Sex.UNKNOWN


def appoint(appointment: Appointment, *, by: Actor) -> Holding:
    """Record that a person takes a post: the body stands, a seat is free, the term is the law's at most. Raises ValidationError.

    A term may begin later, but not later than the city's rule lets it be recorded ahead.
    """
    post, first, last = appointment.post, appointment.begins_on, appointment.ends_on
    if by.person is not None and by.person == appointment.person.pk:
        raise ValidationError(_("Nobody records their own appointment; ask the office above."), code="self")
    with transaction.atomic():
        post.lock()
        _check_first(post, first)
        last = _checked_end(post, first, last)
        if post.abolished_on is not None:
            raise ValidationError(_("This post has been abolished already."), code="abolished")
        if post.body.ended_on is not None or first < post.body.founded_on:
            raise ValidationError(_("The body does not stand on the first day."), code="body")
        overlapping = post.holdings.since(first)
        if last is not None:
            overlapping = overlapping.filter(begins_on__lte=last)
        if overlapping.filter(person=appointment.person).exists():
            raise ValidationError(_("This person holds this post in that time already."), code="twice")
        _check_seats(post, list(overlapping), first)
        holding = Holding.objects.create(
            post=post, person=appointment.person, begins_on=first, ends_on=last, how=appointment.how
        )
        data = {"post": post.pk, "begins_on": first, "ends_on": last, "how": appointment.how}
        record("organisations.holding.appoint", holding, by=by, place_path=post.place_path, data=data)
    return holding


@transaction.atomic
def appoint_newcomer(
    newcomer: Newcomer, *, post: Post, begins_on: date, ends_on: date | None, how: How, by: Actor
) -> Holding:
    """Enter somebody whom no list knows yet, as staff who need not live here, and record that they take a post; both or neither.

    Raises ValidationError, also where the phone stands in the register: then the person is there already.
    """
    if PersonalData.objects.filter(phone_index=identity.phone_index(newcomer.phone)).exists():
        text = _("Somebody with this mobile number is on record; find the person by the number.")
        raise ValidationError(text, code="phone")
    entry = people.Entry(
        name=newcomer.name, phone=newcomer.phone, sex=newcomer.sex, residence=Residence.NONE, source=Source.STAFF
    )
    person = people.enter_person(entry, by=by)
    return appoint(Appointment(post, person, begins_on, ends_on, how), by=by)


def default_end(post: Post, first: date) -> date | None:
    """Return the last day of a term that begins on `first`: the rest of the body's running term, else a whole one; None without a term.

    A by-election fills the rest of the term (Residents' Committee Law 2025 art. 24, Villagers' Committee Law art. 23).
    """
    whole = _longest_end(post, first)
    running = Holding.objects.on(first).filter(post__body=post.body_id).aggregate(last=Max("ends_on"))["last"]
    return min(whole, running) if whole and running else whole


def make_administrator(*, account: Account, body: Body, by: Actor) -> Holding:
    """Give an account the administrator's post of the city government; raises ValidationError where nobody stands behind the account."""
    if account.person is None:
        raise ValidationError(_("The account must belong to a person of the register."), code="person")
    post = body.posts.get(code="administrator")
    return appoint(Appointment(post, account.person, clock.today(), None, How.ASSIGNED), by=by)


def _longest_end(post: Post, first: date) -> date | None:
    """Return the last day that the rule of today (or of a later first day) allows; None where no rule gives a term."""
    place = post.body.place
    key = post.body.kind.rule_key(Rule.TERM, stand_of(place))
    if not key:
        return None
    try:
        years = rule(key, place_path=place.path, on=max(first, clock.today())).number
    except UnknownRule:  # the law is younger than that day
        return None
    return _years_later(first, years) - timedelta(days=1)


def _check_first(post: Post, first: date) -> None:
    """Refuse a first day further ahead than the rule of the place allows: a slip of the pen would hold the seat for years."""
    if first <= clock.today():
        return
    days = rule(AHEAD, place_path=post.place_path).number
    latest = clock.today() + timedelta(days=days)
    if first > latest:
        text = _("An appointment is recorded at most %(days)d days ahead: the first day is %(day)s at the latest.")
        said = {"days": days, "day": date_format(latest, "DATE_FORMAT")}
        raise ValidationError({"begins_on": ValidationError(text % said, code="ahead")})


def _check_seats(post: Post, overlapping: list[Holding], first: date) -> None:
    """Refuse one holder too many, and say from when on where somebody takes the seat later."""
    if most_at_once(overlapping, first) < post.seats:
        return
    if sum(one.is_on(first) for one in overlapping) >= post.seats:
        text = _("All %(seats)d seats are taken; end a term first.") % {"seats": post.seats}
        raise ValidationError(text, code="seats")
    day = min(one.begins_on for one in overlapping if one.begins_on > first)
    text = _("Somebody takes a seat on %(day)s; let this term end before, or withdraw that appointment first.")
    raise ValidationError(text % {"day": date_format(day, "DATE_FORMAT")}, code="seats")


def _years_later(day: date, years: int) -> date:
    """Return the corresponding day, else the last of its month (Civil Code art. 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _checked_end(post: Post, first: date, last: date | None) -> date | None:
    longest = _longest_end(post, first)
    if last is None and longest is None and Rule.TERM in post.body.kind.rules:
        raise ValidationError(_("Write the last day of the term."), code="term")
    if last is None:
        return longest
    if last < first:
        raise ValidationError(_("The last day cannot be before the first."), code="order")
    if longest is not None and last > longest:
        text = _("The term ends on %(day)s at the latest.") % {"day": date_format(longest, "DATE_FORMAT")}
        raise ValidationError(text, code="term")
    return last


def most_at_once(holdings: list[Holding], first: date) -> int:
    """Return how many of these hold the post at the same time, at most, from the first day on."""
    days = {first, *(holding.begins_on for holding in holdings if holding.begins_on > first)}
    return max(sum(holding.is_on(day) for holding in holdings) for day in days)
