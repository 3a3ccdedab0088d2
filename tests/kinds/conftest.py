"""The town of the organisations' tests, on the same working morning."""

from tests.organisations.conftest import browser, morning, officer, town

__all__ = ["browser", "morning", "officer", "town"]
