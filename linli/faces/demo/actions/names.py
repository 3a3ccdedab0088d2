"""Inventing people: names, ages and sexes as in a city; nobody real."""

import random
import tomllib
from datetime import date, timedelta
from pathlib import Path

from linli.ground.people.actions import Entry
from linli.ground.people.models import Electoral, Residence, Sex, Source, Verification
from linli.ground.places.models import Place

DATA = Path(__file__).parent.parent / "data"
NAMES = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
GIVEN = {Sex.FEMALE: NAMES["female"].split(), Sex.MALE: NAMES["male"].split()}


def invent(
    chance: random.Random,
    place: Place,
    today: date,
    door: str,
    *,
    sex: Sex | None = None,
    youngest: int = 24,
    oldest: int = 72,
) -> Entry:
    """Return an invented adult of a community, behind a door."""
    chosen = sex or chance.choice([Sex.FEMALE, Sex.MALE])
    age = timedelta(days=chance.randrange(youngest * 365, oldest * 365))
    return Entry(
        name=chance.choice(NAMES["surnames"]) + chance.choice(GIVEN[chosen]),
        residence=chance.choices([Residence.REGISTERED, Residence.LIVING], [4, 1])[0],
        source=Source.IMPORT,
        place=place,
        address=door,
        born_on=today - age,
        sex=chosen,
        electoral=Electoral.REGISTERED,
        verification=Verification.DOCUMENT,
    )


def doors(chance: random.Random, people: int) -> list[str]:
    """Return the door of each of so many people: one, two or three live behind one (3号楼2单元502)."""
    found: list[str] = []
    number = 0
    while len(found) < people:
        number += 1
        door = f"{number // 12 + 1}号楼{number // 6 % 2 + 1}单元{number % 6 + 1}0{number % 2 + 1}"
        found += [door] * chance.choice([1, 2, 2, 2, 3])
    return found[:people]
