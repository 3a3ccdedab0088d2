"""A query compiled once gives what the plain one gives, whatever values are asked for."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.signals import post_init, pre_init
from django.test.utils import CaptureQueriesContext

from linli.ground.authority.actors import Person
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.models import Event, FeedEntry, Pending
from linli.ground.database.prepared import NotPrepared, Prepared, PreparedRows, steady

MONDAY = datetime(2026, 9, 14, 2, tzinfo=UTC)
SINCE = datetime(1001, 1, 1, tzinfo=UTC)
WANG = Person(ref="people.account:7")


def told(actor: str, since: datetime) -> QuerySet[Event]:
    return Event.objects.filter(actor=actor, at__gte=since).exclude(at__lt=since).order_by("-pk")


@pytest.fixture
def events(db: None) -> list[Event]:
    with clock.stopped_at(MONDAY):
        first = record("core.test.one", "core.test:1", by=WANG)
    with clock.stopped_at(MONDAY + timedelta(1)):
        return [first, record("core.test.two", "core.test:2", by=WANG)]


def test_the_rows_are_those_of_the_plain_query(events: list[Event]) -> None:
    prepared = Prepared(told, actor="nobody at all", since=SINCE)
    for actor in (WANG.ref, "somebody else", "nobody at all"):
        for since in (MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(2)):
            found, plain = prepared(actor=actor, since=since), list(told(actor, since))
            assert [vars(one) | {"_state": None} for one in found] == [vars(one) | {"_state": None} for one in plain]
    assert prepared(actor=WANG.ref, since=MONDAY) == events[::-1]


def test_nobody_listens_as_a_model_is_made() -> None:
    made = [one for one in apps.get_models() if post_init.has_listeners(one) or pre_init.has_listeners(one)]
    assert made == [], "objects of worded queries are made without telling anybody"


def _note(
    said: list[object], run: Callable[..., object], sql: str, params: tuple[object, ...], *more: object
) -> object:
    said.append(params[0])
    return run(sql, params, *more)


def test_two_threads_ask_for_different_things_at_once(events: list[Event]) -> None:
    prepared = Prepared(told, actor="nobody at all", since=SINCE)
    assert len(prepared(actor=WANG.ref, since=MONDAY)) == 2
    worded: dict[str, list[object]] = {"甲": [], "乙": []}
    begin = threading.Barrier(2)

    def ask(name: str) -> None:
        begin.wait()
        with connection.execute_wrapper(partial(_note, worded[name])):
            for _time in range(50):
                assert prepared(actor=name, since=MONDAY) == []
        connection.close()

    threads = [threading.Thread(target=ask, args=(name,)) for name in worded]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert worded == {"甲": ["甲"] * 50, "乙": ["乙"] * 50}


@pytest.mark.django_db
def test_a_sample_that_the_query_does_not_hold_is_named() -> None:
    blind = Prepared(lambda actor, since: Event.objects.filter(actor=actor), actor="nobody at all", since=SINCE)
    with pytest.raises(NotPrepared, match="since"):
        blind(actor=WANG.ref, since=MONDAY)


def test_a_sample_that_may_miss_is_given_all_the_same(events: list[Event]) -> None:
    prepared = Prepared(
        lambda actor, **_more: Event.objects.filter(actor=actor).order_by("pk"),
        may_miss=["since"],
        actor="nobody at all",
        since=SINCE,
    )
    assert prepared(actor=WANG.ref, since=MONDAY) == events


def test_what_stands_beside_many_is_made_once(events: list[Event]) -> None:
    _first, second = events
    Pending.objects.filter(event=second).delete()
    FeedEntry.objects.create(position=1, event=second, digest="")
    prepared = Prepared(
        lambda since: Event.objects.filter(actor=WANG.ref, at__gte=since).select_related("entry").order_by("pk"),
        since=SINCE,
    )
    found = prepared(since=MONDAY)
    assert [one._state.fields_cache.get("entry") for one in found] == [None, second.entry]
    assert found[1].entry.event is found[1]


def test_a_value_may_be_left_out_and_a_list_is_one_value(events: list[Event]) -> None:
    first, second = events

    def wanted(verbs: list[str], begins: str | None = None) -> QuerySet[Event]:
        found = Event.objects.filter(verb__among=verbs).order_by("pk")
        return found if begins is None else found.filter(subject__startswith=begins)

    prepared = Prepared(wanted, verbs=["no verb"], begins="no subject")
    both = [first.verb, second.verb]
    assert [prepared(verbs=some) for some in (both, [second.verb], [])] == [events, [second], []]
    assert [prepared(verbs=both, begins=some) for some in ("core.test", "core_test", "core%", "")] == [
        *(events, [], [], events),
    ]
    assert (prepared.first(verbs=both), prepared.first(verbs=[])) == (first, None)


def test_rows_of_values_are_those_of_the_plain_query(events: list[Event]) -> None:
    def rows(actor: str) -> QuerySet[Event, tuple[object, ...]]:
        plain = Event.objects.filter(actor=actor).values_list("verb", "data", "at")
        return plain.union(Event.objects.filter(actor=actor).values_list("verb", "data", "at"), all=True)

    prepared = PreparedRows(rows, actor="nobody at all")
    assert sorted(map(tuple, prepared(actor=WANG.ref)), key=str) == sorted(rows(WANG.ref), key=str)
    assert prepared(actor="nobody") == []


def test_what_is_no_query_for_rows_of_one_kind_is_refused(events: list[Event]) -> None:
    with pytest.raises(NotPrepared):
        Prepared(lambda actor: Event.objects.filter(actor=actor).prefetch_related("entry"), actor="nobody")(actor="")
    with pytest.raises(NotPrepared):
        PreparedRows(lambda actor: Event.objects.filter(actor=actor).values("pk"), actor="nobody")(actor="")  # type: ignore[arg-type,return-value]


def test_a_prepared_query_sees_what_was_changed_and_what_was_taken_back(events: list[Event]) -> None:
    prepared = Prepared(lambda actor: Event.objects.filter(actor=actor), actor="nobody at all")
    with transaction.atomic():
        record("core.test.three", "core.test:3", by=WANG)
        assert len(prepared(actor=WANG.ref)) == 3
        transaction.set_rollback(True)
    assert len(prepared(actor=WANG.ref)) == 2


def test_what_stands_still_is_read_once_and_each_call_has_objects_of_its_own(events: list[Event]) -> None:
    found = Prepared(lambda verb: Event.objects.filter(verb=verb), verb="a verb")
    before = found(verb=events[0].verb)
    with steady(Event), CaptureQueriesContext(connection) as asked:
        first, again, other = found(verb=events[0].verb), found(verb=events[0].verb), found(verb="nobody's")
    assert (first, again, other, len(asked)) == (before, before, [], 2)
    assert first[0] is not again[0]
    with steady(Pending), CaptureQueriesContext(connection) as asked:
        assert found(verb=events[0].verb) == found(verb=events[0].verb)
    assert len(asked) == 2


def test_the_server_keeps_the_statement(events: list[Event]) -> None:
    prepared = Prepared(lambda actor: Event.objects.filter(actor=actor), actor="nobody at all")
    prepared(actor=WANG.ref)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%actor\" = $1%'")
        assert cursor.fetchone()[0] == 1
