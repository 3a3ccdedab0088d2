"""The small town of the people tests, and one person who stands in its register twice."""

from typing import NamedTuple

import pytest
from people import conftest as people
from people.town import Town, enter
from residents import conftest as residents

from linli.ground.authority.actors import SYSTEM
from linli.ground.doubles import actions
from linli.ground.doubles.models import Merge
from linli.ground.people.models import Person, Residence, Source

browser, in_english, town = people.browser, people.in_english, people.town
worker = residents.worker

REASON = "电话核实，是同一人"


class Pair(NamedTuple):
    """Two entries of one person: the desk's, and a list's with another phone."""

    kept: Person
    lost: Person

    def merge(self, **picks: str) -> Merge:
        """Make them one."""
        kept, lost = (Person.objects.select_related("personal").get(pk=one.pk) for one in self)
        return actions.merge(kept, lost, picks=picks, reason=REASON, by=SYSTEM)


@pytest.fixture
def pair(town: Town) -> Pair:
    kept = enter(town.east, "王秀兰", phone="13900000001", address="3号楼501")
    lost = enter(
        town.grid,
        "王秀兰",
        phone="13900000002",
        address="3号楼502",
        residence=Residence.LIVING,
        source=Source.IMPORT,
        electoral="registered",
    )
    return Pair(kept, lost)
