"""A case is found by its words, its place and its reference, within what somebody may see."""

from importlib import import_module

import pytest
from cases.conftest import Town
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.flows.cases.models import Case
from linli.flows.search.models import CaseWords
from linli.flows.search.queries import found, reference_in, words_of
from linli.ground.textsearch.queries import grams

migration = import_module("linli.flows.search.migrations.0003_towns")


def hits(town: Town, typed: str, who: str = "worker") -> list[Case]:
    return list(found(Case.objects.visible_to(town.actor(who)), typed).order_by("pk"))


@pytest.mark.parametrize("typed", ["灯", "路灯", "东门", "湖东", "路灯 湖东", "路灯，东门！", "ＬＥＤ"])
def test_words_of_one_or_two_characters_find_text_where_and_place(town: Town, typed: str) -> None:
    lamp = town.receive(text="东门外人行道 LED 路灯连续四晚不亮。")
    town.receive(text="楼道里堆了纸箱。", where="3号楼", place=town.west)
    assert hits(town, typed, "officer") == [lamp]


@pytest.mark.parametrize("typed", ["滨河", "滨河街道", "路灯 滨河", "湖东 滨河街道 东门"])
def test_the_name_of_a_sub_district_finds_its_cases_with_other_words_too(town: Town, typed: str) -> None:
    grid = town.east.draw_grid(name="第一网格", by=town.actor("worker"))
    cases = [town.receive(text="湖东的路灯不亮。", place=place) for place in (town.east, grid)]
    cases.append(town.receive(text="湖东的路灯不亮。", place=town.places["150302006"]))
    town.receive(text="湖东的路灯不亮。", place=town.places["150302007001"])
    assert list(found(Case.objects.order_by("pk"), typed)) == cases


def test_what_lies_in_no_sub_district_has_no_words_of_one(town: Town) -> None:
    case = town.receive()
    case.place = town.places["150302"]
    assert ("海勃" in words_of(case).split(), "滨河" in words_of(case).split()) == (True, False)


def test_the_words_of_cases_that_are_there_are_added_once(town: Town) -> None:
    """As the migration does for a city that has cases already: sub-district by sub-district, and nothing where they stand."""
    grid = town.east.draw_grid(name="第一网格", by=town.actor("worker"))
    cases = [town.receive(place=place) for place in (grid, town.west, town.places["150302007001"], town.east)]
    of_town = {gram for name in ("滨河街道", "海北街道") for gram in grams(name).split()}
    for case in cases[:3]:
        others = [gram for gram in case.words.grams.split() if gram not in of_town]
        CaseWords.objects.filter(case=case).update(grams=" ".join(others))
    assert hits(town, "滨河", "officer") == cases[3:]
    before = _rows()
    for written in ([True, True, True, False], [False] * 4):
        with CaptureQueriesContext(connection) as asked:
            migration.add_towns(apps, connection.schema_editor())
        assert sum("UPDATE" in one["sql"] for one in asked) == 2, "one a sub-district"
        after = _rows()
        assert [old != new for old, new in zip(before, after, strict=True)] == written
        before = after
    assert [found(Case.objects.all(), typed).count() for typed in ("滨河街道", "海北 路灯")] == [3, 1]
    assert {*CaseWords.objects.get(case=cases[0]).grams.split()} == {*words_of(cases[0]).split()}


@pytest.mark.usefixtures("own_city")
def test_a_city_that_is_not_open_yet_has_no_words_to_add() -> None:
    with CaptureQueriesContext(connection) as asked:
        migration.add_towns(apps, connection.schema_editor())
    assert len(asked) == 1


def _rows() -> list[str]:
    """Where the words of each case stand in the table: elsewhere once they are written again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM search_casewords ORDER BY case_id")
        return [place for (place,) in cursor.fetchall()]


@pytest.mark.parametrize("typed", ["灯路", "火箭", "。", "", "路灯 垃圾", "\0"])
def test_what_does_not_all_stand_there_is_not_found(town: Town, typed: str) -> None:
    town.receive()
    assert hits(town, typed) == []


def test_a_reference_is_found_however_it_was_grouped(town: Town) -> None:
    case = town.receive()
    typed = f"{case.reference[:4].lower()}-{case.reference[4:]}"
    assert (hits(town, typed), hits(town, case.reference[:5]), reference_in("路灯")) == ([case], [case], "")


def test_what_somebody_may_not_see_is_not_found(town: Town) -> None:
    town.receive()
    assert hits(town, "路灯", "outsider") == []


def test_the_words_come_in_with_the_need_in_no_statement_of_their_own(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        case = town.receive()
    own = [one["sql"] for one in asked if "search_casewords" in one["sql"]]
    assert (len(own), 'INSERT INTO "cases_case"' in own[0]) == (1, True)
    assert CaseWords.objects.get(case=case).grams == words_of(case)


def test_the_question_uses_the_index_of_words(town: Town) -> None:
    town.receive()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = found(Case.objects.all(), "路灯").explain()
    assert "case_by_grams" in plan
