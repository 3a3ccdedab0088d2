"""The town of the cases with the draft of a catalogue, and a reviewing officer who keeps it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from cases.conftest import MONDAY, ROWS, Town, _build, _staff
from django.db import transaction

from linli.commons.guides.actions import take_draft
from linli.commons.guides.models import Item
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from linli.ground.places import queries as places

LOW, SPOT = "15030000MZ-JF-0001", "15030000RS-GG-0001"
"""最低生活保障申请; 失业登记, which is done on the spot."""
LIFT = "15030000ZJ-QT-0001"
"""既有住宅加装电梯联合审查: done jointly, led by 住建, with three departments that have a say."""


def furnish(town: Town) -> Town:
    """Add the reviewing officer and the catalogue."""
    plan = BodyPlan("reviewing_office", town.places["1503"], date(2020, 1, 1), "准入办", "准入办", "")
    office = set_up_bodies([plan], by=SYSTEM)[0]
    town.people["reviewer"] = _staff("reviewer", office, "officer")
    take_draft(place_path="1503", by=SYSTEM)
    return town


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """The town, in a transaction that outlives the single test."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.stopped_at(MONDAY):
            yield furnish(_build())
        places._cities.clear()
        transaction.set_rollback(True)


@pytest.fixture
def town(built: Town, db: None) -> Iterator[Town]:
    with clock.stopped_at(MONDAY):
        yield built


@pytest.fixture
def item(town: Town) -> Item:
    return Item.objects.get(code=LOW)


__all__ = ["LIFT", "LOW", "ROWS", "SPOT", "Town", "furnish"]
