"""滨河街道 with two communities and a village of 千里山镇, and the people who sit in their bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from linli.ground.authority.actors import SYSTEM, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.organisations import actions
from linli.ground.organisations.actions import Appointment, BodyPlan, Seating
from linli.ground.organisations.models import Body, Holding, How
from linli.ground.people import actions as people
from linli.ground.people.models import Account, Residence, Source
from linli.ground.people.models import Person as Resident
from linli.ground.people.sessions import SEEN, STRONG
from linli.ground.places.models import City, Place

ROWS = [
    ("15", "内蒙古自治区", "province", ""),
    ("1503", "乌海市", "prefecture", ""),
    ("150302", "海勃湾区", "county", ""),
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
    made: dict[str, Place] = {}
    for path, name, level, kind in ROWS:
        above = max((one for one in made if path.startswith(one)), key=len, default=None)
        made[path] = Place.objects.create(
            path=path,
            name=name,
            level=level,
            kind=kind,
            parent=made[above] if above else None,
            begun_on=date(2023, 6, 30),
        )
    City.objects.create(place=made["1503"], is_demo=True, opened_at=clock.now())
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


def holder(role: RoleCode, place_path: str, *, body: int = 0, person: int | None = None) -> Person:
    """Somebody in a post over a place, without a row."""
    return Person(
        ref="people.account:9",
        person=person,
        post=PostHeld("organisations.holding:9", role, body, place_path, "办公室 · 岗位"),
    )


def enter(browser: Client, account: Account) -> None:
    """Sign in with two factors."""
    session = browser.session
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[STRONG], session[SEEN] = True, int(clock.now().timestamp())
    session.save()


def text(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())
