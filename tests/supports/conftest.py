"""These tests stand on the town of the tests of cases; 刘先生 and others live in the same community as 张女士."""

from typing import Any

from cases.conftest import Town, about, founded, town

from linli.flows.cases.models import Case, Channel
from linli.flows.intake import actions as intake
from linli.flows.supports.actions import Followed
from linli.ground.authority.actors import Actor, Person
from linli.ground.people.queries import contact_of

LIU, SUN = "13904730002", "13904730003"
LAMP = {"category": "street-light", "where": "东门"}


def resident(phone: str) -> Actor:
    return Person(contact=contact_of(phone))


def bring(town: Town, **changed: Any) -> Followed:
    """A need as the resident brings it: the lamp at the east gate, unless something else is said."""
    need: dict[str, Any] = {"category": "street-light", "text": "东门外路灯不亮。", "place": town.east, "where": "东门"}
    need |= {"channel": Channel.WEB, "name": "张女士", "phone": "13904730001", "by": town.resident}
    need |= changed
    return intake.receive(**(need | {"category": about(need["category"])}))


def seen_by(phone: str) -> list[str]:
    return sorted(Case.objects.visible_to(resident(phone)).values_list("reference", flat=True))


__all__ = ["LAMP", "LIU", "SUN", "bring", "founded", "resident", "seen_by", "town"]
