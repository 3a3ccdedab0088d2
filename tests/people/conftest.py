"""The small town of the people tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from . import town as stage


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def town(db: None) -> stage.Town:
    return stage.build()


@pytest.fixture
def browser(town: stage.Town, settings: Any, tmp_path: Path) -> Iterator[Client]:
    settings.STATIC_ROOT = tmp_path
    settings.ACTOR_RESOLVER = f"{stage.__name__}.acting"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    stage.STAGE["actor"] = None
    yield Client(headers={"accept-language": "en"})
    stage.STAGE["actor"] = None
