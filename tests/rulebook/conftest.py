"""Wuhai's places, the office that keeps its rules of custom, and a city in the hands of its owner role."""

import os
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connections

from linli.ground.authority.actors import Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.places.models import Place


def holder(role: RoleCode, place_path: str) -> Person:
    """A person in a post over a place."""
    return Person(
        ref="people.account:7", name="王某", post=PostHeld("organisations.post:9", role, 1, place_path, "办公室 · 岗位")
    )


@pytest.fixture
def reviewer() -> Person:
    """The reviewing officer of Wuhai."""
    return holder(RoleCode.REVIEWER, "1503")


@pytest.fixture
def wuhai(db: None) -> dict[str, Place]:
    """The city with one district, one sub-district and one community."""
    names = [
        ("15", "内蒙古自治区", "province", ""),
        ("1503", "乌海市", "prefecture", ""),
        ("150302", "海勃湾区", "county", ""),
        ("150302009", "滨河街道", "town", ""),
        ("150302009001", "湖东社区居委会", "community", "juweihui"),
    ]
    made: dict[str, Place] = {}
    for path, name, level, kind in names:
        above = next((made[start] for start in reversed(made) if path.startswith(start)), None)
        made[path] = Place.objects.create(
            path=path, name=name, level=level, kind=kind, parent=above, begun_on=date(2023, 6, 30)
        )
    return made


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
