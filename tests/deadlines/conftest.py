"""A street of the city for the tests of time: a community under its sub-district, each with its body."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from linli.ground.authority.actors import Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.kinds.models import BodyKind
from linli.ground.organisations.models import Body
from linli.ground.places.models import Place
from tests.factories import people
from tests.factories import places as streets

ROWS = [
    *streets.WUHAI,
    ("150302007", "滨河街道", "town", ""),
    ("150302007003", "湖东社区居委会", "community", "juweihui"),
]
HUDONG, BINHE, HAIBOWAN, WUHAI = "150302007003", "150302007", "150302", "1503"


def at(text: str) -> datetime:
    """Return a moment in the city's time."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    return streets.plant(ROWS)


@pytest.fixture
def office(places: dict[str, Place]) -> Body:
    return stand_up("subdistrict_office", places[BINHE], "滨河街道办事处", None)


@pytest.fixture
def committee(places: dict[str, Place], office: Body) -> Body:
    return stand_up("residents_committee", places[HUDONG], "湖东社区居民委员会", office)


def stand_up(code: str, place: Place, name: str, parent: Body | None) -> Body:
    kind = BodyKind.objects.filter(code=code).first() or BodyKind.objects.create(
        code=code,
        name=name,
        name_en=code,
        pattern="{place}",
        short="{place}",
        title=name,
        group="government",
        subject="department",
    )
    return Body.objects.create(
        kind=kind, place=place, name=name, short_name=name[:4], parent=parent, founded_on=date(2015, 1, 1)
    )


@pytest.fixture
def in_post() -> Callable[[RoleCode, Body], Person]:
    def act(role: RoleCode, body: Body) -> Person:
        return people.in_post(role, body.place.path, body=body.pk, number=1)

    return act


@pytest.fixture
def worker(committee: Body, in_post: Callable[[RoleCode, Body], Person]) -> Person:
    return in_post(RoleCode.WORKER, committee)


@pytest.fixture
def reviewer(places: dict[str, Place]) -> Person:
    return people.in_post(RoleCode.REVIEWER, WUHAI)


@pytest.fixture
def september() -> Iterator[None]:
    """Monday morning before the swapped Sunday of the 2026 National Day."""
    with clock.stopped_at(at("2026-09-14T10:40")):
        yield


@pytest.fixture
def as_actor(settings: LazySettings) -> Callable[[Person], Client]:
    """Open browsers in which people act who hold posts without rows."""
    settings.ACTOR_RESOLVER = people.RESOLVER
    return people.browser_of
