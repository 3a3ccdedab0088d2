"""Somebody who had moved away lives here again: a fact of its own with its day and place; the time away is not forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from people.town import STAGE, Town, enter, post

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event
from linli.ground.people.models import Electoral, Residence
from linli.ground.people.models import Person as Resident
from linli.ground.residents import personal_data

from .desk import at

LEFT, BACK = date(2025, 5, 1), date(2026, 9, 1)


@pytest.fixture
def wang(town: Town) -> Resident:
    person = enter(town.east, address="3号楼501", electoral=Electoral.REGISTERED, phone="13900000001")
    person.mark_left(on=LEFT, by=SYSTEM)
    return person


def typed(town: Town, **other: Any) -> dict[str, Any]:
    return {"on": "2026-09-01", "place": town.east.pk, "residence": "living"} | other


def come_back(person: Resident, town: Town, on: date = BACK) -> None:
    person.mark_back(on=on, place=town.east, residence=Residence.LIVING, by=SYSTEM)


def test_the_desk_records_a_return_and_the_entry_counts_again(
    browser: Client, worker: Person, wang: Resident, town: Town
) -> None:
    page = browser.get(at("show", wang.pk)).content.decode()
    assert ("Record the return" in page, "Record the move" in page, "Record the death" in page) == (True, False, False)
    assert browser.post(at("mark_back", wang.pk), typed(town)).url == at("show", wang.pk)
    wang.refresh_from_db()
    assert (wang.left_on, wang.back_on, wang.residence, wang.household) == (LEFT, BACK, "living", None)
    page = browser.get(at("show", wang.pk)).content.decode()
    assert ("Was away" in page, "Record the return" in page, "Record the move" in page) == (True, False, True)
    event = Event.objects.get(verb="people.person.mark_back")
    assert (event.data["back_on"], event.place_path) == ([None, "2026-09-01"], town.east.path)


def test_who_was_away_is_counted_on_the_days_they_lived_here(wang: Resident, town: Town) -> None:
    come_back(wang, town)
    days = [LEFT - timedelta(days=1), LEFT, BACK - timedelta(days=1), BACK]
    assert [wang.is_present(day) for day in days] == [True, False, False, True]
    assert [Resident.objects.present(day).count() for day in days] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [(Electoral.REGISTERED, Electoral.UNREGISTERED), (Electoral.DEPRIVED, Electoral.DEPRIVED)],
)
def test_the_vote_is_registered_anew_and_a_courts_word_stays(
    wang: Resident, town: Town, before: Electoral, after: Electoral
) -> None:
    wang.correct(fields={"electoral": before}, by=SYSTEM)
    come_back(wang, town)
    assert wang.electoral == after


def test_who_has_come_back_may_move_away_again_or_die(wang: Resident, town: Town) -> None:
    come_back(wang, town)
    wang.mark_left(on=BACK + timedelta(days=30), by=SYSTEM)
    assert (wang.is_away, wang.back_on) == (True, None)
    come_back(wang, town, on=BACK + timedelta(days=60))
    wang.mark_died(on=BACK + timedelta(days=90), by=SYSTEM)
    assert wang.is_present(BACK + timedelta(days=90)) is False


def test_nobody_comes_back_who_is_here_is_dead_or_left_later(
    browser: Client, worker: Person, wang: Resident, town: Town
) -> None:
    early = browser.post(at("mark_back", wang.pk), typed(town, on="2025-04-30"))
    assert (early.status_code, "2025-04-30" in early.content.decode()) == (422, True)
    for wrong in ({"on": "2999-01-01"}, {"on": ""}, {"place": town.west.pk}, {"residence": "none"}):
        assert browser.post(at("mark_back", wang.pk), typed(town, **wrong)).status_code == 422
    come_back(wang, town)
    with pytest.raises(ValidationError):
        come_back(wang, town)
    with pytest.raises(ValidationError):
        wang.undo_mark_left(by=SYSTEM)
    here = enter(town.east, "李明")
    assert browser.post(at("mark_back", here.pk), typed(town)).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.filter(pk=here.pk).update(back_on=BACK)


def test_another_desk_does_not_find_the_entry(browser: Client, town: Town, wang: Resident) -> None:
    STAGE["actor"] = post(RoleCode.WORKER, town.west.path)
    assert browser.post(at("mark_back", wang.pk), typed(town)).status_code == 404


def test_the_copy_says_how_long_one_was_away(wang: Resident, town: Town) -> None:
    come_back(wang, town)
    shown = personal_data.entry_rows(wang)[0]
    assert (shown["moved away on"], shown["moved back on"]) == ("2025-05-01", "2026-09-01")
