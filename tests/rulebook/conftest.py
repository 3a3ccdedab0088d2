"""Wuhai's places, the office that keeps its rules of custom, and a city in the hands of its owner role."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from linli.ground.authority.actors import Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.places.models import Place
from linli.ground.rulebook import actions, packs
from linli.ground.rulebook.models import Rule
from tests.factories.people import in_post
from tests.factories.places import WUHAI, plant

CITY = [
    *WUHAI,
    ("150302009", "滨河街道", "town", ""),
    ("150302009001", "湖东社区居委会", "community", "juweihui"),
]


@pytest.fixture
def reviewer() -> Person:
    """The reviewing officer of Wuhai."""
    return in_post(RoleCode.REVIEWER, "1503")


@pytest.fixture
def wuhai(db: None) -> dict[str, Place]:
    """The city with one district, one sub-district and one community."""
    return plant(CITY)


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


@pytest.fixture
def open_law(owner_city: None) -> Rule:
    """A law that allows other values, in a release of which some function works by it: how long the board stands, 15 days or more."""
    plant(CITY)
    law = next(pack for pack in packs.shipped() if pack.code == "juweihui_law_2025")
    entry = next(one for one in law.entries if one.key == "ju.publish.days.min")
    actions.load_rules([replace(law, entries=(replace(entry, in_use=True),))])
    return Rule.objects.get(key=entry.key)


@pytest.fixture
def officer() -> Person:
    """An officer of 滨河街道, with whom the charters of its communities are filed."""
    return in_post(RoleCode.SUBDISTRICT, "150302009")


def post_of(request: HttpRequest) -> Actor:
    """Resolve the post that the test puts on."""
    role = request.headers["X-Role"]
    return Person(
        ref="people.account:7",
        name="王某",
        post=PostHeld("organisations.post:9", RoleCode(role), 1, "1503", "办公室 · 岗位"),
    )


@pytest.fixture
def client_of(settings: Settings, wuhai: dict[str, Place]) -> Any:
    """A browser of somebody in a post over Wuhai."""

    def make(role: str) -> Client:
        settings.ACTOR_RESOLVER = f"{__name__}.post_of"
        client = Client(headers={"X-Role": role, "Accept-Language": "en"})
        client.cookies[settings.SESSION_COOKIE_NAME] = "x"  # programs carry it too
        return client

    return make
