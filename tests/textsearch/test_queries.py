"""Words of one and two characters, letters of the pinyin, and the index that finds them."""

import re

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linli.commons.guides.models import Item
from linli.ground.textsearch.queries import HAN, grams, matching, question

HANZI = st.text("最低生活保障申请老年优待证", min_size=1, max_size=12)


def test_a_text_has_its_characters_its_pairs_and_its_words() -> None:
    assert grams("低保 A4，2026").split() == ["2026", "a4", "低", "低保", "保"]


def test_a_name_has_the_first_letters_of_its_pinyin_from_every_character_on() -> None:
    assert set(grams("", names="低保金").split()) == {"低", "保", "金", "低保", "保金", "dbj", "bj", "j"}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("老", "'老'"),
        ("低保", "'低保'"),
        ("低保金", "'低保' & '保金'"),
        ("ＺＤ 低", "'zd':* & '低'"),
        ("7号楼 A4", "'7' & '号楼' & 'a4':*"),
        ("，。!", ""),
        ("o'brien", "'o':* & 'brien':*"),
    ],
)
def test_what_is_typed_becomes_a_question(typed: str, asked: str) -> None:
    assert question(typed) == asked


@given(text=HANZI, data=st.data())
def test_every_part_of_a_text_of_any_length_asks_only_for_grams_that_the_text_has(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert {one.strip("'") for one in question(part).split(" & ")} <= set(grams(text).split())


@given(typed=st.text(max_size=40))
def test_nothing_that_is_typed_can_break_out_of_its_quotes(typed: str) -> None:
    parts = question(typed).split(" & ") if question(typed) else []
    assert all(re.fullmatch(f"'[{HAN}]{{1,2}}'|'[a-z0-9]+'(:\\*)?", part) for part in parts)


@pytest.mark.django_db
def test_the_database_takes_every_question_and_can_answer_it_from_the_index() -> None:
    found = matching(Item.objects.all(), "低保 zd")
    assert list(found) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "item_by_grams" in found.order_by().explain()


@pytest.mark.django_db
def test_no_words_find_nothing() -> None:
    assert list(matching(Item.objects.all(), "。")) == []
