"""What the tests of the register's doors share: the way to an address, and a phone."""

from django.urls import reverse

PHONE = "13900000001"


def at(name: str, *args: object) -> str:
    """The address of a door."""
    return reverse(f"residents:{name}", args=args)
