"""The fixtures: the small city of town.py and its administrator."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from linli.commons.notices import templates
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.places.queries import _cities
from tests.factories.registries import of_its_own

from .town import MORNING, Wuhai, found_city


@pytest.fixture
def wuhai(db: None) -> Iterator[Wuhai]:
    with clock.stopped_at(MORNING):
        yield found_city()
    _cities.clear()


@pytest.fixture
def real_wuhai(db: None) -> Iterator[Wuhai]:
    with clock.stopped_at(MORNING):
        yield found_city(is_demo=False)
    _cities.clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read in the language of the sources."""
    with translation.override("en"):
        yield


@pytest.fixture
def words() -> Iterator[None]:
    """The test's own templates; those of the apps are back afterwards."""
    with of_its_own(templates._templates):
        yield


@pytest.fixture
def chief(wuhai: Wuhai) -> Client:
    """The city's administrator at the desk."""
    account, _holding = wuhai.hold(wuhai.body("1503", "管理处"), RoleCode.ADMINISTRATOR)
    return wuhai.client(account)


@pytest.fixture
def sms_sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What would reach phones: the settings name this gateway instead of the console."""
    sent: list[tuple[str, str, str]] = []
    monkeypatch.setattr("linli.ground.people.sms.console", lambda phone, text, key: sent.append((phone, text, key)))
    return sent
