"""What stands still is read once, and again once anybody has changed it."""

from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

from linli.ground.database import standing, tasks
from linli.ground.database.models import Change
from linli.ground.places.models import Place
from linli.ground.places.queries import existing

WUHAI = {"path": "15", "level": "province", "begun_on": date(2023, 6, 30)}
NOTES, PLACE = "database_change", "places_place"


@pytest.fixture(autouse=True)
def province(own_city: None) -> None:
    Place.objects.create(name="内蒙古自治区", **WUHAI)


def served(act: Callable[[], object]) -> list[str]:
    """Of which tables a request asks that does something."""

    def answer(_request: HttpRequest) -> HttpResponse:
        act()
        return HttpResponse()

    with CaptureQueriesContext(connection) as asked:
        standing.StandingMiddleware(answer)(HttpRequest())
    return [next((table for table in (NOTES, PLACE) if table in one["sql"]), one["sql"]) for one in asked]


def called() -> str:
    found = existing("15")
    assert found is not None
    return found.name


def rename(to: str) -> None:
    Place.objects.filter(path="15").update(name=to)


def seen() -> tuple[str, list[str]]:
    """What the next request calls the place, and what it asks for that."""
    names: list[str] = []
    asked = served(lambda: names.append(called()))
    return names[0], asked


def test_the_second_request_asks_only_whether_anything_has_changed() -> None:
    assert seen() == ("内蒙古自治区", [NOTES, PLACE])
    assert seen() == ("内蒙古自治区", [NOTES])
    assert served(lambda: (called(), called())) == [NOTES]


def test_what_somebody_changed_is_read_anew() -> None:
    seen()
    rename("内蒙古")
    assert (seen(), seen()) == (("内蒙古", [NOTES, PLACE]), ("内蒙古", [NOTES]))


def test_a_request_sees_at_once_what_it_changes_itself() -> None:
    seen()
    names: list[str] = []

    def act() -> None:
        names.append(called())
        rename("内蒙古")
        names.append(called())

    assert served(act) == [NOTES, PLACE, PLACE]
    assert (names, seen()) == (["内蒙古自治区", "内蒙古"], ("内蒙古", [NOTES, PLACE]))


def test_within_a_transaction_that_has_changed_it_nothing_is_kept() -> None:
    seen()
    with transaction.atomic():
        rename("内蒙古")
        assert (seen(), seen()) == (("内蒙古", [NOTES, PLACE]), ("内蒙古", [NOTES, PLACE]))
        transaction.set_rollback(True)
    assert seen() == ("内蒙古自治区", [NOTES])


def test_an_early_change_that_is_committed_late_is_seen() -> None:
    with closing(connections.create_connection("default")) as other:
        other.ensure_connection()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO places_place (path, name, level, kind, begun_on, version) "
                "VALUES ('64', '宁夏回族自治区', 'province', '', '2023-06-30', 1)"
            )
        rename("内蒙古")
        assert (seen()[0], existing("64")) == ("内蒙古", None)
        other.commit()
    found: list[Place | None] = []
    served(lambda: found.append(existing("64")))
    assert found[0] is not None


def test_outside_of_requests_everything_is_read() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert called() == called()
    assert len(asked) == 2


def test_a_row_that_is_locked_is_never_given_from_memory() -> None:
    place = Place.objects.get(path="15")

    def act() -> None:
        with transaction.atomic():
            place.lock()

    assert [served(act).count(PLACE) for _time in range(2)] == [1, 1]


def test_a_process_keeps_only_so_many_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST", 1)
    served(lambda: (existing("15"), existing("64")))
    assert seen() == ("内蒙古自治区", [NOTES, PLACE])


def test_at_night_one_note_takes_the_place_of_all() -> None:
    for name in ("内蒙古", "内蒙"):
        rename(name)
    before = set(Change.objects.values_list("pk", flat=True))
    seen()
    tasks.begin_anew(0)
    after = set(Change.objects.values_list("pk", flat=True))
    assert (len(before) > 1, len(after), before & after) == (True, 1, set())
    assert seen() == ("内蒙", [NOTES, PLACE])
