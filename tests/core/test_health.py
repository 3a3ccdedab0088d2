"""What the operator's monitor is told when a part of the city is away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from linli import VERSION

pytestmark = pytest.mark.usefixtures("own_city")


def asked() -> tuple[int, dict[str, str]]:
    answer = Client().get("/healthz")
    return answer.status_code, answer.json()


def beat(ago: timedelta) -> None:
    """A worker that was last heard of some time ago."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now() - ago])


def test_a_city_whose_worker_is_away_is_not_well_until_it_beats() -> None:
    assert asked() == (503, {"database": "up", "worker": "down", "version": VERSION})
    beat(timedelta(seconds=70))
    assert asked() == (503, {"database": "up", "worker": "down", "version": VERSION})
    beat(timedelta(seconds=5))
    assert asked() == (200, {"database": "up", "worker": "up", "version": VERSION})


def test_a_city_without_its_database_says_so(drop: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    beat(timedelta(seconds=5))
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "pool", options["pool"] | {"timeout": 0.5})
    connection.close()
    connection.close_pool()
    drop(str(connection.settings_dict["NAME"]))
    assert asked() == (503, {"database": "down", "worker": "down", "version": VERSION})
