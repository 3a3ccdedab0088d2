"""Whoever is about to be entered a second time: the keeper is told before anything is saved, and decides."""

import pytest
from django.test import Client
from django.urls import reverse
from people.town import GOOD_ID, WOMAN_ID, Town, enter

from linli.ground.authority.actors import Person
from linli.ground.people.models import Person as Resident

PHONE = "13900000001"
ENTER = reverse("residents:enter")


def typed(town: Town, **given: str) -> dict[str, object]:
    entry = {"name": "王秀兰", "residence": "registered", "electoral": "registered", "verification": "declared"}
    return entry | {"place": town.east.pk} | given


@pytest.mark.parametrize("given", [{"phone": PHONE}, {}, {"name": "王兰", "phone": PHONE}])
def test_enter_tells_of_an_entry_that_looks_alike_masked_and_linked(
    browser: Client, worker: Person, town: Town, given: dict[str, str]
) -> None:
    known = enter(town.east, "王秀兰", phone=PHONE)
    answer = browser.post(ENTER, typed(town, **given))
    page = answer.content.decode()
    assert (answer.status_code, Resident.objects.count()) == (422, 1)
    assert f'href="{reverse("residents:show", args=[known.pk])}"' in page
    assert ("王某某" in page, "139****0001" in page) == (True, True)
    assert f'name="seen" value="{known.pk} "' in page


def test_enter_all_the_same_takes_what_the_keeper_has_seen_and_nothing_else(
    browser: Client, worker: Person, town: Town
) -> None:
    known, other = enter(town.east, "王秀兰", phone=PHONE), enter(town.east, "李明")
    assert browser.post(ENTER, typed(town, name="李明", seen=f"{known.pk} x")).status_code == 422
    assert browser.post(ENTER, typed(town, phone=PHONE, seen=f"{known.pk} ")).status_code == 302
    assert Resident.objects.exclude(pk__in=[known.pk, other.pk]).count() == 1


def test_enter_tells_of_those_who_moved_away_and_of_the_dead(browser: Client, worker: Person, town: Town) -> None:
    gone, dead = enter(town.east, "王秀兰"), enter(town.east, "王秀兰", born_on="1950-03-01")
    gone.left_on = dead.died_on = gone.entered_at.date()
    gone.save()
    dead.save()
    page = browser.post(ENTER, typed(town)).content.decode()
    assert ("moved away" in page, "died" in page) == (True, True)


@pytest.mark.parametrize("given", [{"name": "赵刚"}, {"born_on": "1981-03-01"}, {"id_number": WOMAN_ID}])
def test_enter_says_nothing_where_facts_speak_against(
    browser: Client, worker: Person, town: Town, given: dict[str, str]
) -> None:
    enter(town.east, "王秀兰", born_on="1950-03-01", id_number=GOOD_ID)
    assert browser.post(ENTER, typed(town, **given)).status_code == 302


def test_enter_says_nothing_of_another_communitys_people(browser: Client, worker: Person, town: Town) -> None:
    enter(town.west, "王秀兰", phone=PHONE)
    assert browser.post(ENTER, typed(town, phone=PHONE)).status_code == 302


@pytest.mark.parametrize("place", ["east", "west"])
def test_an_identity_number_leads_to_its_entry_where_the_keeper_may_see_it(
    browser: Client, worker: Person, town: Town, place: str
) -> None:
    known, mine = enter(getattr(town, place), "李明", id_number=GOOD_ID), enter(town.east, "赵刚")
    link = f'href="{reverse("residents:show", args=[known.pk])}"'
    for address in (ENTER, reverse("residents:correct", args=[mine.pk])):
        answer = browser.post(address, typed(town, id_number=GOOD_ID))
        assert (answer.status_code, link in answer.content.decode()) == (422, place == "east")
