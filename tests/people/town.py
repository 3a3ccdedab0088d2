"""滨河街道 with two communities, the people at its desks, and a stage on which a test says who acts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from linli.ground.authority.actors import SYSTEM, Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core.registry import ref
from linli.ground.people import actions
from linli.ground.people.models import Account, Residence, Source
from linli.ground.people.models import Person as Resident
from linli.ground.people.sessions import CONTACT
from linli.ground.places.models import Place
from tests.factories.places import WUHAI, open_city, plant

ROWS = [
    *WUHAI,
    ("150302005", "滨河街道", "town", ""),
    ("150302005001", "湖东社区居委会", "community", "juweihui"),
    ("150302005002", "湖西社区居委会", "community", "juweihui"),
    ("150302005001001", "第一网格", "grid", ""),
    ("150302005002001", "第一网格", "grid", ""),
]
GOOD_ID = "990101199003070031"  # no such region exists, so nobody has it; the check figure fits
WOMAN_ID = "990101196005010020"


@dataclass(frozen=True)
class Town:
    """The places by their short names."""

    east: Place
    west: Place
    grid: Place
    town: Place


def build(*, is_demo: bool = True) -> Town:
    """Make the places and open the city."""
    made = plant(ROWS)
    open_city(made["1503"], is_demo=is_demo)
    return Town(made["150302005001"], made["150302005002"], made["150302005001001"], made["150302005"])


def post(role: RoleCode, place_path: str, account: str = "people.account:900", person: int | None = None) -> Person:
    """Somebody in a post over a place."""
    held = PostHeld(f"organisations.holding:{role}", role, 1, place_path, "湖东社区居民委员会 · 社区工作者")
    return Person(ref=account, name="张", person=person, post=held)


def enter(place: Place | None, name: str = "王秀兰", **facts: Any) -> Resident:
    """A resident of a community, entered at the desk."""
    given = {"residence": Residence.REGISTERED, "source": Source.DESK} | facts
    return actions.enter_person(actions.Entry(name=name, place=place, **given), by=SYSTEM)


def account_of(person: Resident, phone: str) -> Account:
    """The account of a resident with this phone."""
    account = Account(person=person, contact=actions.register.identity.phone_index(phone))
    account.set_unusable_password()
    account.save()
    return account


STAGE: dict[str, Actor | None] = {"actor": None}


def acting(request: HttpRequest) -> Actor:
    """ACTOR_RESOLVER of these tests: whom the test put on the stage, else who has signed in."""
    if STAGE["actor"] is not None:
        return STAGE["actor"]
    account, contact = request.user, request.session.get(CONTACT, "")
    if not isinstance(account, Account):
        return Person(contact=contact)
    return Person(ref=ref(account), person=account.person_id, contact=contact, name=str(account))
