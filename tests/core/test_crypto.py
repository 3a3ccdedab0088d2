"""Personal data at rest: unreadable without the key, unmovable between fields, findable by its keyed hash."""

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.core import crypto

CIPHERS = ["AES-GCM", "SM4-GCM"]


@pytest.mark.parametrize("cipher", CIPHERS)
@given(text=st.text())
def test_what_is_encrypted_can_be_read_again(cipher: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crypto.settings, "FIELD_CIPHER", cipher)
        stored = crypto.encrypt(text, "people.phone")
    assert crypto.decrypt(stored, "people.phone") == text
    assert stored.startswith(f"{cipher}:1:")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_value_moved_to_another_field_does_not_open(cipher: str, settings: pytest.FixtureRequest) -> None:
    settings.FIELD_CIPHER = cipher
    stored = crypto.encrypt("13904730001", "people.phone")
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(stored, "people.name")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_changed_value_does_not_open(cipher: str, settings: pytest.FixtureRequest) -> None:
    settings.FIELD_CIPHER = cipher
    name, key, body = crypto.encrypt("13904730001", "people.phone").split(":")
    raw = bytearray(base64.b64decode(body))
    raw[14] ^= 1
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(f"{name}:{key}:{base64.b64encode(raw).decode()}", "people.phone")


def test_a_value_of_an_older_key_stays_readable(settings: pytest.FixtureRequest) -> None:
    stored = crypto.encrypt("王某", "people.name")
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, "2": base64.b64encode(os.urandom(32)).decode()}
    settings.FIELD_KEY_IN_USE = "2"
    assert crypto.decrypt(stored, "people.name") == "王某"
    assert crypto.encrypt("王某", "people.name").startswith("AES-GCM:2:")


@pytest.mark.parametrize("stored", ["", "plain", "AES-GCM:9:AAAA", "ROT13:1:AAAA", "AES-GCM:1:!"])
def test_nonsense_is_unreadable(stored: str) -> None:
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(stored, "people.name")


def test_equal_values_are_found_by_equal_hashes_within_one_purpose() -> None:
    assert crypto.blind_index("13904730001", "phone") == crypto.blind_index("13904730001", "phone")
    assert crypto.blind_index("13904730001", "phone") != crypto.blind_index("13904730001", "id")
    assert crypto.blind_index("", "phone") == ""
