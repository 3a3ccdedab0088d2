"""Personal data at rest: fields under authenticated encryption, found again by a keyed hash.

AES-GCM by default, SM4-GCM by setting (商用密码应用安全性评估 asks for SM algorithms at protection level 3). Each value names its
cipher and key, so that keys and ciphers can change while old values stay readable. Keys stand outside the database.
"""

import base64
import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField  # Django's fields take no parameters at run time

NONCE: Final = 12
TAG: Final = 16


class Unreadable(Exception):
    """A stored value that none of the keys opens: the key file is not the one it was written with, or the value was changed."""


def encrypt(text: str, purpose: str) -> str:
    """Encrypt text for one purpose (the field's name): a value copied into another field does not open there."""
    key_id = settings.FIELD_KEY_IN_USE
    body = _CIPHERS[settings.FIELD_CIPHER][0](_key(key_id), text.encode(), purpose.encode())
    return f"{settings.FIELD_CIPHER}:{key_id}:{base64.b64encode(body).decode()}"


def decrypt(stored: str, purpose: str) -> str:
    """Return the text of an encrypted value; raises Unreadable."""
    try:
        cipher, key_id, body = stored.split(":")
        return _CIPHERS[cipher][1](_key(key_id), base64.b64decode(body), purpose.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Unreadable(purpose) from error


def blind_index(text: str, purpose: str) -> str:
    """Return the keyed hash by which an encrypted value is found without being opened; empty for empty text."""
    if not text:
        return ""
    key = base64.b64decode(settings.INDEX_KEY)
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


class EncryptedField(TextField):
    """A text field that is encrypted in the database and plain in Python; it can be neither searched nor sorted."""

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        """Open what the database holds."""
        return decrypt(value, self._purpose()) if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        """Encrypt what goes to the database; empty text stays empty."""
        return encrypt(value, self._purpose()) if value else value

    def _purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


def _key(key_id: str) -> bytes:
    return base64.b64decode(settings.FIELD_KEYS[key_id])


def _seal_aes(key: bytes, text: bytes, purpose: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, purpose)


def _open_aes(key: bytes, body: bytes, purpose: bytes) -> bytes:
    return AESGCM(key).decrypt(body[:NONCE], body[NONCE:], purpose)


def _seal_sm4(key: bytes, text: bytes, purpose: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(purpose)
    return nonce + encryptor.update(text) + encryptor.finalize() + encryptor.tag


def _open_sm4(key: bytes, body: bytes, purpose: bytes) -> bytes:
    nonce, text, tag = body[:NONCE], body[NONCE:-TAG], body[-TAG:]
    decryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(purpose)
    return decryptor.update(text) + decryptor.finalize()


_CIPHERS = {"AES-GCM": (_seal_aes, _open_aes), "SM4-GCM": (_seal_sm4, _open_sm4)}
