"""滨河街道 with an administrator of the city and one of the district, on one working morning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.kinds.actions import load_kinds
from linli.ground.organisations.models import Body, Holding, Post
from linli.ground.organisations.queries import actor_in_post
from linli.ground.people.models import Account
from linli.ground.people.models import Person as Resident
from tests.factories.people import sign_in
from tests.organisations import town as stage

MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
PASSWORD = "qu1te-long-enough"


@dataclass
class Office:
    """The town, its administrators, a committee whose chair waits, and a school with a delegate."""

    town: stage.Town
    city: Actor
    city_account: Account
    district: Actor
    district_account: Account
    committee: Body
    chair: Holding
    school: Body
    delegate: Holding
    station: Body

    def browser(self, account: Account | None = None) -> Client:
        """A browser of the city's administrator, or of another account."""
        return sign_in(Client(headers={"accept-language": "en"}), account or self.city_account)

    def seated(self, body: Body, post: str, name: str) -> Holding:
        """Somebody new in a post."""
        return stage.appointed(body.posts.get(code=post), stage.resident(None, name))


def administrator(body: Body) -> tuple[Actor, Account]:
    """The administrator of a government."""
    account, person = stage.staff(None, "高俊")
    account.password = "argon2$nobody-knows"
    account.save()
    post = body.posts.filter(code="administrator").first() or Post.objects.create(
        body=body, code="administrator", name="平台管理员", role=RoleCode.ADMINISTRATOR, seats=5
    )
    holding = stage.appointed(post, person)
    actor = actor_in_post(ref(holding))
    assert actor is not None
    return actor, account


def build() -> Office:
    """Make the town and its people."""
    load_kinds(by=SYSTEM)
    town = stage.build()
    city, city_account = administrator(stage.body("city_government", town.city))
    district, district_account = administrator(stage.body("district_government", town.district))
    committee = stage.body("residents_committee", town.east)
    school = stage.body("resident_unit", town.east, name="湖东路小学")
    chair = stage.appointed(committee.posts.get(code="chair"), stage.resident(town.east, "李梅"))
    delegate = stage.appointed(school.posts.get(code="delegate"), stage.resident(None, "何丽"))
    station = stage.body("workstation", town.west)
    return Office(town, city, city_account, district, district_account, committee, chair, school, delegate, station)


def second_holder(office: Office, person: Resident) -> Holding:
    """Give somebody a post of the city as well."""
    body = stage.body("reviewing_office", office.town.city)
    return stage.appointed(body.posts.get(code="officer"), person)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.stopped_at(MORNING), override("en"):
        yield


@pytest.fixture
def office(db: None, settings: Any) -> Office:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return build()


@pytest.fixture
def browser(office: Office) -> Client:
    """The browser of the city's administrator."""
    return office.browser()
