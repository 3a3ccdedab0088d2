"""Money: whole fen inside, yuan where people read and type."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.core import money


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_printed_can_be_typed_back(amount: int) -> None:
    assert money.fen(money.yuan(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("0", 0), ("1", 100), ("1.5", 150), ("¥1,234.50", 123450), ("102，150 元", 10215000), (" -3.05 ", -305)],
)
def test_yuan_as_people_type_them(typed: str, amount: int) -> None:
    assert money.fen(typed) == amount


@pytest.mark.parametrize("typed", ["", "一百", "1.234", "1,23", "1e3", "--1", "NaN"])
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        money.fen(typed)
    assert "1,234.50" in refused.value.message
