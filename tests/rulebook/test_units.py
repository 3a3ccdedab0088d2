"""How a value is said: one of a unit, several, none; a share and a word."""

import pytest
from django.utils.translation import override

from linli.ground.rulebook.units import COUNTED, Unit, in_words, is_number


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("1", "working_day", "1 working day", "1 个工作日"),
        ("15", "working_day", "15 working days", "15 个工作日"),
        ("1", "times_quarter", "1 time a quarter", "每季度 1 次"),
        ("1", "person", "1 person", "1 人"),
        ("true", "flag", "yes", "是"),
        ("about five", "person", "about five people", "about five 人"),
    ],
)
def test_a_value_is_said_with_its_unit(value: str, unit: str, english: str, chinese: str) -> None:
    with override("en"):
        assert in_words(value, unit) == english
    with override("zh-hans"):
        assert in_words(value, unit) == chinese


def test_every_unit_of_whole_numbers_is_counted() -> None:
    assert {*COUNTED, Unit.PERCENT} == {unit for unit in Unit if is_number(unit)}  # which has a sign of its own
