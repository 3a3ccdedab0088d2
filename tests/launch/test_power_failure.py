"""Power failures of a real city: run.py is killed in its real migration and in its real opening, and `up` goes on; the database ends while
needs come in, the worker in the midst of a job, and nothing is lost or done twice.

The same for the opening of the demo: tests/demo/conftest.py. What only run.py does is tried on a small stand-in city (test_city.py).
"""

import http.client
import json
import os
import signal
import threading
import time
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import psycopg
import pytest

from launch.cluster import Cluster
from launch.database import OwnDatabase
from launch.folder import Folder
from tests.launch.checkout import Checkout, eventually

WUHAI = "1503"
CLIENTS, NEEDS = 4, 15
FOUNDING = """
import secrets
from datetime import date
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations.actions import Appointment, BodyPlan, appoint, set_up_bodies
from linli.ground.organisations.models import Holding, How
from linli.ground.people.actions import create_staff_account
from linli.ground.places.models import Place
place = Place.objects.current().communities().order_by("path")[0]
[station] = set_up_bodies([BodyPlan("workstation", place, date(2019, 1, 1))], by=SYSTEM)
account = create_staff_account(username="worker", password=secrets.token_urlsafe(24), name="测试", by=SYSTEM)
seat = station.posts.get(code="worker")
appoint(Appointment(seat, account.person, clock.today(), None, How.APPOINTED), by=SYSTEM)
print(place.path, ApiToken.issue(post=ref(Holding.objects.get(post=seat)), label="test", by=SYSTEM)[1])
"""
OPENING = Counter(["places.city.open", "places.edition.load"])


class Desk:
    """The API of intake at the desk of one community, for a program that asks again until it is answered."""

    def __init__(self, port: int, place: str, token: str) -> None:
        self.address, self.place = f"http://127.0.0.1:{port}/api", place
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def bring(self, key: str) -> str:
        """Bring a need of its own, under a key that says that it is the same one when it is sent again; its reference."""
        need = {
            "category": "safety-other",
            "text": "路灯不亮，请维修。",
            "place": self.place,
            "where": f"{key}号",
            "name": "张女士",
        }
        need |= {"phone": f"139{zlib.crc32(key.encode()) % 10**8:08}"}
        return str(self._send("/intake/", need, {"Idempotency-Key": key})["reference"])

    def accept(self, reference: str) -> None:
        """Take it on."""
        self._send(f"/cases/{reference}/accept", {"version": 1}, {})

    def _send(self, path: str, said: dict[str, object], more: dict[str, str]) -> dict[str, object]:
        request = Request(self.address + path, json.dumps(said).encode(), self.headers | more)
        until = time.monotonic() + 90
        while True:
            try:
                with urlopen(request, timeout=30) as answer:
                    return dict(json.load(answer))
            except OSError as error:
                if time.monotonic() > until or getattr(error, "code", 500) < 500:
                    raise
                time.sleep(0.2)


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


def test_a_real_city_outlives_two_power_failures(real_checkout: Checkout, real_port: int) -> None:
    city, up = real_checkout, ("up", "--detach", "--city", WUHAI, "--port", str(real_port))
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
    with urlopen(f"http://127.0.0.1:{real_port}/healthz", timeout=5) as answer:
        assert answer.status == http.client.OK
    levels = ask(city, "SELECT level || ' ' || count(*) FROM places_place GROUP BY level ORDER BY count(*)")
    assert levels.splitlines() == ["province 1", "prefecture 1", "county 3", "town 22", "community 87"]
    assert events(city) - before == OPENING
    assert ask(city, "SELECT count(*) FROM rulebook_ruleversion") == laws
    assert "the log is sound" in city.run("manage", "verify_log").stdout


@pytest.fixture(scope="module")
def desk(real_checkout: Checkout, real_port: int) -> Desk:
    """The desk of a community of the city that has outlived its beginning."""
    said = real_checkout.run("manage", "shell", "-v0", "-c", FOUNDING)
    assert said.returncode == 0, said.stderr
    return Desk(real_port, *said.stdout.split())


def test_no_need_is_lost_or_doubled_when_the_database_ends(real_checkout: Checkout, desk: Desk) -> None:
    half = threading.Event()

    def client(number: int) -> list[str]:
        brought = []
        for one in range(NEEDS):
            brought.append(desk.bring(f"{number}-{one}"))
            if one == NEEDS // 3:
                half.set()
        return brought

    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(client, number) for number in range(CLIENTS)]
        assert half.wait(60)
        server = Cluster(Folder(real_checkout.data)).process
        assert server is not None
        os.kill(server.pid, signal.SIGKILL)
        brought = [reference for one in clients for reference in one.result()]
    assert len({*brought}) == CLIENTS * NEEDS
    kept = ask(real_checkout, "SELECT reference FROM cases_case").splitlines()
    assert sorted(kept) == sorted(brought)
    for waiting in (
        "deadlines_clock WHERE about LIKE 'cases.case:%'",
        "deadlines_todo WHERE verb = 'cases.accept'",
        "cases_reporter",
    ):
        assert ask(real_checkout, f"SELECT count(*) FROM {waiting}") == str(len(brought))
    assert events(real_checkout)["cases.case.receive"] == len(brought)


def test_a_job_whose_worker_was_killed_is_done_once(real_checkout: Checkout, desk: Desk) -> None:
    city = real_checkout
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with psycopg.connect(OwnDatabase(Folder(city.data)).owner_url) as somebody:
        somebody.execute("LOCK TABLE core_follower IN SHARE MODE")  # the followers wait in the midst of the job
        reference = desk.bring("told")
        desk.accept(reference)
        assert eventually(lambda: ask(city, waiting) != "0")
        before = city.running["worker"]["pid"]
        os.kill(int(before), signal.SIGKILL)
        assert eventually(lambda: city.running.get("worker", {}).get("pid") not in {None, before})
    told = "SELECT count(*) FROM notices_message m JOIN core_event e ON e.id = m.event_id WHERE e.verb = 'cases.case.accept'"
    assert eventually(lambda: ask(city, told) == "1", 60)
    left = "SELECT count(*) FROM core_pending"
    assert eventually(lambda: ask(city, left) == "0", 60)
    assert ask(city, "SELECT count(*) - count(DISTINCT event_id) FROM core_feedentry") == "0"
    assert ask(city, told) == "1"
    assert "the log is sound" in city.run("manage", "verify_log").stdout
    assert city.run("down").stdout.startswith("  Stopped: supervisor, web server, worker")
