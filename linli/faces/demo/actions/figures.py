"""How many live in each place: the register of the demo city is far from complete, so most communities have declared."""

import random
from collections.abc import Iterable
from datetime import date

from linli.ground.authority.actors import SYSTEM
from linli.ground.figures.actions import declare_all
from linli.ground.figures.models import DeclaredFigure, Measure
from linli.ground.places.models import Place

SOURCE = "派出所户籍台账（演示数据）"
DECLARING = 0.9
ADULTS = (1_600, 7_200)


def declare_figures(places: Iterable[Place], today: date) -> None:
    """Declare adults, households and voters of the places, as of the end of last year; one in ten has not declared yet."""
    as_of = date(today.year - 1, 12, 31)
    figures = [
        DeclaredFigure(place=place, what=what, number=number, source=SOURCE, as_of=as_of)
        for place in places
        for what, number in _numbers(place).items()
    ]
    declare_all(figures, by=SYSTEM)


def _numbers(place: Place) -> dict[Measure, int]:
    chance = random.Random(f"figures {place.path}")  # noqa: S311 (an invented number is no secret)
    if chance.random() >= DECLARING:
        return {}
    adults = chance.randint(*ADULTS)
    return {
        Measure.ADULTS: adults,
        Measure.HOUSEHOLDS: round(adults / chance.uniform(1.8, 2.3)),
        Measure.VOTERS: round(adults * chance.uniform(0.8, 0.93)),
    }
