"""What residents bring, who they are, and how it comes in."""

import random
import tomllib
from collections.abc import Sequence
from typing import Final, NotRequired, TypedDict

from django.utils.timezone import localtime

from linli.flows.cases.models import Channel
from linli.flows.intake import actions as intake
from linli.flows.supports.actions import Followed
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.places.models import Place

from .names import DATA, NAMES
from .year import Year


class Need(TypedDict):
    """What somebody brings, and what is answered; with why it is refused, and the months in which it happens."""

    category: str
    text: str
    where: str
    answer: str
    answers: NotRequired[dict[str, str]]
    ground: NotRequired[str]
    months: NotRequired[list[int]]


NEEDS: Final[list[Need]] = tomllib.loads((DATA / "needs.toml").read_text(encoding="utf-8"))["need"]
REFUSED: Final = [one for one in NEEDS if "ground" in one]
TAKEN_ON: Final = [one for one in NEEDS if "ground" not in one]
NO_PHONE, BY_WEB = 0.125, 0.7


def stranger(chance: random.Random, number: int) -> tuple[str, str]:
    """Return an invented name and phone; one in eight has no phone."""
    name = chance.choice(NAMES["surnames"]) + chance.choice(["先生", "女士"])
    return name, "" if chance.random() < NO_PHONE else phone_of(number)


def phone_of(number: int) -> str:
    """Return an invented phone: all of the city's begin alike."""
    return f"1390473{number + 1000:04}"


def need_of(year: Year, kinds: Sequence[Need]) -> Need:
    """Return what somebody brings in this month, where exactly it is, and the number of the object where it has one."""
    month, chance = localtime(clock.now()).month, year.chance
    need = chance.choice([one for one in kinds if month in one.get("months", range(1, 13))])
    spot = {"n": chance.randint(1, 40), "u": chance.randint(1, 4), "f": chance.randint(1, 6)}
    answers = {code: said.format(**spot) for code, said in need.get("answers", {}).items()}
    return need | {"where": need["where"].format(**spot), "answers": answers}


def receive(year: Year, need: Need, place: Place, who: tuple[str, str]) -> Followed:
    """Take a need in: over the web from those who have a phone, and at the desk while it is open."""
    name, phone = who
    return intake.receive(
        category=year.categories[need["category"]],
        answers=need["answers"],
        text=need["text"],
        place=place,
        where=need["where"],
        channel=Channel.WEB if phone and (not year.is_open(clock.now()) or year.likely(BY_WEB)) else Channel.DESK,
        name=name,
        phone=phone,
        by=SYSTEM,
    )
