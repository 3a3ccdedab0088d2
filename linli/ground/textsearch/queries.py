"""Which grams a text has, and which rows hold all those of a question."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from .models import vector

M = TypeVar("M", bound=Model)
HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN: Final = re.compile(f"(?P<han>[{HAN}]+)|(?P<word>[a-z0-9]+)")
JOINED: Final = re.compile(f"[{HAN}]")
LONGEST: Final = 60
"""Characters of a question that count."""


def grams(text: str, *, names: str = "") -> str:
    """Return the grams of a text with blanks between, as its column keeps them; of `names` also the first letters of the pinyin.

    最低 has 最, 低, 最低 and, as a name, zd and d: whoever types zd finds it, and what begins with zd.
    """
    found = {gram for run in _runs(f"{text} {names}") for gram in _of_text(run)}
    for run in _runs(names):
        if run["han"]:
            letters = initials(run["han"])
            found |= {letters[start:] for start in range(len(letters))}
    return " ".join(sorted(found))


def spelt(text: str) -> str:
    """Return the pinyin of a text, without tones; what is not Chinese stays."""
    from pypinyin import lazy_pinyin  # its dictionary takes a second to read, and most processes never ask

    return "".join(lazy_pinyin(text))


def initials(text: str) -> str:
    """Return the first letters of the pinyin of a text; what is not Chinese stays."""
    from pypinyin import Style, lazy_pinyin  # as above

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def question(typed: str) -> str:
    """Return what was typed as a question to the index; empty for no words.

    It asks for every pair of characters, and for every word as a beginning, unless characters follow at once: 7号楼 is not 70号楼.
    """
    return " & ".join(f"'{gram}'" + (":*" if begins else "") for gram, begins in _asked(typed).items())


def patterns(typed: str) -> list[str]:
    """Return what was typed as patterns for a column of grams between two blanks (`like_all`): the same question, past the index."""
    return [f"% {gram}%" if begins else f"% {gram} %" for gram, begins in _asked(typed).items()]


def matching(things: QuerySet[M], typed: str, *, column: str = "grams") -> QuerySet[M]:
    """Return the things whose grams hold all of what was typed; none where that has no words."""
    asked = question(typed)
    return holding(things, asked, column=column) if asked else things.none()


def holding(things: QuerySet[M], asked: str, *, column: str = "grams") -> QuerySet[M]:
    """Return the things whose grams answer a question, by their index."""
    found: QuerySet[M] = things.alias(_grams=vector(column)).filter(_grams__holds=asked)  # type: ignore[assignment]
    return found


def looked_at(things: QuerySet[M], wanted: Sequence[str], *, column: str = "grams") -> QuerySet[M]:
    """Return the things whose grams match all `patterns`: each thing is looked at, so they have to be few."""
    between = Concat(Value(" "), column, Value(" "), output_field=TextField())
    found: QuerySet[M] = things.alias(_grams=between).filter(_grams__like_all=wanted)  # type: ignore[assignment]
    return found


def _asked(typed: str) -> dict[str, bool]:
    """Return the grams that are asked for, and of each whether it is only the beginning of a word."""
    asked: dict[str, bool] = {}
    for run in _runs(typed[:LONGEST]):
        if han := run["han"]:
            asked |= {han[at : at + 2]: False for at in range(max(len(han) - 1, 1))}
        else:
            asked[run["word"]] = not JOINED.match(run.string, run.end())
    return asked


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Yield the runs of Chinese characters and of letters and figures; wide letters are narrow ones, capitals small."""
    return RUN.finditer(unicodedata.normalize("NFKC", text).lower())


def _of_text(run: re.Match[str]) -> Iterator[str]:
    han = run["han"]
    if not han:
        yield run["word"]
        return
    yield from han
    yield from (han[at : at + 2] for at in range(len(han) - 1))
