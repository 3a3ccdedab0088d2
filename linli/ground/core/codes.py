"""Short codes that people copy by hand: unguessable, without letters or figures that look alike."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U/V
LENGTH = 8  # 30^8 ≈ 6.6e11: with the phone code beside it no list can be guessed through


def new_code() -> str:
    """Return a fresh random code, e.g. `7K3M9QXB`; the unique index of its table has the last word."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
