"""A city to try things in: Wuhai as it ships, and files of places written on the spot."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from linli.ground.authority.actors import SYSTEM, Actor, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.places import actions
from linli.ground.places.models import City, Place

from . import acting

Rows = Iterable[tuple[str, ...]]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def now() -> Iterable[None]:
    """One working morning."""
    with clock.stopped_at(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def wuhai(db: None) -> City:
    """乌海市, open as a demonstration."""
    return actions.open_city(code="1503", is_demo=True, by=SYSTEM)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as a file of the statistics."""

    def written(rows: Rows, header: str = "code,name", name: str = "places.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
        return file

    return written


@pytest.fixture
def load(write: Write, db: None) -> Callable[..., actions.Loaded]:
    """Load rows as an edition."""

    def loaded(rows: Rows, edition: date = date(2024, 6, 30), header: str = "code,name") -> actions.Loaded:
        return actions.load_places(file=write(rows, header), edition=edition, by=SYSTEM)

    return loaded


@pytest.fixture
def keeper() -> Person:
    """The administrator of Wuhai."""
    return Person(
        ref="people.account:1",
        name="管理员",
        post=PostHeld("organisations.post:1", RoleCode.ADMINISTRATOR, 1, "1503", "市 · 管理员"),
    )


@pytest.fixture
def worker() -> Person:
    """A worker of one community, who keeps no places."""
    return Person(
        ref="people.account:2",
        name="社工",
        post=PostHeld("organisations.post:2", RoleCode.WORKER, 2, "150302007009", "社区 · 社工"),
    )


@pytest.fixture
def hudong(wuhai: City) -> Place:
    """湖东社区."""
    return Place.objects.get(path="150302007009")


@pytest.fixture
def transactional_rollback(db: None) -> Callable[[], AbstractContextManager[None]]:
    """Undo what happens inside, for properties that are tried many times in one test."""

    @contextmanager
    def rolled_back() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return rolled_back


@pytest.fixture
def act(settings: LazySettings) -> Iterator[Callable[[Actor], None]]:
    """Let somebody ask."""
    settings.ACTOR_RESOLVER = f"{acting.__name__}.resolve"
    yield acting.who.append
    del acting.who[1:]
