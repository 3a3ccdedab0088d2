"""A street of the city for the tests of time: a community under its sub-district, each with its body."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from linli.ground.authority import actors
from linli.ground.authority.actors import Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.organisations.models import Body, BodyKind
from linli.ground.places.models import Place

TREE = {
    "15": ("内蒙古自治区", "province"),
    "1503": ("乌海市", "prefecture"),
    "150302": ("海勃湾区", "county"),
    "150302007": ("滨河街道", "town"),
    "150302007003": ("湖东社区居委会", "community"),
}
HUDONG, BINHE, HAIBOWAN, WUHAI = "150302007003", "150302007", "150302", "1503"


def at(text: str) -> datetime:
    """Return a moment in the city's time."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for path, (name, level) in TREE.items():
        parent = next((found[above] for above in sorted(found, reverse=True) if path.startswith(above)), None)
        kind = "juweihui" if level == "community" else ""
        found[path] = Place.objects.create(
            path=path, name=name, level=level, kind=kind, parent=parent, begun_on=date(2023, 6, 30)
        )
    return found


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
        post = PostHeld(
            ref="organisations.post:1", role=role, body=body.pk, place_path=body.place.path, title=body.name
        )
        return Person(ref="people.account:1", name="王", post=post)

    return act


@pytest.fixture
def worker(committee: Body, in_post: Callable[[RoleCode, Body], Person]) -> Person:
    return in_post(RoleCode.WORKER, committee)


@pytest.fixture
def reviewer(places: dict[str, Place]) -> Person:
    post = PostHeld(ref="organisations.post:9", role=RoleCode.REVIEWER, body=0, place_path=WUHAI, title="准入办")
    return Person(ref="people.account:9", name="赵", post=post)


@pytest.fixture
def september() -> Iterator[None]:
    """Monday morning before the swapped Sunday of the 2026 National Day."""
    with clock.stopped_at(at("2026-09-14T10:40")):
        yield


@pytest.fixture
def as_actor(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], Client]:
    def act(actor: Person) -> Client:
        monkeypatch.setattr(actors.ActorMiddleware, "__call__", lambda self, request: _with(self, request, actor))
        client = Client()
        client.cookies["sessionid"] = "x"
        return client

    return act


def _with(middleware: actors.ActorMiddleware, request: object, actor: Person) -> object:
    request.actor = actor  # type: ignore[attr-defined]
    return middleware.get_response(request)  # type: ignore[arg-type]
