"""Where apps above say which deadlines of theirs run on the calendar, without being imported: deadlines its open clocks.

`recounting.register(lambda place_path, first, last: …)` in `ready()`. All of it happens in the transaction that changes the calendar.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeAlias

from linli.ground.authority.actors import Actor


class Running(Protocol):
    """A deadline that runs on the calendar."""

    def recompute(self, *, by: Actor) -> None:
        """Count again on the calendar as it is now, and record the old and the new date."""


Moving: TypeAlias = Callable[[str, date, date], Sequence[Running]]

_registered: list[Moving] = []


def register(moving: Moving) -> None:
    """Add what runs: `moving` returns those in a place that end elsewhere since the days from first to last have changed."""
    _registered.append(moving)


def count_moving(place_path: str, first: date, last: date = date.max) -> int:
    """Return how many running deadlines of a place end elsewhere since these days have changed."""
    return sum(len(moving(place_path, first, last)) for moving in _registered)


def recount(place_path: str, first: date, last: date = date.max, *, by: Actor) -> int:
    """Count the running deadlines of a place again since these days have changed; return how many moved, each on the record."""
    found = [one for moving in _registered for one in moving(place_path, first, last)]
    for one in found:
        one.recompute(by=by)
    return len(found)
