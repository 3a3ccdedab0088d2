"""What every page says about the city. The app that knows it registers a provider; ui itself knows no place."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PageFacts:
    """The city's name, e.g. 乌海市, and whether all people, cases and sums shown are invented."""

    city: str
    demo: bool


_providers: list[Callable[[], PageFacts]] = []


def register(provider: Callable[[], PageFacts]) -> None:
    """Let a page ask this provider; called in `ready()`. Asked once per page, and only by pages that show the shell."""
    _providers[:] = [provider]


def facts() -> PageFacts:
    """Return what the provider knows; a city without a name where no app provides one."""
    return _providers[0]() if _providers else PageFacts(city="", demo=False)
