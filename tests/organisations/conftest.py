"""The town of the organisations' tests, on one working morning."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.kinds.actions import load_kinds
from tests.factories.people import sign_in

from . import town as stage


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 11, 23, 2, tzinfo=UTC)), override("en"):
        yield


@pytest.fixture
def town(db: None) -> stage.Town:
    load_kinds(by=SYSTEM)
    return stage.build()


@pytest.fixture
def browser(town: stage.Town, settings: Any, tmp_path: Path) -> Client:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def officer(town: stage.Town, browser: Client) -> Client:
    """The browser of an officer of 滨河街道."""
    account, person = stage.staff(None, "赵明")
    stage.appointed(stage.body("subdistrict_office", town.office).posts.get(code="officer"), person)
    sign_in(browser, account)
    return browser
