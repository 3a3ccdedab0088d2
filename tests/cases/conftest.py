"""滨河街道 and two of its communities: one with a workstation, one whose needs the office above takes. A stopped clock."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from linli.commons.routing.models import Category
from linli.flows.cases.models import Case, Channel
from linli.flows.intake import actions
from linli.ground.authority.actors import SYSTEM, Actor, Person
from linli.ground.core import clock
from linli.ground.organisations.actions import Appointment, BodyPlan, appoint, set_up_bodies
from linli.ground.organisations.models import Body, How
from linli.ground.organisations.queries import actor_in_post
from linli.ground.people.actions import create_staff_account
from linli.ground.people.models import Account
from linli.ground.people.queries import contact_of
from linli.ground.places import queries as places
from linli.ground.places.models import Place
from linli.ground.rulebook.models import Rule, RuleVersion
from tests.factories.people import sign_in
from tests.factories.places import WUHAI, open_city, plant

MONDAY = datetime(2026, 9, 14, 2, 12, tzinfo=UTC)  # 10:12 in Wuhai
PHONE, STRANGER = "13904730001", "13904730009"
TEXT = "东门外人行道路灯连续四晚不亮。前天有人差点摔倒。"
NEED = {
    "text": TEXT,
    "field": "surroundings",
    "place": "150302006001",
    "where": "东门",
    "name": "张女士",
    "phone": PHONE,
}
ROWS = [
    *WUHAI,
    ("150302006", "滨河街道", "town", ""),
    ("150302006001", "湖东社区居委会", "community", "juweihui"),
    ("150302006002", "湖西社区居委会", "community", "juweihui"),
    ("150302007", "海北街道", "town", ""),
    ("150302007001", "友谊社区居委会", "community", "juweihui"),
]


@dataclass
class Town:
    """What the tests of cases stand on, and its cast."""

    places: dict[str, Place]
    bodies: dict[tuple[str, str], Body]
    resident: Actor
    stranger: Actor
    people: dict[str, tuple[Account, Actor]]

    @property
    def east(self) -> Place:
        return self.places["150302006001"]

    @property
    def west(self) -> Place:
        return self.places["150302006002"]

    def actor(self, name: str) -> Actor:
        return self.people[name][1]

    def client(self, name: str) -> Client:
        """A browser signed in with two factors."""
        return sign_in(Client(), self.people[name][0])

    def receive(self, **changed: object) -> Case:
        """A need as the resident brings it."""
        category = changed.pop("category", "surroundings-other")
        need = {
            "category": about(category) if isinstance(category, str) else category,
            "text": TEXT,
            "place": self.east,
            "where": "东门",
        }
        need |= {"channel": Channel.WEB, "name": "张女士", "phone": PHONE, "by": self.resident}
        return actions.receive(**(need | changed)).case


def about(code: str) -> Category:
    """A category of needs by its code."""
    return Category.objects.get(code=code)


def visitor(phone: str) -> Client:
    """A browser without an account whose visitor has proven a phone."""
    client = Client()
    client.get("/people/sign-in/")
    session = client.session
    session["contact"] = contact_of(phone)
    session.save()
    return client


def set_locally(key: str, value: str) -> None:
    """Let a rule of custom have another value in the city."""
    facts = {
        "mark": "LOCAL",
        "law": "本市约定",
        "statement": "{value}。",
        "reason": "议定",
        "set_by": "people.account:1",
    }
    RuleVersion.objects.create(
        rule=Rule.objects.get(key=key),
        jurisdiction="1503",
        value=value,
        effective_from=date(2026, 1, 1),
        set_at=MONDAY,
        **facts,
    )


@pytest.fixture(scope="package")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """The town, in a transaction that outlives the single test."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.stopped_at(MONDAY):
            yield _build()
        places._cities.clear()
        transaction.set_rollback(True)


@pytest.fixture
def town(founded: Town, db: None) -> Iterator[Town]:
    """The town as it was founded: what a test does to it is taken back, also in memory."""
    with clock.stopped_at(MONDAY):
        yield deepcopy(founded)


def _build() -> Town:
    made = plant(ROWS)
    open_city(made["1503"])
    wanted = [
        ("subdistrict_office", "150302006"),
        ("subdistrict_office", "150302007"),
        ("residents_committee", "150302006001"),
        ("workstation", "150302006001"),
        ("workstation", "150302007001"),
    ]
    plans = [BodyPlan(kind, made[path], date(2020, 1, 1)) for kind, path in wanted]
    bodies = dict(zip(wanted, set_up_bodies(plans, by=SYSTEM), strict=True))
    town = Town(made, bodies, Person(contact=contact_of(PHONE)), Person(contact=contact_of(STRANGER)), {})
    for name, (kind, path), post in (
        ("worker", ("workstation", "150302006001"), "worker"),
        ("mate", ("workstation", "150302006001"), "head"),
        ("officer", ("subdistrict_office", "150302006"), "officer"),
        ("outsider", ("workstation", "150302007001"), "worker"),
    ):
        town.people[name] = _staff(name, bodies[kind, path], post)
    return town


def _staff(name: str, body: Body, post: str) -> tuple[Account, Actor]:
    account = create_staff_account(username=name, password="a-long-pass-phrase-7", name=f"王{name}", by=SYSTEM)
    assert account.person is not None
    seat = Appointment(body.posts.get(code=post), account.person, date(2026, 1, 1), None, How.APPOINTED)
    holding = appoint(seat, by=SYSTEM)
    actor = actor_in_post(f"organisations.holding:{holding.pk}")
    assert actor is not None
    return account, actor
