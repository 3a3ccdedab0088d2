"""A case is found by its words, its place and its reference, within what somebody may see."""

import pytest
from cases.conftest import Town
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.flows.cases.models import Case
from linli.flows.search.models import CaseWords
from linli.flows.search.queries import found, reference_in, words_of


def hits(town: Town, typed: str, who: str = "worker") -> list[Case]:
    return list(found(Case.objects.visible_to(town.actor(who)), typed).order_by("pk"))


@pytest.mark.parametrize("typed", ["灯", "路灯", "东门", "湖东", "路灯 湖东", "路灯，东门！", "ＬＥＤ"])
def test_words_of_one_or_two_characters_find_text_where_and_place(town: Town, typed: str) -> None:
    lamp = town.receive(text="东门外人行道 LED 路灯连续四晚不亮。")
    town.receive(text="楼道里堆了纸箱。", where="3号楼", place=town.west)
    assert hits(town, typed, "officer") == [lamp]


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
