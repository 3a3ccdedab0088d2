"""The desk of the tests of services."""

from services.conftest import LOW, MONDAY, SPOT, URGENT, Desk, desk, opened

__all__ = ["LOW", "MONDAY", "SPOT", "URGENT", "Desk", "desk", "opened"]
