"""The keys of a city: made once, kept outside the database, never in a backup."""

import base64
import hashlib
import json
import secrets
from pathlib import Path

from launch.folder import read_json, write_json

NEEDED = ("fields", "index", "seal")


def _new() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def make_keys(path: Path) -> bool:
    """Create the file of keys for its owner only, once; whether it was made now.

    `django` signs sessions, `fields` encrypts personal data (by key id), `index` finds it again, and `seal` is the
    Ed25519 seed that signs the log.
    """
    if path.exists():
        return False
    write_json(
        path,
        {
            "django": secrets.token_urlsafe(50),
            "fields": {"1": _new()},
            "fields_in_use": "1",
            "index": _new(),
            "seal": _new(),
        },
    )
    return True


def fingerprint(path: Path) -> str:
    """A hash by which a backup knows its keys without holding them."""
    keys = read_json(path)
    lasting = json.dumps([keys.get(name) for name in NEEDED], sort_keys=True)
    return hashlib.sha256(lasting.encode()).hexdigest()
