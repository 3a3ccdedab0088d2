"""The suite runs as the app role on a migrated database that `run.py test` prepares; each test is rolled back.

A test that needs real commits (threads, the feed, another process) takes `own_city`: a clone of the database, dropped afterwards.
"""

import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from django.utils import translation
from psycopg import sql


def _owner(statement: str, *names: str) -> None:
    """Run one statement beside the test database as its owner."""
    at = urlsplit(os.environ["DATABASE_OWNER_URL"])
    where = {"host": unquote(at.hostname or ""), "user": at.username, "password": at.password, "dbname": "postgres"}
    with psycopg.connect(**where, **({"port": at.port} if at.port else {}), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _drop(name: str) -> None:
    """Drop a database, whoever is connected; a vacuum of the server itself is waited for, since no owner may end it."""
    for pause in (0.2, 1, 5):
        try:
            _owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(pause)
        else:
            return
    _owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def template_city() -> str:
    """The migrated, empty database that `run.py test` prepares: nobody connects to it, so that anybody may clone it."""
    return unquote(urlsplit(os.environ["DATABASE_OWNER_URL"]).path[1:])


@pytest.fixture(scope="session")
def django_db_setup(template_city: str) -> Iterator[None]:
    """Give each process a database of its own; the suite runs in one process a core."""
    name = f"{template_city}_{os.getpid()}"
    _owner("CREATE DATABASE {} TEMPLATE {}", name, template_city)
    settings.DATABASES["default"]["NAME"] = name
    yield
    connections["default"].close()
    connections["default"].close_pool()
    _drop(name)


@pytest.fixture(scope="session", autouse=True)
def cheap() -> Iterator[None]:
    """Hash passwords in no time, as that argon2 is slow is its authors' to test; look for static files when they are asked for."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session")
def clone() -> Callable[[str, str], None]:
    """Copy a database: clone(new, of)."""
    return lambda new, of: _owner("CREATE DATABASE {} TEMPLATE {}", new, of)


@pytest.fixture(scope="session")
def drop() -> Callable[[str], None]:
    """Drop a database, whoever is connected."""
    return _drop


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Each test begins in the city's language, whatever the last one's browser spoke."""
    translation.activate("zh-hans")


@pytest.fixture(autouse=True)
def nobody_has_called_yet() -> None:
    """What other tests have asked of the open doors counts for none of this one's calls: their clock may stand at the same minute."""
    if floods := sys.modules.get("linli.config.floods"):
        floods._minute = floods.Minute()


@pytest.fixture(autouse=True)
def static_files_by_plain_names(settings: pytest.FixtureRequest) -> None:
    """Tests render pages without having collected the static files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def own_city(template_city: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give the test a database of its own, with real commits."""
    name = f"{template_city}_{uuid.uuid4().hex[:8]}"
    _owner("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template_city)
    outer = connections["default"]
    before = outer.settings_dict["NAME"]
    outer.close_pool()  # the connections of threads go to the new database
    fresh = connections.create_connection("default")  # the test's own may stand in a transaction of its package
    fresh.settings_dict["NAME"] = name
    connections["default"] = fresh
    with django_db_blocker.unblock():
        yield
        fresh.close()
        fresh.close_pool()
    fresh.settings_dict["NAME"] = before
    connections["default"] = outer
    _drop(name)
