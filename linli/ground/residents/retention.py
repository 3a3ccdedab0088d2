"""How long a matter that has ended says whose it was: by the rule of the innermost place that has one (个人信息保护法 art. 19, 47)."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from linli.ground.core import clock
from linli.ground.people.models import PersonalData
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule
from linli.ground.rulebook.units import Unit


def over(key: str, *, moment: str, place: str = "place__path") -> Q:
    """Return the condition "its `moment` lies so far back that the rule of its place lets go"."""
    past, inner = Q(pk__in=[]), Q(pk__in=[])
    places = set(RuleVersion.objects.filter(rule__key=key).values_list("jurisdiction", flat=True))
    for path in sorted(places, key=len, reverse=True):
        limit, here = rule(key, place_path=path), Q(**{f"{place}__startswith": path})
        past |= here & ~inner & Q(**{f"{moment}__lt": first_kept(limit)})
        inner |= here
    return past


def first_kept(limit: RuleVersion) -> datetime:
    """Return the beginning of the first day whose matters are still kept today."""
    today = clock.today()
    day = today - timedelta(days=limit.number)
    if limit.unit == Unit.YEAR:
        day = in_year(today, today.year - limit.number, leap=(3, 1))
    return make_aware(datetime.combine(day, time.min))


def in_year(day: date, year: int, *, leap: tuple[int, int]) -> date:
    """Return the same day of another year; for 29 February in a common year the one that keeps both directions in step."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, *leap)


def held_by_law(who: str) -> Q:
    """Return the condition that the `who` of a matter, by person or by phone, is kept by law (PIPL art. 47)."""
    held = PersonalData.objects.filter(legal_hold=True)
    phones = {*held.values_list("phone_index", flat=True), *held.values_list("person__accounts__contact", flat=True)}
    return Q(**{f"{who}__person__in": held.values("person")}) | Q(**{f"{who}__contact__in": phones - {"", None}})


def data_behind(person: int | None, contact: str) -> QuerySet[PersonalData]:
    """Return the entries of the register behind a matter, by person or by phone: whether they are held decides about it too."""
    who = Q(person=person or 0)
    if contact:
        who |= Q(phone_index=contact) | Q(person__accounts__contact=contact)
    return PersonalData.objects.filter(pk__in=PersonalData.objects.filter(who).values("pk"))
