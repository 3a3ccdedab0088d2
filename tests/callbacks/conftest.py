"""These tests stand on the town of the tests of cases, with somebody of the reviewing office beside its cast."""

from datetime import date

import pytest
from cases.conftest import Town, _staff, founded, town

from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Satisfied, Solved
from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.actions import BodyPlan, set_up_bodies

__all__ = ["answered", "founded", "reviewed", "town"]

CONTENT = {"contacted": True, "solved": Solved.YES, "satisfied": Satisfied.YES, "remark": ""}
ANGRY = {"contacted": False, "solved": Solved.NO, "satisfied": Satisfied.NO, "remark": "昨晚又不亮了。"}


@pytest.fixture
def reviewed(town: Town) -> Town:
    """The town, above which a reviewing office stands."""
    plan = BodyPlan("reviewing_office", town.places["1503"], date(2020, 1, 1))
    office = set_up_bodies([plan], by=SYSTEM)[0]
    town.bodies["reviewing_office", "1503"] = office
    town.people["reviewer"] = _staff("reviewer", office, "officer")
    return town


def answered(town: Town, **need: object) -> Case:
    """A case whose workstation has answered."""
    case = town.receive(**need)
    lead = town.actor("worker" if case.lead.kind.code == "workstation" else "officer")
    cases.accept(case, by=lead)
    cases.answer(case, text="三盏路灯已经恢复。", by=lead)
    return case
