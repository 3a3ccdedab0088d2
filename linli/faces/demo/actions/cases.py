"""A year of cases, through the actions that people use: most answered in time, some late or odd, the latest still open."""

import random
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.utils.timezone import localtime

from linli.commons.deadlines.actions import chase
from linli.commons.routing.queries import object_in
from linli.flows.cases import actions as handling
from linli.flows.cases.models import Case, Channel, Status
from linli.flows.dispatch import actions as dispatch
from linli.flows.intake import actions as intake
from linli.flows.supports.actions import Followed, How
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.places.divisions import DIGITS, Level
from linli.ground.places.models import Place

from .lives import NOT_OURS, WAITS, Life
from .names import DATA, NAMES
from .year import FORTNIGHT, Year

NEEDS_A_YEAR: Final = 1450
"""With what neighbours bring of the same and what is divided, over 1,500 cases."""
NEEDS: Final = tomllib.loads((DATA / "needs.toml").read_text(encoding="utf-8"))["need"]
REFUSED: Final = [one for one in NEEDS if "ground" in one]
TAKEN_ON: Final = [one for one in NEEDS if "ground" not in one]
NO_PHONE, BY_WEB, UNLAWFUL, ECHOED = 0.125, 0.7, 0.06, 0.06
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
            who = self.residents[number] if is_cast else _stranger(chance, number)
            place = self.home if is_cast or chance.random() < HOME_SHARE else chance.choice(self.places)
            if number % TOWN_EVERY == 0 and not is_cast and self.home.parent:
                place = self.home.parent
            yield age, place, who


def live(plan: Plan, part: int, towns: Collection[str], say: Callable[[str], None]) -> None:
    """Live the twelve months of one part of the city, which are these towns."""
    year = Year(random.Random(f"{plan.seed}/{part}"), plan.home, plan.places, plan.now)  # noqa: S311
    for age, place, who in plan.brought():
        if place.path[:TOWN] in towns:
            year.plan(year.working_moment(year.now - timedelta(days=age)), partial(_report, year, place, who))
    for days in range(FORTNIGHT.days):
        morning = localtime(year.now - timedelta(days=days)).replace(hour=MORNING, minute=30)
        year.plan(morning, partial(chase, by=SYSTEM))
    year.run(say)
    with clock.stopped_at(year.now):
        let_some_wait(year, [place for place in plan.places if place.path[:TOWN] in towns])


def let_some_wait(year: Year, places: Sequence[Place]) -> None:
    """See to it that a case waits in each way that whoever looks today wants to meet, however the cards fell."""
    here = Case.objects.filter(place__in=places)
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
        became = _receive(year, _need(year, TAKEN_ON), place, _stranger(year.chance, year.chance.randint(2000, 8999)))
        if became.how is How.NEW:
            return became.case


def _stranger(chance: random.Random, number: int) -> tuple[str, str]:
    """Return an invented name and phone; one in eight has no phone."""
    name = chance.choice(NAMES["surnames"]) + chance.choice(["先生", "女士"])
    return name, "" if chance.random() < NO_PHONE else f"1390473{number + 1000:04}"


def _need(year: Year, kinds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what somebody brings in this month, where exactly it is, and the number of the object where it has one."""
    month, chance = localtime(clock.now()).month, year.chance
    need = chance.choice([one for one in kinds if month in one.get("months", range(1, 13))])
    spot = {"n": chance.randint(1, 40), "u": chance.randint(1, 4), "f": chance.randint(1, 6)}
    answers = {code: said.format(**spot) for code, said in need.get("answers", {}).items()}
    return need | {"where": need["where"].format(**spot), "answers": answers}


def _report(year: Year, place: Place, who: tuple[str, str]) -> None:
    """Bring a need; now and then neighbours bring the same in the days after it, from across the way where the object has a number."""
    chance = year.chance
    need = _need(year, REFUSED if year.likely(UNLAWFUL) else TAKEN_ON)
    where = need["where"]
    became = _receive(year, need, place, who)
    if became.how is not How.NEW:
        return
    number = object_in(became.case.category, need["answers"])
    unnumbered = {code: said for code, said in need["answers"].items() if said != number}
    across = where and f"{where}对面"
    elsewhere = need | {"where": across, "text": chance.choice(SAME), "answers": unnumbered}
    Life(
        year,
        became.case,
        need,
        lambda: _receive(year, elsewhere, place, _stranger(chance, chance.randint(2000, 8999))).case,
    ).begin()
    if where and became.case.category.is_shared and year.likely(ECHOED):
        for _neighbour in range(chance.randint(1, 5)):
            later = year.after(clock.now(), chance.choice([0, 0, 1, 2]))
            also = need | {"where": across if number else where, "text": chance.choice(SAME)}
            year.plan(later, partial(_receive, year, also, place, _stranger(chance, chance.randint(2000, 8999))))


def _receive(year: Year, need: dict[str, Any], place: Place, who: tuple[str, str]) -> Followed:
    name, phone = who
    return intake.receive(
        category=year.categories[need["category"]],
        answers=need["answers"],
        text=need["text"],
        place=place,
        where=need["where"],
        channel=Channel.WEB if phone and year.likely(BY_WEB) else Channel.DESK,
        name=name,
        phone=phone,
        by=SYSTEM,
    )
