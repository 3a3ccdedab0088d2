"""A year of cases, through the actions that people use: most answered in time, some late or odd, the latest still open."""

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.utils.timezone import localtime

from linli.commons.deadlines.actions import chase
from linli.commons.routing.queries import object_in
from linli.flows.cases import actions as handling
from linli.flows.cases.models import Case, Status
from linli.flows.dispatch import actions as dispatch
from linli.flows.supports.actions import Followed, How
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.models import Place

from . import units
from .lives import Life
from .needs import REFUSED, TAKEN_ON, Need, need_of, receive, stranger
from .words import NOT_OURS, WAITS
from .year import FORTNIGHT, Year

NEEDS_A_YEAR: Final = 1450
"""With what neighbours bring of the same and what is divided, over 1,500 cases."""
UNLAWFUL, ECHOED = 0.06, 0.06
HOME_SHARE: Final = 0.07
"""The cast's own community has more to show."""
TOWN: Final = DIGITS[Level.TOWN]
TOWN_EVERY: Final = 26
"""Matters of the street itself, which belong to no community: the sub-district leads."""
MORNING: Final = 8
"""When those who are late are chased."""
SAME: Final = (
    "我家这边也一样。",
    "我也遇到了，希望早点解决。",
    "同一个问题，老人出行很不方便。",
    "这件事我们楼也反映过。",
)


@dataclass(frozen=True)
class Plan:
    """What the whole city's year is to be: until `now`, with so many needs, the first of them the cast's."""

    seed: int
    now: datetime
    home: Place
    places: Sequence[Place]
    residents: Sequence[tuple[str, str]]
    """Name and phone of those of the cast who bring needs."""
    needs: int

    def brought(self) -> Iterator[tuple[float, Place, tuple[str, str]]]:
        """Yield each need: how many days ago it is brought, where and by whom; every sixth within the last days."""
        chance = random.Random(self.seed)  # noqa: S311 (an invented year is no secret)
        for number in range(self.needs):
            age = chance.uniform(0, 365) if number % 6 else chance.uniform(0, 12)
            is_cast = number < len(self.residents)
            who = self.residents[number] if is_cast else stranger(chance, number)
            place = self.home if is_cast or chance.random() < HOME_SHARE else chance.choice(self.places)
            if number % TOWN_EVERY == 0 and not is_cast and self.home.parent:
                place = self.home.parent
            yield age, place, who


def live(plan: Plan, part: int, towns: Collection[str], say: Callable[[str], None]) -> None:
    """Live the twelve months of one part of the city, which are these towns."""
    year = Year(random.Random(f"{plan.seed}/{part}"), plan.home, plan.places, plan.now)  # noqa: S311
    for age, place, who in plan.brought():
        if place.path[:TOWN] in towns:
            day = year.now - timedelta(days=age)
            year.plan(year.awake(day) if who[1] else year.at_work(day), partial(_report, year, place, who))
    if plan.home.path[:TOWN] in towns:
        units.live(year)
    for days in range(FORTNIGHT.days):
        morning = localtime(year.now - timedelta(days=days)).replace(hour=MORNING, minute=30)
        year.plan(morning, partial(chase, by=SYSTEM))
    year.run(say)
    let_some_wait(year, [place for place in plan.places if place.path[:TOWN] in towns])


def let_some_wait(year: Year, places: Sequence[Place]) -> None:
    """See to it that a case waits in each way that whoever looks today wants to meet, however the cards fell."""
    here = Case.objects.filter(place__in=places)
    with clock.stopped_at(year.working_days_ago(0)):
        if not here.filter(status=Status.RETURNED).exists():
            case = _fresh(year, year.chance.choice(places))
            dispatch.send_back(case, text=NOT_OURS, by=year.worker_of(case.lead_id))
        if not here.filter(status=Status.SUSPENDED).exists():
            case = _fresh(year, year.chance.choice(places))
            handling.accept(case, by=year.worker_of(case.lead_id))
            handling.suspend(case, text=WAITS, by=year.worker_of(case.lead_id))


def _fresh(year: Year, place: Place) -> Case:
    """Return a need that is nobody else's too."""
    while True:
        became = receive(year, need_of(year, TAKEN_ON), place, stranger(year.chance, year.chance.randint(2000, 8999)))
        if became.how is How.NEW:
            return became.case


def _report(year: Year, place: Place, who: tuple[str, str]) -> None:
    """Bring a need; now and then neighbours bring the same in the days after it, from across the way where the object has a number."""
    chance = year.chance
    need = need_of(year, REFUSED if year.likely(UNLAWFUL) else TAKEN_ON)
    became = _bring(year, need, place, who)
    if became.how is How.NEW and need["where"] and became.case.category.is_shared and year.likely(ECHOED):
        number = object_in(became.case.category, need["answers"])
        where = _across(need) if number else need["where"]
        for _neighbour in range(chance.randint(1, 5)):
            later = year.some_day_after(clock.now(), chance.choice([0, 0, 1, 2]))
            also = need | {"where": where, "text": chance.choice(SAME)}
            year.plan(later, partial(_bring, year, also, place, stranger(chance, chance.randint(2000, 8999))))


def _bring(year: Year, need: Need, place: Place, who: tuple[str, str]) -> Followed:
    """Take a need in, which has a life of its own unless it follows another."""
    became, chance = receive(year, need, place, who), year.chance
    if became.how is How.NEW:
        number = object_in(became.case.category, need["answers"])
        unnumbered = {code: said for code, said in need["answers"].items() if said != number}
        elsewhere = need | {"where": _across(need), "text": chance.choice(SAME), "answers": unnumbered}
        Life(
            year,
            became.case,
            need,
            lambda: receive(year, elsewhere, place, stranger(chance, chance.randint(2000, 8999))),
        ).begin()
    return became


def _across(need: Need) -> str:
    return need["where"] and f"{need['where']}对面"
