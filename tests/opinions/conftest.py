"""The desk of the tests of services, with three departments of the city; a lift that several departments have a say on."""

from datetime import date

import pytest
from cases.conftest import MONDAY, _staff
from services.conftest import Desk, desk, opened

from linli.commons.guides.models import Item
from linli.flows.opinions.models import Opinion
from linli.flows.services import actions
from linli.flows.services.models import Application
from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.actions import BodyPlan, set_up_bodies

__all__ = ["LIFT", "MONDAY", "accepted", "desk", "manned", "opened"]

LIFT = "15030000ZJ-QT-0001"
"""既有住宅加装电梯联合审查: led by 住建, with the opinions of 市场监管 and 应急 (8 working days) and of 城管 (5)."""
DEPARTMENTS = {"housing": "住房和城乡建设局", "market": "市场监督管理局", "city_management": "城市管理综合执法局"}


@pytest.fixture
def manned(desk: Desk) -> Desk:
    """The desk, and an officer in each department that stands; nobody has set up 应急管理局."""
    for slot, name in DEPARTMENTS.items():
        plan = BodyPlan("department", desk.town.places["1503"], date(2020, 1, 1), f"乌海市{name}", name, slot)
        desk.town.people[slot] = _staff(slot, set_up_bodies([plan], by=SYSTEM)[0], "officer")
    return desk


def accepted(desk: Desk, code: str = LIFT) -> Application:
    """An application that the desk has accepted: everybody who has a say was asked."""
    one = desk.receive(code)
    actions.accept(one, by=desk.worker)
    return one


def asked(one: Application) -> dict[str, Opinion]:
    """What was asked, by the short name of the body."""
    return {each.body.short_name: each for each in Opinion.objects.filter(application=one).select_related("body")}


def lift() -> Item:
    return Item.objects.get(code=LIFT)
