"""Power failures while a real city is set up: run.py is killed in its real migration and in its real opening, and `up` goes on.

The same for the demo: tests/demo/conftest.py. What only run.py does is tried on a small stand-in city (test_city.py).
"""

import http.client
from collections import Counter
from urllib.request import urlopen

import psycopg

from launch.cluster import Cluster
from launch.database import OwnDatabase
from launch.folder import Folder
from tests.launch.checkout import Checkout, eventually

WUHAI = "1503"
OPENING = Counter(["places.city.open", "places.edition.load"])


def ask(checkout: Checkout, statement: str) -> str:
    """What the city's database says; empty while there is none, or no such table."""
    said = Cluster(Folder(checkout.data)).sql(statement, database="linli")
    return said.output.strip() if said.code == 0 else ""


def events(checkout: Checkout) -> Counter[str]:
    """How often each verb stands in the city's log."""
    return Counter(ask(checkout, "SELECT verb FROM core_event").splitlines())


def migrations(checkout: Checkout) -> int:
    """How many migrations are done and on record."""
    return int(ask(checkout, "SELECT count(*) FROM django_migrations") or 0)


def test_a_real_city_outlives_two_power_failures(real_checkout: Checkout, port: int) -> None:
    city, up = real_checkout, ("up", "--detach", "--city", WUHAI, "--port", str(port))
    with city.start(*up) as first:
        assert eventually(lambda: (city.data / "database.json").exists() and migrations(city) > 20)
        second = city.run(*up)
        first.kill()
    assert second.stderr.splitlines() == [
        f"Another `up` is at work on {city.data} at this moment.",
        "Way out: wait until its city answers, or end it with `python3 run.py down`.",
    ]
    half = migrations(city)
    assert "the log is sound: 0 events" in city.run("manage", "verify_log").stdout
    assert 20 < half < migrations(city)

    laws, before = ask(city, "SELECT count(*) FROM rulebook_ruleversion"), events(city)
    with psycopg.connect(OwnDatabase(Folder(city.data)).owner_url) as somebody:
        somebody.execute("LOCK TABLE places_city IN SHARE MODE")  # the opening waits with all places loaded
        with city.start(*up) as opening:
            assert eventually(lambda: ask(city, "SELECT count(*) FROM pg_locks WHERE NOT granted") == "1")
            opening.kill()
    assert eventually(lambda: ask(city, "SELECT count(*) FROM pg_locks WHERE NOT granted") == "0")
    assert (ask(city, "SELECT count(*) FROM places_place"), events(city)) == ("0", before)

    said = city.run(*up)
    assert said.returncode == 0, said.stdout + said.stderr
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        assert answer.status == http.client.OK
    levels = ask(city, "SELECT level || ' ' || count(*) FROM places_place GROUP BY level ORDER BY count(*)")
    assert levels.splitlines() == ["province 1", "prefecture 1", "county 3", "town 22", "community 87"]
    assert events(city) - before == OPENING
    assert ask(city, "SELECT count(*) FROM rulebook_ruleversion") == laws
    assert "the log is sound" in city.run("manage", "verify_log").stdout
    assert city.run("down").stdout.startswith("  Stopped: supervisor, web server, worker")
