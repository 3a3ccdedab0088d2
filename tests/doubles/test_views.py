"""The keeper's pages: who looks like one person, two entries side by side, one decision; masked, scoped, on the record."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from people.town import GOOD_ID, STAGE, Town, account_of, enter, post

from linli.ground.authority.actors import SYSTEM, Person
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event
from linli.ground.doubles import actions, queries
from linli.ground.doubles.models import Merge
from linli.ground.doubles.rules import may_merge, may_undo_merge
from linli.ground.people.models import Person as Resident
from linli.ground.residents import actions as residents
from linli.ground.residents.models import RequestKind

from .conftest import REASON, Pair

SECRETS = ("王秀兰", "13900000001", "13900000002", "3号楼")


def at(name: str, *args: object) -> str:
    return reverse(f"doubles:{name}", args=args)


def asked(pair: Pair) -> tuple[int, int]:
    return pair.kept.pk, pair.lost.pk


def test_what_looks_alike_is_suggested_masked(browser: Client, worker: Person, pair: Pair, town: Town) -> None:
    page = browser.get(at("list"))
    (found,) = page.context["doubles"]
    assert (found.kept, found.lost, found.signs) == (*pair, ["same name", "same community"])
    assert [secret for secret in SECRETS if secret in page.content.decode()] == []


@pytest.mark.parametrize(
    ("one", "two", "signs"),
    [
        ({"phone": "13900000005"}, {"phone": "13900000005", "name": "王兰"}, ["same phone", "same community"]),
        ({"address": "1号楼1"}, {"address": "1号楼1"}, ["same name", "same door", "same community"]),
        (
            {"born_on": "1950-03-01"},
            {"born_on": "1950-03-01"},
            ["same name", "same day of birth", "same community"],
        ),
        ({"born_on": "1950-03-01"}, {"born_on": "1981-03-01"}, None),
        ({"born_on": "1950-03-01"}, {}, ["same name", "same community"]),
        ({"id_number": GOOD_ID}, {"id_number": "990101196005010020"}, None),
        ({"id_number": GOOD_ID}, {}, ["same name", "same community"]),
        ({}, {"name": "赵刚"}, None),
    ],
)
def test_signs_speak_for_and_facts_against(
    town: Town, one: dict[str, str], two: dict[str, str], signs: list[str] | None
) -> None:
    first, second = (enter(town.east, **{"name": "李明"} | given) for given in (one, two))
    keeper = post(RoleCode.WORKER, town.east.path)
    expected = [signs] if signs else []
    assert [found.signs for found in queries.doubles(keeper)] == expected
    assert [found.signs for found in queries.doubles_of(second, keeper)] == expected
    actions.keep_apart(first, second, by=SYSTEM)
    assert (queries.doubles(keeper), queries.doubles_of(first, keeper)) == ([], [])


def test_the_entry_with_an_account_would_stay(pair: Pair, town: Town) -> None:
    account_of(pair.lost, "13900000002")
    (found,) = queries.doubles(post(RoleCode.WORKER, town.east.path))
    assert (found.kept, found.lost) == (pair.lost, pair.kept)


def test_a_thousand_entries_are_searched_in_few_queries_and_shown_up_to_fifty(
    browser: Client, worker: Person, town: Town, pair: Pair
) -> None:
    browser.get(at("list"))
    with CaptureQueriesContext(connection) as one:
        browser.get(at("list"))
    for number in range(120):
        enter(town.east, f"李{number}", phone=f"1391000{number // 2:04}")
    with CaptureQueriesContext(connection) as many:
        page = browser.get(at("list"))
    assert (len(one), len(page.context["doubles"])) == (len(many), 50)
    assert "more come up" in page.content.decode()


def test_nothing_alike_says_so(browser: Client, worker: Person) -> None:
    assert "No entry looks like another one" in browser.get(at("list")).content.decode()


def test_the_other_entry_is_found_by_name_or_number(browser: Client, worker: Person, pair: Pair, town: Town) -> None:
    stranger = enter(town.west, "王秀兰")
    found = browser.get(at("find", pair.kept.pk), {"q": "王秀兰"})
    assert (list(found.context["found"]), stranger in found.context["found"]) == ([pair.lost], False)
    assert len(found.context["doubles"]) == 1
    assert "Nobody else fits" in browser.get(at("find", pair.kept.pk), {"q": "13900000001"}).content.decode()


def test_two_entries_stand_side_by_side_masked_and_in_full_on_the_record(
    browser: Client, worker: Person, pair: Pair
) -> None:
    page = browser.get(at("merge", *asked(pair))).content.decode()
    assert ("139****0001" in page, "139****0002" in page) == (True, True)
    assert [secret for secret in SECRETS if secret in page] == []
    assert browser.get(at("unmask", *asked(pair))).status_code == 405
    full = browser.post(at("unmask", *asked(pair)), {"phone": "lost", "reason": REASON})
    assert [secret for secret in SECRETS if secret not in full.content.decode()] == []
    assert (full.context["form"]["phone"].value(), full.context["form"]["reason"].value()) == ("lost", REASON)
    looks = Event.objects.filter(verb="people.person.unmask").values_list("subject", "data__matter").order_by("pk")
    refs = [f"people.person:{one.pk}" for one in pair]
    assert list(looks) == [tuple(refs), tuple(reversed(refs))]


def picks(**more: str) -> dict[str, str]:
    return {"phone": "kept", "residence": "kept", "home": "kept", "electoral": "lost", "reason": REASON} | more


def test_the_keeper_decides_and_undoes(browser: Client, worker: Person, pair: Pair) -> None:
    for wrong in ({"phone": ""}, {"phone": "both"}, {"reason": ""}, {"reason": "x" * 501}):
        answer = browser.post(at("merge", *asked(pair)), picks(**wrong))
        assert (answer.status_code, Merge.objects.count()) == (422, 0)
    assert REASON in browser.post(at("merge", *asked(pair)), picks(phone="")).content.decode()
    entry = reverse("residents:show", args=[pair.kept.pk])
    assert browser.post(at("merge", *asked(pair)), picks()).url == entry
    assert browser.get(reverse("residents:show", args=[pair.lost.pk])).url == entry
    assert "Undo the merge" in browser.get(entry).content.decode()
    done = Merge.objects.get()
    assert browser.post(at("undo_merge", done.reference)).url == entry
    assert Resident.objects.get(pk=pair.lost.pk).merged_into is None
    again = browser.post(at("undo_merge", done.reference), follow=True)
    assert "cannot be undone any more" in again.content.decode()


def test_an_obstacle_is_told_before_and_after(browser: Client, worker: Person, pair: Pair) -> None:
    for one in pair:
        residents.ask(one, kind=RequestKind.ERASURE, by=SYSTEM)
    page = browser.get(at("merge", *asked(pair))).content.decode()
    assert ("Decide one of the two first" in page, "Make the two entries one" in page) == (True, False)
    answer = browser.post(at("merge", *asked(pair)), picks())
    assert (answer.status_code, "Decide one of the two first" in answer.content.decode()) == (422, True)


def test_two_people_are_kept_apart(browser: Client, worker: Person, pair: Pair) -> None:
    assert browser.post(at("keep_apart", *asked(pair))).url == at("list")
    assert browser.get(at("list")).context["doubles"] == []


def test_the_merged_entry_takes_no_more_work(browser: Client, worker: Person, pair: Pair, town: Town) -> None:
    pair.merge()
    doors = ("find", "merge", "keep_apart")
    lost, other = pair.lost.pk, enter(town.east, "李明").pk
    keys = {"find": [lost], "merge": [lost, other], "keep_apart": [lost, other]}
    assert [browser.post(at(name, *keys[name])).status_code for name in doors] == [403, 403, 403]
    assert browser.get(at("merge", other, lost)).status_code == 403
    assert browser.get(reverse("residents:correct", args=[lost])).status_code == 403


def test_nobody_merges_strangers_themselves_or_one_with_itself(
    browser: Client, worker: Person, pair: Pair, town: Town
) -> None:
    stranger = enter(town.west, "王秀兰").pk
    keys = [(pair.kept.pk, stranger), (stranger, pair.kept.pk), (pair.kept.pk, pair.kept.pk), (pair.kept.pk, 0)]
    assert [browser.get(at("merge", *key)).status_code for key in keys] == [404] * 4
    done = pair.merge()
    for own in pair:
        oneself = post(RoleCode.WORKER, town.east.path, person=own.pk)
        assert (may_merge(oneself, own), may_undo_merge(oneself, done)) == (False, False)
    STAGE["actor"] = post(RoleCode.WORKER, town.west.path)
    assert browser.post(at("undo_merge", done.reference)).status_code == 404
    STAGE["actor"] = post(RoleCode.SUBDISTRICT, town.town.path)
    assert [browser.get(at(name, *key)).status_code for name, key in (("list", ()), ("find", (stranger,)))] == [
        403,
        404,
    ]
