"""The small town of the people tests, a worker at the desk of its east, and one of its residents."""

import pytest
from django.test import Client
from people import conftest as people
from people.town import GOOD_ID, STAGE, Town, enter, post

from linli.ground.authority.actors import Person
from linli.ground.authority.roles import RoleCode
from linli.ground.people.models import Person as Resident

from .desk import PHONE

browser, in_english, town = people.browser, people.in_english, people.town


@pytest.fixture
def worker(browser: Client, town: Town) -> Person:
    actor = post(RoleCode.WORKER, town.east.path)
    STAGE["actor"] = actor
    return actor


@pytest.fixture
def somebody(town: Town) -> Resident:
    return enter(town.east, "王秀兰", phone=PHONE, id_number=GOOD_ID, address="3号楼501")
