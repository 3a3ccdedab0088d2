"""Materials, steps and opinions of an item as lines of text: one form for the page, the spreadsheet and the data file.

居民身份证 | 1 | 1 | 自备          name, originals, copies, source; a fifth part says why it need not be handed in
入户核查 | 10 | 计                  name, working days, whether they count in the statutory time (计 or 不计)
市场监督管理局 | 电梯设备要求 | 5      department (its name or its code), what it gives its opinion on, working days
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linli.ground.kinds.queries import departments

from .choices import MaterialSource

L = TypeVar("L")
BAR: Final = re.compile(r"\s*[|｜]\s*")
NAME_MOST, WHY_MOST, NUMBER_MOST, LINES_MOST = 100, 100, 365, 20
SOURCES: Final = {"自备": MaterialSource.OWN, "核发": MaterialSource.ISSUED, "现场填写": MaterialSource.DESK}
COUNTED: Final = {"计": True, "不计": False}


@dataclass(frozen=True)
class MaterialLine:
    """One material: how many originals and copies, from where, and why it need not be handed in (empty: it must)."""

    name: str
    originals: int
    copies: int
    source: str
    waived_why: str = ""

    def __str__(self) -> str:
        source = next(word for word, source in SOURCES.items() if source == self.source)
        return " | ".join([self.name, str(self.originals), str(self.copies), source, *filter(None, [self.waived_why])])


@dataclass(frozen=True)
class StepLine:
    """One step of the handling: how many working days, and whether they count in the statutory time."""

    name: str
    days: int
    is_counted: bool

    def __str__(self) -> str:
        return f"{self.name} | {self.days} | {'计' if self.is_counted else '不计'}"


@dataclass(frozen=True)
class OpinionLine:
    """One department whose opinion is asked: its code, on what, and how many working days it has."""

    department: str
    about: str
    days: int

    def __str__(self) -> str:
        return f"{name_of(self.department)} | {self.about} | {self.days}"


def name_of(department: str) -> str:
    """Return the name of a department of today by its code; the code itself where there is none."""
    return next((str(one["name"]) for one in departments() if one["code"] == department), department)


def materials_in(text: str) -> list[MaterialLine]:
    """Return the materials of a text; raises ValidationError that names the line."""
    return _lines(text, _material)


def steps_in(text: str) -> list[StepLine]:
    """Return the steps of a text; raises ValidationError that names the line."""
    return _lines(text, _step)


def opinions_in(text: str) -> list[OpinionLine]:
    """Return whose opinions a text asks for, each department once; raises ValidationError that names the line."""
    found = _lines(text, _opinion)
    if len({one.department for one in found}) < len(found):
        raise ValidationError(_("A department stands there twice."), code="line")
    return found


def _lines(text: str, read: Callable[[Sequence[str]], L]) -> list[L]:
    found: list[L] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(read(BAR.split(line.strip())))
        except ValueError as error:
            shown = {"number": number, "why": error}
            raise ValidationError(_("Line %(number)s: %(why)s") % shown, code="line") from error
    if len(found) > LINES_MOST:
        raise ValidationError(_("At most %(most)s lines.") % {"most": LINES_MOST}, code="line")
    return found


def _material(parts: Sequence[str]) -> MaterialLine:
    name, originals, copies, source, why = _padded(parts, least=4, most=5)
    if source not in SOURCES:
        raise ValueError(_("the fourth part is one of %(words)s") % {"words": "、".join(SOURCES)})
    return MaterialLine(_short(name, NAME_MOST), _number(originals), _number(copies), SOURCES[source], _words(why))


def _step(parts: Sequence[str]) -> StepLine:
    name, days, counted = _padded(parts, least=3, most=3)
    if counted not in COUNTED:
        raise ValueError(_("the third part is one of %(words)s") % {"words": "、".join(COUNTED)})
    return StepLine(_short(name, NAME_MOST), _number(days), COUNTED[counted])


def _opinion(parts: Sequence[str]) -> OpinionLine:
    department, about, days = _padded(parts, least=3, most=3)
    codes = {str(one[key]): str(one["code"]) for one in departments() if "into" not in one for key in ("code", "name")}
    if department not in codes:
        raise ValueError(_("“%(text)s” is no department of today") % {"text": department[:20]})
    if _number(days) == 0:
        raise ValueError(_("an opinion takes at least 1 working day"))
    return OpinionLine(codes[department], _short(about, NAME_MOST), _number(days))


def _padded(parts: Sequence[str], *, least: int, most: int) -> list[str]:
    if not least <= len(parts) <= most:
        raise ValueError(
            _("it has %(n)s parts between the bars, %(least)s are needed") % {"n": len(parts), "least": least}
        )
    return [*parts, *[""] * (most - len(parts))]


def _short(text: str, most: int) -> str:
    if not text or len(text) > most:
        raise ValueError(_("the name is missing or has more than %(most)s characters") % {"most": most})
    return text


def _words(text: str) -> str:
    if len(text) > WHY_MOST:
        raise ValueError(_("the reason has more than %(most)s characters") % {"most": WHY_MOST})
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:9]) > NUMBER_MOST:
        raise ValueError(_("“%(text)s” is no whole number up to %(most)s") % {"text": text[:20], "most": NUMBER_MOST})
    return int(text)
