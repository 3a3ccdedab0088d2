"""Wuhai's places, the office that keeps its rules of custom, and a city in the hands of its owner role."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connections

from linli.ground.authority.actors import Person
from linli.ground.authority.roles import RoleCode
from linli.ground.places.models import Place
from tests.factories.people import in_post
from tests.factories.places import WUHAI, plant


@pytest.fixture
def reviewer() -> Person:
    """The reviewing officer of Wuhai."""
    return in_post(RoleCode.REVIEWER, "1503")


@pytest.fixture
def wuhai(db: None) -> dict[str, Place]:
    """The city with one district, one sub-district and one community."""
    return plant(
        [
            *WUHAI,
            ("150302009", "滨河街道", "town", ""),
            ("150302009001", "湖东社区居委会", "community", "juweihui"),
        ]
    )


@pytest.fixture
def owner_city(own_city: None) -> Iterator[None]:
    """A clone of the database, used as its owner: what a migration or `load_rules` may do."""
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])
    wrapper = connections["default"]
    before = {name: wrapper.settings_dict[name] for name in ("USER", "PASSWORD")}
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict |= {"USER": owner.username, "PASSWORD": owner.password}
    yield
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict |= before
