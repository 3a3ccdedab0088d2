"""Shares of law, compared by whole numbers: 以上 includes the number itself, 超过 and 过半数 exclude it (Civil Code art. 1259).

meets(">=2/3", 66, 99)  # True: 3·66 ≥ 2·99
least(">2/3", 99)       # 67
"""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SHARE = re.compile(r"(?P<sign>>=|>)(?P<part>[0-9]{1,4})/(?P<whole>[0-9]{1,4})")
_NAMES: Final[dict[tuple[int, int], Promise]] = {
    (1, 2): gettext_lazy("half"),
    (1, 3): gettext_lazy("one third"),
    (2, 3): gettext_lazy("two thirds"),
    (1, 4): gettext_lazy("a quarter"),
    (3, 4): gettext_lazy("three quarters"),
    (1, 5): gettext_lazy("one fifth"),
    (2, 5): gettext_lazy("two fifths"),
    (3, 5): gettext_lazy("three fifths"),
    (4, 5): gettext_lazy("four fifths"),
    (1, 10): gettext_lazy("one tenth"),
}


@dataclass(frozen=True)
class Share:
    """A threshold as the law writes it: at least (`>=`) or more than (`>`) a part of a whole."""

    strict: bool
    part: int
    whole: int

    def __str__(self) -> str:
        """Return it as stored, e.g. `>=2/3`."""
        return f"{'>' if self.strict else '>='}{self.part}/{self.whole}"

    @property
    def name(self) -> str:
        """The fraction alone: 三分之二, 半数."""
        return str(_NAMES.get((self.part, self.whole), f"{self.part}/{self.whole}"))

    def in_words(self) -> str:
        """Return it as the law says it: 三分之二以上, 超过三分之二, 过半数."""
        if not self.strict:
            return _("at least %(share)s") % {"share": self.name}
        if (self.part, self.whole) == (1, 2):
            return _("more than half")
        return _("more than %(share)s") % {"share": self.name}

    def verdict(self, *, met: bool) -> str:
        """Return the words of a count against it: 达到三分之二, 未超过半数."""
        if self.strict:
            words = _("exceeds %(share)s") if met else _("does not exceed %(share)s")
        else:
            words = _("reaches %(share)s") if met else _("falls short of %(share)s")
        return words % {"share": self.name}

    def meets(self, part: int, whole: int) -> bool:
        """Say whether part of whole meets it, nothing of nothing never does; raises ValueError unless 0 ≤ part ≤ whole."""
        if not 0 <= part <= whole:
            raise ValueError(f"{part} is no part of {whole}")
        return part >= self.least(whole)

    def least(self, whole: int) -> int:
        """Return the smallest number that meets it out of whole; raises ValueError below zero."""
        if whole < 0:
            raise ValueError(f"{whole} is no whole")
        need = self.part * whole
        return need // self.whole + 1 if self.strict else max(1, -(-need // self.whole))


def read(text: str) -> Share:
    """Return the share that a text such as `>=2/3` means; raises ValueError. `>1/1` could never be met and is refused."""
    match = _SHARE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a share: {text!r}")
    share = Share(match["sign"] == ">", int(match["part"]), int(match["whole"]))
    if not 0 < share.part <= share.whole or (share.strict and share.part == share.whole):
        raise ValueError(f"not a share: {text!r}")
    return share


def meets(share: str, part: int, whole: int) -> bool:
    """Say whether part of whole meets a share such as `>=2/3`, by whole numbers; raises ValueError unless 0 ≤ part ≤ whole."""
    return read(share).meets(part, whole)


def least(share: str, whole: int) -> int:
    """Return the smallest number out of whole that meets a share such as `>1/2`: 21 of 40."""
    return read(share).least(whole)
