"""The town with its catalogue, a resident with an account, and how applications come about."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from cases.conftest import MONDAY, PHONE, Town, _build
from django.db import transaction
from django.test import Client
from guides.conftest import LOW, SPOT, furnish

from linli.commons.guides.models import Item
from linli.flows.services import actions
from linli.flows.services.models import Application, ApplicationChannel
from linli.ground.authority.actors import SYSTEM, Actor, Person
from linli.ground.core import clock
from linli.ground.people.actions import open_account
from linli.ground.people.models import Account, Residence
from linli.ground.people.queries import contact_of
from linli.ground.places import queries as places
from tests.factories.people import sign_in

URGENT = "15030000MZ-JF-0003"
"""临时救助申请: promised within 10 working days."""


@dataclass
class Desk:
    """The town, its resident with an account, and what they apply for."""

    town: Town
    account: Account

    @property
    def resident(self) -> Actor:
        return Person(ref=f"people.account:{self.account.pk}", person=self.account.person_id, contact=contact_of(PHONE))

    @property
    def worker(self) -> Actor:
        return self.town.actor("worker")

    def browser(self) -> Client:
        """The resident's own, signed in with one factor."""
        return sign_in(Client(), self.account, strong=False)

    def receive(self, code: str = URGENT, **changed: object) -> Application:
        """An application as the resident brings it."""
        made: dict[str, Any] = {"item": Item.objects.get(code=code), "place": self.town.east, "name": "张女士"}
        made |= {"phone": PHONE, "channel": ApplicationChannel.WEB, "person": self.account.person, "given": [1]}
        return actions.receive(**(made | {"by": self.resident} | changed))


@pytest.fixture(scope="package")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    """The desk, in a transaction that outlives the single test."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.stopped_at(MONDAY):
            town = furnish(_build())
            account = open_account(
                phone=PHONE, name="张女士", place=town.east, residence=Residence.REGISTERED, by=SYSTEM
            )
            yield Desk(town, account)
        places._cities.clear()
        transaction.set_rollback(True)


@pytest.fixture
def desk(opened: Desk, db: None) -> Iterator[Desk]:
    with clock.stopped_at(MONDAY):
        yield deepcopy(opened)


__all__ = ["LOW", "MONDAY", "PHONE", "SPOT", "URGENT"]
