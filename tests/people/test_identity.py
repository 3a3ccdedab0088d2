"""Phones, identity numbers and names: what people type is understood, and a mask never leaks."""

import string

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.people import identity

from .town import GOOD_ID

mobiles = st.builds(
    lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), st.text(string.digits, min_size=9, max_size=9)
)
wide = str.maketrans({figure: chr(ord(figure) + 0xFEE0) for figure in string.digits + "+-"})


@pytest.mark.parametrize(
    "typed",
    [
        "13900000001",
        " 139 0000 0001 ",
        "139-0000-0001",
        "+86 13900000001",
        "+86-139-0000-0001",
        "008613900000001",
        "8613900000001",
        "１３９０００００００１",
    ],
)
def test_a_phone_is_understood_however_it_is_typed(typed: str) -> None:
    assert identity.normal_phone(typed) == "13900000001"


@given(mobiles, st.sampled_from(["", "+86", "0086", "+86 "]), st.booleans())
def test_every_mobile_number_comes_out_as_its_eleven_figures(number: str, prefix: str, full_width: bool) -> None:
    spaced = f"{prefix}{number[:3]} {number[3:7]}-{number[7:]}"
    assert identity.normal_phone(spaced.translate(wide) if full_width else spaced) == number


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1390000000", "The mobile number is short by 1; it should have 11 digits."),
        ("139", "The mobile number is short by 8; it should have 11 digits."),
        ("139000000012", "The mobile number is too long by 1; it should have 11 digits."),
        ("1390000000123", "The mobile number is too long by 2; it should have 11 digits."),
        ("12900000001", "Mobile numbers begin with 13 to 19; please check the first two figures."),
        ("0473-2012345", "This is a landline; a mobile number of 11 digits is needed."),
        ("2012345", "This is a landline; a mobile number of 11 digits is needed."),
        ("139abc00001", "Write the mobile number in figures only."),
        ("１３９①", "The mobile number is short by 7; it should have 11 digits."),
        ("", "Write the mobile number in figures only."),
    ],
)
def test_a_wrong_phone_is_answered_with_how_to_mend_it(typed: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        identity.normal_phone(typed)
    assert refused.value.messages == [says]


def test_an_identity_number_tells_day_of_birth_and_sex() -> None:
    number = identity.normal_id(" 990101 19900307 003-1 ")
    assert (number, str(identity.born_on_of(number)), identity.sex_of(number)) == (GOOD_ID, "1990-03-07", "male")
    assert identity.sex_of("990101196005010020") == "female"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("99010119900307003", "The identity number has 17 characters; it should have 18."),
        ("990101199013070038", "The identity number does not contain a day of birth; please compare it with the card."),
        ("99010119900307A038", "The identity number does not contain a day of birth; please compare it with the card."),
        ("990101199003070032", "The check figure of the identity number is wrong; please compare it with the card."),
    ],
)
def test_a_wrong_identity_number_is_refused(typed: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        identity.normal_id(typed)
    assert refused.value.messages == [says]


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_figure_in_an_identity_number_never_passes(place: int, shift: int) -> None:
    wrong = GOOD_ID[:place] + str((int(GOOD_ID[place]) + shift) % 10) + GOOD_ID[place + 1 :]
    with pytest.raises(ValidationError):
        identity.normal_id(wrong)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王秀兰", "王某某"),
        ("李明", "李某"),
        ("欧阳春", "欧阳某"),
        ("欧阳", "欧某"),
        ("乌云其其格", "乌某某"),
        ("王", "某"),
        ("", ""),
    ],
)
def test_names_are_masked_as_the_street_office_does(name: str, masked: str) -> None:
    assert identity.mask_name(name) == masked


@given(st.text(min_size=2, max_size=20).filter(lambda name: "某" not in name))
def test_a_masked_name_shows_the_surname_and_nothing_else(name: str) -> None:
    masked = identity.mask_name(name)
    assert masked.replace("某", "") == identity.surname_of(name)
    assert len(masked) <= len(identity.surname_of(name)) + 2


@given(mobiles)
def test_a_masked_phone_hides_the_middle_four(number: str) -> None:
    assert identity.mask_phone(number) == f"{number[:3]}****{number[-4:]}"


@given(st.text(max_size=30).filter(lambda text: len(text) != 18))
def test_a_text_of_the_wrong_length_is_hidden_whole(text: str) -> None:
    assert identity.mask_id(text) == "*" * len(text)


def test_a_masked_identity_number_hides_the_day_of_birth() -> None:
    assert identity.mask_id(GOOD_ID) == "990***********0031"


def test_the_same_name_has_the_same_index_however_it_is_spaced() -> None:
    assert identity.name_index("那顺 • 巴特尔") == identity.name_index("那顺·巴特尔")
    assert identity.name_index("那顺·巴特尔") != identity.name_index("那顺巴特尔")
