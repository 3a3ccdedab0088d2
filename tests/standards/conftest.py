"""These tests stand on the town of the tests of cases, whose worker's program has a key."""

from cases.conftest import MONDAY, founded, town

__all__ = ["MONDAY", "founded", "town"]
