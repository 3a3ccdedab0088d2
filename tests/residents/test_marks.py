"""A death or a move that was recorded of the wrong person is undone, at any time, for a reason; everything is as it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from people.town import STAGE, Town, build, enter, post

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.figures import queries as figures
from linli.ground.figures.models import Measure
from linli.ground.people.models import Electoral
from linli.ground.people.models import Person as Resident
from linli.ground.residents import actions, personal_data
from linli.ground.residents.models import Mark, RequestKind, UndoneMark

from .desk import at

DAY = date(2026, 5, 1)
WHY = "同名同姓的另一位居民。"


@pytest.fixture
def wang(town: Town) -> Resident:
    return enter(town.east, born_on=date(1950, 1, 1), address="3号楼501", electoral=Electoral.REGISTERED)


def state(person: Resident) -> dict[str, object]:
    """The entry as the database has it, but for the count of its changes."""
    return Resident.objects.values().get(pk=person.pk) | {"version": 0}


def counts(town: Town) -> list[int | None]:
    return [figures.figure(what, town.east.path, clock.today()).number for what in Measure]


@pytest.mark.parametrize("verb", ["mark_died", "mark_left"])
def test_undone_at_the_desk_everything_is_as_it_was(
    browser: Client, worker: Person, wang: Resident, town: Town, verb: str
) -> None:
    before = state(wang)
    browser.post(at(verb, wang.pk), {"on": "2026-05-01", "sure": "on"})
    assert (state(wang) != before, counts(town)) == (True, [None] * 3)
    assert "Was somebody else meant?" in browser.get(at("show", wang.pk)).content.decode()
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert browser.post(at(f"undo_{verb}", wang.pk), {"reason": WHY}).url == at("show", wang.pk)
    assert (state(wang), counts(town)) == (before, [1, 1, 1])
    undone = UndoneMark.objects.get()
    what = {"mark_died": Mark.DIED, "mark_left": Mark.LEFT}[verb]
    assert (undone.what, undone.day, undone.reason, str(undone)) == (what, DAY, WHY, f"{what} 2026-05-01")
    page = browser.get(at("show", wang.pk)).content.decode()
    assert (WHY in page, "Was somebody else meant?" in page) == (True, False)


@pytest.mark.parametrize("verb", ["undo_mark_died", "undo_mark_left"])
def test_without_a_reason_or_without_a_record_nothing_is_undone(
    browser: Client, worker: Person, wang: Resident, verb: str
) -> None:
    getattr(wang, verb.removeprefix("undo_"))(on=DAY, by=SYSTEM)
    for reason in ("", " ", "长" * 501):
        assert browser.post(at(verb, wang.pk), {"reason": reason}).status_code == 422
    browser.post(at(verb, wang.pk), {"reason": WHY})
    again = browser.post(at(verb, wang.pk), {"reason": WHY})
    assert (again.status_code, "has been undone already" in again.content.decode()) == (422, True)
    assert UndoneMark.objects.count() == 1


def test_the_log_has_both_days_and_no_reason(wang: Resident) -> None:
    wang.mark_died(on=DAY, by=SYSTEM)
    actions.undo_mark_died(wang, reason=WHY, by=SYSTEM)
    event = Event.objects.get(verb="people.person.undo_mark_died")
    assert (event.subject, event.data) == (f"people.person:{wang.pk}", {"died_on": ["2026-05-01", None]})


def test_the_database_takes_no_undoing_without_a_reason_and_none_unknown(wang: Resident) -> None:
    for wrong in ({"what": Mark.DIED, "reason": ""}, {"what": "born", "reason": WHY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UndoneMark.objects.create(person=wang, day=DAY, **wrong)


def test_what_is_recorded_is_not_recorded_over(browser: Client, worker: Person, wang: Resident) -> None:
    wang.mark_left(on=DAY, by=SYSTEM)
    for verb in ("mark_died", "mark_left"):
        answer = browser.post(at(verb, wang.pk), {"on": "2026-06-01", "sure": "on"})
        assert (answer.status_code, "is recorded already" in answer.content.decode()) == (422, True)
    assert (state(wang)["left_on"], state(wang)["died_on"]) == (DAY, None)


def test_an_entry_that_is_merged_or_erased_is_told_that_it_is_too_late(wang: Resident, town: Town) -> None:
    other, erased = enter(town.east, "李明"), enter(town.east, "赵刚")
    for one in (wang, erased):
        one.mark_died(on=DAY, by=SYSTEM)
    wang.merge(into=other, by=SYSTEM)
    actions.erase(actions.ask(erased, kind=RequestKind.ERASURE, by=SYSTEM), by=SYSTEM)
    for one in (wang, erased):
        with pytest.raises(ValidationError, match="cannot be undone any more"):
            actions.undo_mark_died(one, reason=WHY, by=SYSTEM)
        assert state(one)["died_on"] == DAY
    assert UndoneMark.objects.count() == 0


def test_the_person_gets_it_in_their_copy_and_erasure_takes_the_reason(wang: Resident) -> None:
    wang.mark_left(on=DAY, by=SYSTEM)
    actions.undo_mark_left(wang, reason=WHY, by=SYSTEM)
    assert dict(personal_data.collect_all(wang))["Undone records"][0]["why it was undone"] == WHY
    actions.erase(actions.ask(wang, kind=RequestKind.ERASURE, by=SYSTEM), by=SYSTEM)
    assert UndoneMark.objects.count() == 0


def test_nobody_undoes_their_own_and_nobody_elses_place(browser: Client, wang: Resident, town: Town) -> None:
    wang.mark_died(on=DAY, by=SYSTEM)
    STAGE["actor"] = post(RoleCode.WORKER, town.east.path, person=wang.pk)
    own = [
        browser.post(at(verb, wang.pk), {"reason": WHY}).status_code for verb in ("undo_mark_died", "undo_mark_left")
    ]
    STAGE["actor"] = post(RoleCode.WORKER, town.west.path)
    other = [
        browser.post(at(verb, wang.pk), {"reason": WHY}).status_code for verb in ("undo_mark_died", "undo_mark_left")
    ]
    assert (own, other, state(wang)["died_on"]) == ([403] * 2, [404] * 2, DAY)


@pytest.mark.usefixtures("own_city")
def test_two_desks_that_undo_at_once_undo_once() -> None:
    person, start = enter(build().east), Barrier(2)
    person.mark_died(on=DAY, by=SYSTEM)

    def together(_number: int) -> str:
        mine = Resident.objects.get(pk=person.pk)
        start.wait()
        try:
            actions.undo_mark_died(mine, reason=WHY, by=SYSTEM)
        except ValidationError as error:
            return str(error.messages[0])
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(together, range(2)))
    assert (told[0], bool(told[1]), UndoneMark.objects.count()) == ("", True, 1)
