"""The log: every event finds its place, and no hand on the database stays unseen."""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import actions, clock, feed, tasks
from linli.ground.core.models import Event, FeedEntry, Follower, Seal
from tests.factories.registries import of_its_own

pytestmark = pytest.mark.usefixtures("own_city")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """Seals are exported to a folder of the test's own."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def base(own_city: None) -> int:
    """The rules and kinds that every city starts with have their places already; return how many."""
    while actions.relay():
        pass
    return FeedEntry.objects.count()


def fresh(base: int) -> list[tuple[int, str]]:
    """The feed since then: positions counted from one, and verbs."""
    entries = FeedEntry.objects.filter(position__gt=base).order_by("position")
    return [(position - base, verb) for position, verb in entries.values_list("position", "event__verb")]


def happen(count: int) -> list[Event]:
    return [actions.record(f"test.thing.step{number}", "test.thing:1", by=SYSTEM) for number in range(count)]


def as_owner(*statements: str) -> None:
    """Do what only somebody with the owner's password and bad intent could."""
    at = urlsplit(os.environ["DATABASE_OWNER_URL"])
    name = connection.settings_dict["NAME"]
    with psycopg.connect(host=unquote(at.hostname or ""), user=at.username, password=at.password, dbname=name) as owner:
        for table in ("core_event", "core_feedentry", "core_seal", "core_pending"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            owner.execute(statement)


def test_events_get_their_places_in_order(base: int) -> None:
    happen(3)
    assert actions.relay() == 3
    assert fresh(base) == [
        (1, "test.thing.step0"),
        (2, "test.thing.step1"),
        (3, "test.thing.step2"),
    ]
    assert feed.verify() is None


def test_an_event_that_commits_late_is_not_skipped(base: int) -> None:
    begun, finish = threading.Event(), threading.Event()

    def slow_export() -> None:
        with transaction.atomic():
            actions.record("test.thing.slow", "test.thing:1", by=SYSTEM)
            begun.set()
            finish.wait(5)
        connection.close()

    slow = threading.Thread(target=slow_export)
    slow.start()
    begun.wait(5)
    actions.record("test.thing.quick", "test.thing:1", by=SYSTEM)
    assert actions.relay() == 1
    finish.set()
    slow.join()
    assert actions.relay() == 1
    assert fresh(base) == [(1, "test.thing.quick"), (2, "test.thing.slow")]


def test_two_relays_at_once_give_no_place_twice(base: int) -> None:
    happen(40)

    def relay() -> None:
        while actions.relay(3):
            pass
        connection.close()

    relays = [threading.Thread(target=relay) for _ in range(4)]
    for one in relays:
        one.start()
    for one in relays:
        one.join()
    assert [position for position, _verb in fresh(base)] == list(range(1, 41))


def test_the_app_role_cannot_touch_what_happened() -> None:
    happen(1)
    actions.relay()
    for forbidden in (
        lambda: Event.objects.update(verb="x"),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: FeedEntry.objects.update(digest="x"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            forbidden()


TAMPERINGS: dict[str, tuple[str, str, int]] = {
    "changed": ("UPDATE core_event SET verb = 'test.thing.forged' WHERE id = {2}", "changed or reordered", 2),
    "deleted with its place": (
        "DELETE FROM core_feedentry WHERE event_id = {2}; DELETE FROM core_event WHERE id = {2}",
        "deleted",
        2,
    ),
    "reordered": (
        (
            "UPDATE core_feedentry SET position = 900000 WHERE event_id = {2};"
            "UPDATE core_feedentry SET position = {base} + 2 WHERE event_id = {3};"
            "UPDATE core_feedentry SET position = {base} + 3 WHERE event_id = {2}"
        ),
        "changed or reordered",
        2,
    ),
    "cut": (
        "DELETE FROM core_feedentry WHERE event_id >= {4}; DELETE FROM core_event WHERE id >= {4}",
        "cut off",
        4,
    ),
    "inserted": (
        (
            "INSERT INTO core_event (verb, subject, place_path, actor, post, at, data)"
            " VALUES ('test.thing.forged', 'test.thing:1', '', '', '', now(), '{{}}')"
        ),
        "inserted past the feed",
        6,
    ),
}


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_verify_finds_an_event_that_was(kind: str, base: int) -> None:
    events = happen(5)
    actions.relay()
    actions.seal()
    statements, how, position = TAMPERINGS[kind]
    as_owner(statements.format(0, *[event.pk for event in events], base=base))
    fault = feed.verify()
    assert fault is not None
    assert (fault.how, fault.position) == (how, base + position)


def test_a_log_rewritten_whole_is_found_by_the_head_kept_outside(folder: Path) -> None:
    happen(3)
    actions.relay()
    actions.seal()
    as_owner("DELETE FROM core_seal", "DELETE FROM core_feedentry", "UPDATE core_event SET verb = 'test.thing.forged'")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_pending SELECT id FROM core_event")
    actions.relay()
    assert feed.verify() is None
    fault = feed.verify(folder / "seals" / "heads.jsonl")
    assert fault is not None
    assert fault.how == "rewritten after it was sealed"


def test_a_seal_by_another_key_is_found(settings: pytest.FixtureRequest) -> None:
    happen(1)
    actions.relay()
    own_key = settings.SEAL_KEY
    settings.SEAL_KEY = settings.INDEX_KEY
    actions.seal()
    settings.SEAL_KEY = own_key
    fault = feed.verify()
    assert fault is not None
    assert fault.how == "the seal is not signed with this city's key"


def test_the_clock_places_events_lets_followers_read_and_seals(folder: Path, base: int) -> None:
    while feed.run_followers():
        pass
    happen(3)
    tasks.relay(0)
    tasks.seal(0)
    assert fresh(base) == [(1, "test.thing.step0"), (2, "test.thing.step1"), (3, "test.thing.step2")]
    assert set(Follower.objects.values_list("name", "position")) == {(name, base + 3) for name in feed.followers()}
    assert Seal.objects.get().position == base + 3


def test_nothing_new_is_not_sealed_again(folder: Path, base: int) -> None:
    happen(1)
    actions.relay()
    assert actions.seal() is not None
    assert actions.seal() is None
    assert Seal.objects.count() == 1
    assert json.loads((folder / "seals" / "heads.jsonl").read_text().strip())["position"] == base + 1


def test_a_follower_sees_each_event_once_and_goes_on_after_a_fault() -> None:
    feed.begin_at("reader", clock.now())
    start = Follower.objects.get(name="reader").position
    happen(3)
    actions.relay()
    seen: list[str] = []

    def stumble(event: Event) -> None:
        seen.append(event.verb)
        if len(seen) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        feed.follow("reader", stumble)
    assert Follower.objects.get(name="reader").position == start
    assert feed.follow("reader", stumble) == 3
    assert seen[2:] == ["test.thing.step0", "test.thing.step1", "test.thing.step2"]
    assert feed.follow("reader", stumble) == 0


def test_a_new_follower_may_leave_the_past_alone() -> None:
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)):
        happen(2)
    happen(1)
    actions.relay()
    feed.begin_at("newcomer", datetime(2026, 1, 2, tzinfo=UTC))
    assert feed.follow("newcomer", lambda _event: None) == 1


def test_one_failing_follower_does_not_hold_the_others() -> None:
    for name in ("broken", "sound"):
        feed.begin_at(name, clock.now())
    happen(1)
    actions.relay()
    seen: list[str] = []

    def broken(event: Event) -> None:
        raise ValueError(event)

    with of_its_own(feed._handlers):
        feed.register_follower("broken", broken)
        feed.register_follower("sound", lambda event: seen.append(event.verb))
        assert feed.run_followers() == 1
    assert seen == ["test.thing.step0"]
    assert Follower.objects.get(name="broken").fault == "ValueError"


def test_verify_log_says_that_the_log_is_sound(base: int, capsys: pytest.CaptureFixture[str]) -> None:
    happen(2)
    actions.relay()
    call_command("verify_log")
    assert capsys.readouterr().out == f"the log is sound: {base + 2} events\n"


def test_verify_log_names_the_first_bad_event(base: int, capsys: pytest.CaptureFixture[str]) -> None:
    events = happen(2)
    actions.relay()
    as_owner(f"UPDATE core_event SET verb = 'x' WHERE id = {events[1].pk}")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_log")
    assert stopped.value.code == 1
    assert f"position {base + 2}, event {events[1].pk}: changed or reordered" in capsys.readouterr().err
