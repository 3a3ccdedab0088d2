"""These tests stand on the desk of the tests of services."""

from services.conftest import desk, opened

__all__ = ["desk", "opened"]
