"""Twelve months of a city: a queue of turns, each with the clock at its moment."""

import heapq
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from django.utils.timezone import localtime

from linli.commons.calendar.models import Days
from linli.commons.routing.models import Category
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES
from linli.ground.core import clock
from linli.ground.database.statements import plan_again
from linli.ground.organisations.models import Holding
from linli.ground.organisations.queries import actor_in_post
from linli.ground.places.models import Place

AWAKE: Final = (8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 17, 19, 20)
"""The hours in which residents bring something, as often as they do."""
ON_DUTY: Final = (8, 22)
"""From when to when somebody is on duty for what is urgent, every day."""
HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=31)
FORTNIGHT: Final = timedelta(days=14)
GOES_ON: Final = 0.85
MANY: Final = 500
"""Turns after which the tables have grown so much that the database plans for them again."""
YEAR: Final = timedelta(days=365)
QUARTERS: Final = (YEAR * 3 / 4, YEAR / 2, YEAR / 4, timedelta(days=12))
HANDLERS: Final = [code for code, role in ROLES.items() if Power.HANDLE_CASES in role.powers]
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
        self.actors: dict[int, Actor] = {}
        self.staff: dict[int, list[Holding]] = defaultdict(list)
        posts = Holding.objects.filter(post__role__in=HANDLERS, person__accounts__isnull=False).select_related("post")
        for held in posts.order_by("pk"):
            self.staff[held.post.body_id].append(held)
        self.days = Days(home.path, localtime(now - YEAR - MONTH).date(), localtime(now + MONTH).date())
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

    def awake(self, day: datetime) -> datetime:
        """Return a moment of that day when residents are about."""
        hour, minute, second = self.chance.choice(AWAKE), self.chance.randrange(60), self.chance.randrange(60)
        return localtime(day).replace(hour=hour, minute=minute, second=second)

    def at_work(self, day: datetime, *, since: datetime | None = None) -> datetime:
        """Return a moment at which offices are open: of that day, or else of the next on which they are; not before `since`."""
        on, earliest = localtime(day).date(), since or localtime(day).replace(hour=0, minute=0)
        while True:
            spans = [(max(begins, earliest), ends) for begins, ends in self.days.spans(on) if ends > earliest]
            if spans:
                lengths = [(ends - begins).total_seconds() for begins, ends in spans]
                [(begins, ends)] = self.chance.choices(spans, lengths)
                return begins + (ends - begins) * self.chance.random()
            on += DAY

    def working_days_ago(self, number: int) -> datetime:
        """Return a moment at which offices were open: so many working days ago, or the last before now for none."""
        today = self.days.at(localtime(self.now).date())
        while True:
            day = self.days.nth(today.number - number).day
            spans = [(begins, min(ends, self.now)) for begins, ends in self.days.spans(day) if begins < self.now]
            if spans:
                begins, ends = self.chance.choice(spans)
                return begins + (ends - begins) * self.chance.random()
            number += 1

    def is_open(self, at: datetime) -> bool:
        """Say whether offices are open at a moment."""
        return any(begins <= at < ends for begins, ends in self.days.spans(localtime(at).date()))

    def after(self, at: datetime, days: float) -> datetime:
        """Return a moment in office hours, some days later or on the next day on which offices are open, never before `at`."""
        return self.at_work(at + days * DAY, since=at + HOUR)

    def some_day_after(self, at: datetime, days: float) -> datetime:
        """Return a moment some days later when residents are about, never before `at`."""
        return max(at + HOUR, self.awake(at + days * DAY))

    def on_duty(self, at: datetime, hours: float) -> datetime:
        """Return a moment some hours later, in the morning instead of at night."""
        later, (begins, ends) = localtime(at + hours * HOUR), ON_DUTY
        if begins <= later.hour < ends:
            return later
        morning = later if later.hour < begins else later + DAY
        return morning.replace(hour=begins, minute=self.chance.randrange(60))

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
        """Return somebody with an account who handles what a body leads today; the city itself where nobody does."""
        today = clock.today()
        for held in self.staff.get(body, []):
            if held.begins_on <= today and (held.ends_on is None or today <= held.ends_on):
                if held.pk not in self.actors:
                    self.actors[held.pk] = actor_in_post(f"organisations.holding:{held.pk}") or SYSTEM
                return self.actors[held.pk]
        return SYSTEM
