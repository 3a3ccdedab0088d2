"""These tests stand on the town of the tests of cases."""

from cases.conftest import founded, town

__all__ = ["founded", "town"]
