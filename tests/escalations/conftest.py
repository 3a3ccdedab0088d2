"""These tests stand on the town of the tests of cases, with a department and a reviewing office of the city beside its cast."""

from datetime import date

import pytest
from cases.conftest import Town, _staff, founded, town

from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.actions import BodyPlan, set_up_bodies

__all__ = ["city", "founded", "town"]


@pytest.fixture
def city(town: Town) -> Town:
    """The town, with the housing department and the reviewing office of its city."""
    for name, kind, slot in (("department", "department", "housing"), ("reviewer", "reviewing_office", "")):
        plan = BodyPlan(kind, town.places["1503"], date(2020, 1, 1), name, name, slot)
        body = town.bodies[kind, "1503"] = set_up_bodies([plan], by=SYSTEM)[0]
        town.people[name] = _staff(f"city-{name}", body, "officer")
    return town
