"""What is said to somebody while they still write: that this is an emergency, that a personal number stands in the text."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from linli.ground.redaction.queries import Kind, kinds_in

EMERGENCIES: Final = Path(__file__).parents[1] / "data" / "emergencies.toml"
SERVICES: Final[dict[str, Promise]] = {
    "110": _("Police"),
    "119": _("Fire and rescue"),
    "120": _("Ambulance"),
    "122": _("Traffic accidents"),
}
"""The emergency services of the country, by their numbers."""
DENIED: Final = (
    "没",
    "没有",
    "没有人",
    "没人",
    "无",
    "无人",
    "未",
    "未见",
    "不是",
    "防",
    "预防",
    "防止",
    "避免",
    "以防",
    "以免",
    "怕",
)
"""Before a word these say that it has not happened."""


@dataclass(frozen=True)
class Hints:
    """What is told beside a form: the services to call at once, by number and name; kinds of personal numbers in the text."""

    services: list[tuple[str, Promise]]
    kinds: list[Kind]

    @property
    def named(self) -> str:
        """The kinds in words."""
        return pgettext("list", ", ").join(str(one.label) for one in self.kinds)


def hints_for(text: str, where: str = "", category: str = "", answers: Mapping[str, str] | None = None) -> Hints:
    """Return what somebody who has written this should know before they send it."""
    said = answers or {}
    numbers = [
        str(one["number"])
        for one in _emergencies()
        if any(_names(text, word) for word in one["words"])
        or any(
            (category, said.get(asked["question"])) == (asked["category"], asked["answer"])
            for asked in one.get("answers", [])
        )
    ]
    return Hints([(number, SERVICES[number]) for number in numbers], kinds_in(text, where, *said.values()))


def _names(text: str, word: str) -> bool:
    """Say whether the text says the word and does not deny it each time."""
    parts = text.split(word)
    return any(not before.endswith(DENIED) for before in parts[:-1])


@cache
def _emergencies() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(EMERGENCIES.read_text(encoding="utf-8"))["emergency"]
    return found
