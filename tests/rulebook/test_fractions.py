"""Shares of law against exact fractions: 以上 includes the number, 超过 and 过半数 do not."""

from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.rulebook import fractions

SHARES = st.builds(
    lambda strict, part, more: f"{'>' if strict else '>='}{part}/{part + more}",
    st.booleans(),
    st.integers(1, 50),
    st.integers(1, 50),
)


@pytest.mark.parametrize(
    ("share", "whole", "enough"),
    [
        (">=2/3", 99, 66),  # quorum of representatives
        (">2/3", 99, 67),  # turnout of representatives
        (">=2/3", 101, 68),
        (">2/3", 101, 68),
        (">1/2", 40, 21),
        (">=1/10", 2345, 235),  # recall
        (">=1/3", 61, 21),  # run-off
        (">=4/5", 45, 36),  # nine committee members among 45
        (">=3/4", 4, 3),
        (">=1/3", 0, 1),
        (">1/2", 0, 1),
    ],
)
def test_the_counts_of_the_handbook(share: str, whole: int, enough: int) -> None:
    assert fractions.least(share, whole) == enough
    if enough <= whole:
        assert fractions.meets(share, enough, whole)
        assert not fractions.meets(share, enough - 1, whole)


@given(SHARES, st.integers(1, 10**9), st.data())
def test_every_count_agrees_with_exact_fractions(share: str, whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole) | st.just(min(whole, fractions.least(share, whole))))
    read = fractions.read(share)
    exact, asked = Fraction(part, whole), Fraction(read.part, read.whole)
    assert fractions.meets(share, part, whole) == (exact > asked if read.strict else exact >= asked)
    assert fractions.meets(share, part, whole) == (part >= fractions.least(share, whole))


def test_nothing_of_nothing_meets_no_share() -> None:
    assert not fractions.meets(">=2/3", 0, 0)


@pytest.mark.parametrize(
    "text", ["", "2/3", ">= 2/3", ">=0/3", ">=4/3", ">1/1", "<1/2", ">=2/0", ">=２/３", "=1/2", ">=2/3x"]
)
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a share"):
        fractions.read(text)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3), (0, -1)])
def test_counts_that_cannot_be_are_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no part of"):
        fractions.meets(">1/2", part, whole)


def test_less_than_nobody_has_no_majority() -> None:
    with pytest.raises(ValueError, match="is no whole"):
        fractions.least(">1/2", -1)


@pytest.mark.parametrize(
    ("share", "words", "met", "unmet"),
    [
        (">=2/3", "at least two thirds", "reaches two thirds", "falls short of two thirds"),
        (">2/3", "more than two thirds", "exceeds two thirds", "does not exceed two thirds"),
        (">1/2", "more than half", "exceeds half", "does not exceed half"),
        (">=1/7", "at least 1/7", "reaches 1/7", "falls short of 1/7"),
    ],
)
def test_a_share_is_said_as_the_law_says_it(share: str, words: str, met: str, unmet: str) -> None:
    with translation.override("en"):
        read = fractions.read(share)
        assert (read.in_words(), read.verdict(met=True), read.verdict(met=False)) == (words, met, unmet)
