"""What every decision is made of: typed inputs, a count against a share, an outcome that explains itself."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, TypeVar

from linli.ground.rulebook import fractions
from linli.ground.rulebook.units import Norm

Book = Callable[[str], Norm]
Reader = Callable[[str], object]
F = TypeVar("F", bound="Callable[..., Decision]")
HUNDREDTHS: Final = 100
_WHOLE_NUMBER = re.compile(r"[0-9]{1,12}")
_AREA = re.compile(r"(?P<whole>[0-9]{1,12})(?:\.(?P<part>[0-9]{1,2}))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadInput(ValueError):
    """An input is missing, unknown, malformed, negative or at odds with another; says which."""


class UnknownDecision(LookupError):
    """No decision of this name."""


@dataclass(frozen=True)
class Decision:
    """An outcome, the sentence that explains it to people, and the norms it rests on."""

    outcome: str
    sentence: str
    norms: tuple[Norm, ...]

    @property
    def article(self) -> str:
        """The articles it rests on, each once."""
        return "、".join(dict.fromkeys(norm.article for norm in self.norms))

    @property
    def version(self) -> str:
        """The rule versions it was made under, each once: what a record of the decision stores."""
        return ",".join(dict.fromkeys(norm.version_ref for norm in self.norms))


@dataclass(frozen=True)
class Registered:
    """A decision by its public name: its function, how each input is read, which may be left out."""

    function: Callable[..., Decision]
    inputs: Mapping[str, Reader]
    optional: frozenset[str]


@dataclass(frozen=True)
class Count:
    """A part of a whole held against the share that a norm asks for."""

    norm: Norm
    part: int
    whole: int

    @property
    def met(self) -> bool:
        """Whether it is enough."""
        return fractions.meets(self.norm.value, self.part, self.whole)

    @property
    def said(self) -> dict[str, object]:
        """The numbers and the verdict, for the sentence."""
        share = fractions.read(self.norm.value)
        return {
            "part": self.part,
            "whole": self.whole,
            "least": share.least(self.whole),
            "verdict": share.verdict(met=self.met),
        }


DECISIONS: Final[dict[str, Registered]] = {}


def decision(*names: str, **inputs: Reader) -> Callable[[F], F]:
    """Register a function under its public names; inputs whose parameter has a default may be left out."""

    def register(function: F) -> F:
        given = inspect.signature(function).parameters
        optional = frozenset(name for name in inputs if given[name].default is not inspect.Parameter.empty)
        for name in names:
            own = function if len(names) == 1 else _named(function, name)
            DECISIONS[name] = Registered(own, inputs, optional)
        return function

    return register


def _named(function: Callable[..., Decision], name: str) -> Callable[..., Decision]:
    """Bind the name to a function that serves several decisions of one shape."""
    return lambda book, **inputs: function(book, name, **inputs)


def decide(name: str, given: Sequence[str], book: Book) -> Decision:
    """Decide by name from `key=value` texts; raises UnknownDecision and BadInput."""
    if name not in DECISIONS:
        raise UnknownDecision(name)
    asked = DECISIONS[name]
    typed: dict[str, Any] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or key not in asked.inputs:
            raise BadInput(f"unknown input {key!r}; {name} takes {', '.join(asked.inputs)}")
        if key in typed:
            raise BadInput(f"{key} is given twice")
        try:
            typed[key] = asked.inputs[key](value.strip())
        except ValueError as error:
            raise BadInput(f"{key}: {error}") from error
    missing = [key for key in asked.inputs if key not in typed and key not in asked.optional]
    if missing:
        raise BadInput(f"missing {', '.join(missing)}")
    return asked.function(book, **typed)


def within(**counts: int) -> None:
    """Refuse counts that contradict each other: each must be no larger than the one before it."""
    names = list(counts)
    for outer, inner in pairwise(names):
        if counts[inner] > counts[outer]:
            raise BadInput(f"{inner} ({counts[inner]}) is more than {outer} ({counts[outer]})")


def count(text: str) -> int:
    """Read how many: a whole number from 0."""
    if not _WHOLE_NUMBER.fullmatch(text):
        raise BadInput(f"write a whole number from 0, not {text!r}")
    return int(text)


def whole(text: str) -> int:
    """Read a body's size or an ordinal: a whole number from 1."""
    number = count(text)
    if number == 0:
        raise BadInput("write a whole number from 1, not 0")
    return number


def area(text: str) -> int:
    """Read an area in m² with at most two decimals; returned in hundredths of a m², so that areas compare as whole numbers."""
    match = _AREA.fullmatch(text)
    if match is None:
        raise BadInput(f"write m² with at most two decimals, not {text!r}")
    return int(match["whole"]) * HUNDREDTHS + int((match["part"] or "").ljust(2, "0"))


def whole_area(text: str) -> int:
    """Read an area above zero."""
    hundredths = area(text)
    if hundredths == 0:
        raise BadInput("write an area above 0")
    return hundredths


def day(text: str) -> date:
    """Read a date, 2026-03-01."""
    if not _DAY.fullmatch(text):
        raise BadInput(f"write a date as YYYY-MM-DD, not {text!r}")
    return date.fromisoformat(text)


def yes_no(text: str) -> bool:
    """Read yes or no."""
    if text not in {"yes", "no"}:
        raise BadInput(f"write yes or no, not {text!r}")
    return text == "yes"


def one_of(*allowed: str) -> Reader:
    """Return a reader of one word out of a closed list."""

    def read(text: str) -> str:
        if text not in allowed:
            raise BadInput(f"write one of {', '.join(allowed)}, not {text!r}")
        return text

    return read


def list_of(*allowed: str) -> Reader:
    """Return a reader of a comma list of words out of a closed list, at least one."""
    read = one_of(*allowed)

    def read_all(text: str) -> list[object]:
        return [read(word.strip()) for word in text.replace("，", ",").split(",")]

    return read_all
