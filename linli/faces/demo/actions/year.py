"""Twelve months of a city: a queue of turns, each with the clock at its moment."""

import heapq
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from django.utils.timezone import localtime

from linli.commons.routing.models import Category
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.database.statements import plan_again
from linli.ground.organisations.models import Holding
from linli.ground.organisations.queries import actor_in_post
from linli.ground.places.models import Place

HOURS: Final = (8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 17, 19, 20)
FORTNIGHT: Final = timedelta(days=14)
GOES_ON: Final = 0.85
MANY: Final = 500
"""Turns after which the tables have grown so much that the database plans for them again."""
YEAR: Final = timedelta(days=365)
QUARTERS: Final = (YEAR * 3 / 4, YEAR / 2, YEAR / 4, timedelta(days=12))
HANDLERS: Final = ("worker", "chair", "subdistrict", "department", "unit")
"""The roles of those who handle what their body leads."""


def quietly(_step: str) -> None:
    """Hear of a step and do nothing."""


@dataclass(order=True)
class Turn:
    """Something that happens at a moment of the year."""

    at: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


class Year:
    """The year as a queue of turns: each runs with the clock at its moment and may plan the next."""

    def __init__(self, chance: random.Random, home: Place, places: Sequence[Place], now: datetime) -> None:
        self.chance, self.home, self.places, self.now = chance, home, places, now
        self.turns: list[Turn] = []
        self.numbers = count()
        self.packs: dict[tuple[tuple[str, int], ...], list[str]] = {}
        self.workers: dict[int, Actor] = {}
        self.categories = {one.code: one for one in Category.objects.all()}

    def plan(self, at: datetime, act: Callable[[], object]) -> None:
        """Let something happen at a moment, unless it lies in the future: then it is still waiting today."""
        if at < self.now:
            heapq.heappush(self.turns, Turn(at, next(self.numbers), act))

    def run(self, say: Callable[[str], None] = quietly) -> None:
        """Live the year in order; `say` hears of each quarter. The more has happened, the better the database has to know."""
        quarters = iter(QUARTERS)
        until = next(quarters)
        for number in count():
            if not self.turns:
                return
            if number % MANY == 0:
                plan_again()
            turn = heapq.heappop(self.turns)
            while turn.at > self.now - until:
                say(f"until {turn.at:%B %Y}")
                until = next(quarters, -YEAR)
            with clock.stopped_at(turn.at):
                turn.act()

    def working_moment(self, day: datetime) -> datetime:
        """Return a moment of that day when people are about."""
        local = localtime(day)
        return local.replace(
            hour=self.chance.choice(HOURS), minute=self.chance.randrange(60), second=self.chance.randrange(60)
        )

    def after(self, at: datetime, days: float) -> datetime:
        """Return a moment in office hours, some days later, never before `at`."""
        return max(at + timedelta(hours=1), self.working_moment(at + timedelta(days=days)))

    def is_recent(self, at: datetime) -> bool:
        """Say whether a moment lies in the latest fortnight, of which much is still open."""
        return at >= self.now - FORTNIGHT

    def goes_on(self, at: datetime) -> bool:
        """Say whether the next act comes at all: of the latest fortnight's cases some are forgotten so far."""
        return not self.is_recent(at) or self.chance.random() < GOES_ON

    def likely(self, share: float) -> bool:
        """Throw a die."""
        return self.chance.random() < share

    def dealt(self, cards: Mapping[str, int]) -> str:
        """Return the next of a shuffled pack, so that what is rare comes as often as it should; a new pack when it is empty."""
        pack = self.packs.setdefault(tuple(cards.items()), [])
        if not pack:
            pack.extend(self.chance.sample([*cards], sum(cards.values()), counts=[*cards.values()]))
        return pack.pop()

    def worker_of(self, body: int) -> Actor:
        """Return somebody who works in a body: whoever handles cases there."""
        if body not in self.workers:
            held = Holding.objects.on(clock.today()).filter(post__body=body, post__role__in=HANDLERS).order_by("pk")
            chosen = held.first()
            actor = actor_in_post(f"organisations.holding:{chosen.pk}") if chosen else None
            self.workers[body] = actor or SYSTEM
        return self.workers[body]
