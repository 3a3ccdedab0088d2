"""滨河街道 with two communities and a village of 千里山镇, and the people who sit in their bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations import actions
from linli.ground.organisations.actions import Appointment, BodyPlan, Seating
from linli.ground.organisations.models import Body, Holding, How
from linli.ground.people import actions as people
from linli.ground.people.models import Account, Residence, Source
from linli.ground.people.models import Person as Resident
from linli.ground.places.models import Place
from tests.factories.places import WUHAI, open_city, plant

ROWS = [
    *WUHAI,
    ("150302007", "滨河街道", "town", ""),
    ("150302007001", "湖东社区居委会", "community", "juweihui"),
    ("150302007002", "湖西社区居委会", "community", "juweihui"),
    ("150302101", "千里山镇", "town", ""),
    ("150302101201", "王元地村委会", "community", "cunweihui"),
    ("150302400", "产业园", "town", ""),
    ("150302400498", "产业园虚拟社区", "community", "quasi_juweihui"),
]
ELECTED = date(2026, 1, 10)
TERM_ENDS = date(2031, 1, 9)
_numbers = count(1)


@dataclass(frozen=True)
class Town:
    """The places by their short names."""

    city: Place
    district: Place
    office: Place
    east: Place
    west: Place
    hamlet: Place
    village: Place
    park: Place


def build() -> Town:
    """Make the places and open the city."""
    made = plant(ROWS)
    open_city(made["1503"])
    return Town(
        made["1503"],
        made["150302"],
        made["150302007"],
        made["150302007001"],
        made["150302007002"],
        made["150302101"],
        made["150302101201"],
        made["150302400498"],
    )


def resident(place: Place | None, name: str = "王秀兰", **facts: Any) -> Resident:
    """Somebody in the register."""
    residence = Residence.REGISTERED if place else Residence.NONE
    given = {"residence": residence, "source": Source.DESK, "sex": "female"} | facts
    return people.enter_person(people.Entry(name=name, place=place, **given), by=SYSTEM)


def crowd(place: Place, number: int, *, women: int = 0) -> list[Resident]:
    """Several people, the first of them women."""
    return [resident(place, f"李{next(_numbers)}号", sex="female" if one < women else "male") for one in range(number)]


def body(
    kind: str, place: Place, holders: Sequence[Seating] = (), name: str = "", founded_on: date = date(2020, 1, 1)
) -> Body:
    """A body that has been set up."""
    return actions.set_up_bodies([BodyPlan(kind, place, founded_on, name, holders=holders)], by=SYSTEM)[0]


def seat(post: str, person: Resident, first: date = ELECTED, last: date | None = TERM_ENDS) -> Seating:
    """One person in one post."""
    return Seating(post, person.pk, first, last, How.ELECTED)


def full_committee(place: Place, *, women: int = 1, members: int = 5) -> Body:
    """A committee as the law asks for it."""
    chair, *others = crowd(place, members, women=women)
    kind = "villagers_committee" if place.kind == "cunweihui" else "residents_committee"
    return body(kind, place, [seat("chair", chair), *(seat("member", one) for one in others)])


def appointed(post: Any, person: Resident, first: date = ELECTED, last: date | None = None) -> Holding:
    """A holding made the ordinary way."""
    return actions.appoint(Appointment(post, person, first, last, How.ELECTED), by=SYSTEM)


def staff(place: Place | None, name: str = "赵明") -> tuple[Account, Resident]:
    """A member of staff with an account."""
    person = resident(place, name)
    account = Account(username=f"staff{next(_numbers)}", person=person)
    account.set_unusable_password()
    account.save()
    return account, person


def text(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())
