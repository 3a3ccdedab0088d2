"""滨河街道 with everybody who holds a post and one real thing for every address. Made once; each test is rolled back onto it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cases.conftest import MONDAY, _build
from django.db import connection, transaction
from django.test import override_settings

from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.places import queries as places
from linli.ground.places.models import City

from .furnishing import applied, coming, furnish, lodged, spare_person
from .house import EMAIL, ITEM, ROLES, STAFF, House
from .papers import LISTED


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[House]:
    """The house, in a transaction that outlives the single test."""
    with django_db_blocker.unblock(), _own_storage(tmp_path_factory.mktemp("uploads")), undone():
        with clock.stopped_at(MONDAY):
            house = furnish(_build())
            city = City.objects.select_related("place").get()
            places._cities[str(connection.settings_dict["NAME"])] = city  # as a process has it that has served a page
            yield house
        places._cities.clear()


@pytest.fixture
def house(built: House, db: None) -> Iterator[House]:
    with clock.stopped_at(MONDAY):
        yield built


@contextmanager
def _own_storage(folder: Path) -> Iterator[None]:
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder, "base_url": None}}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"default": disk, "staticfiles": plain}):
        yield


__all__ = [
    "EMAIL",
    "ITEM",
    "LISTED",
    "ROLES",
    "STAFF",
    "House",
    "applied",
    "coming",
    "lodged",
    "ref",
    "spare_person",
    "undone",
]
