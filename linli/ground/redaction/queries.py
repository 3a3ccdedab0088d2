"""Which personal numbers stand in a text, and the text without them. Pure functions; what they leave alone is as it was.

Figures may be full-width, written in Chinese (一三九…), or have blanks, hyphens and dots between them. Identity numbers: GB 11643-1999,
cards: ISO/IEC 7812-1 (Luhn). House numbers, days, hours and amounts are no personal numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was found."""

    IDENTITY = "identity", _("an identity number")
    CARD = "card", _("a bank card number")
    MOBILE = "mobile", _("a mobile number")
    LANDLINE = "landline", _("a telephone number")
    PASSPORT = "passport", _("a passport number")
    PLATE = "plate", _("a licence plate")
    EMAIL = "email", _("an e-mail address")
    ACCOUNT = "account", _("a WeChat or QQ account")


SHOWN: Final[dict[Kind, tuple[int, int]]] = {
    Kind.IDENTITY: (3, 0),
    Kind.CARD: (0, 4),
    Kind.MOBILE: (3, 4),
    Kind.LANDLINE: (0, 0),
    Kind.PASSPORT: (1, 0),
    Kind.PLATE: (2, 0),
    Kind.EMAIL: (1, 0),
    Kind.ACCOUNT: (1, 0),
}
"""How many characters of each stay at its beginning and its end: enough for who knows it to recognise it."""
STAR: Final = "*"


@dataclass(frozen=True)
class Finding:
    """One personal number: what it is, and where each of its characters stands in the text."""

    kind: Kind
    at: tuple[int, ...]


HAN_FIGURES: Final = dict(zip(map(ord, "〇○零一二三四五六七八九幺"), "0001234567891", strict=True))
_WIDE: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_ROUND: Final = {code: str((code - 0x1D7CE) % 10) for code in range(0x1D7CE, 0x1D800)} | {
    0x2460 + number: str(number + 1) for number in range(9)
}
_PLAIN: Final = _WIDE | _ROUND
_MIXED: Final = _PLAIN | HAN_FIGURES
_WIDE_ONES: Final = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_OTHER_ONES: Final = re.compile(f"[{''.join(map(chr, _MIXED))}]")
_FIGURES: Final = frozenset(map(chr, (*range(0x30, 0x3A), *range(0xFF10, 0xFF1A), *_ROUND, *HAN_FIGURES)))
_HINTS: Final = frozenset("@＠微薇vVqQwW")
_FEWEST: Final = 5
"""With fewer figures and no hint there is nothing to find: most texts are let by with one look."""
_RUN: Final = re.compile(r"[0-9]+(?:[\s\-‐-―_.·•()\u200b-\u200d\ufeff]{1,3}[0-9]+)*")
_GROUP: Final = re.compile(r"[0-9]+")
_LAST_FIGURE: Final = re.compile(r"[\s\-‐-―_.·•]{0,2}([Xx])(?![0-9])")
_MOBILE: Final = re.compile(r"(?:00)?(?:86)?1[3-9][0-9]{9}")
_LANDLINE: Final = re.compile(r"(?:0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7})")
_CALLED: Final = re.compile(r"(?i:电话|座机|固话|tel|phone)[^0-9]{0,6}\Z")
_LOCAL: Final = re.compile(r"[2-9][0-9]{6,7}")
_CARD: Final = re.compile(r"[3-69][0-9]{15,18}")
_OLD_ID, _ID = 15, 18
_LONGEST: Final = 19
_MOBILE_LENGTH: Final = 11  # without the country
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PROVINCE: Final = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WORDS: Final = (
    (Kind.EMAIL, re.compile(r"([A-Za-z0-9._%+-]+)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    (
        Kind.ACCOUNT,
        re.compile(
            r"(?i:微信|薇信|v信|vx|wechat|weixin)(?i:账号|号码|号|id)?\s*[是为:]?\s*(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9_-]{5,19})"
        ),
    ),
    (Kind.ACCOUNT, re.compile(r"(?i:qq)(?i:账号|号码|号)?\s*[是为:]?\s*([1-9][0-9]{4,11})(?![0-9])")),
    (
        Kind.PASSPORT,
        re.compile(
            r"(?<![A-Za-z0-9])([EGDSPegdsp][0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][0-9]{7}|[HMChmc][0-9]{8}(?:[0-9]{2})?)(?![A-Za-z0-9])"
        ),
    ),
    (
        Kind.PLATE,
        re.compile(
            r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Za-hj-np-z][\s·•.-]?(?=[A-Za-z0-9]*[0-9])[A-HJ-NP-Za-hj-np-z0-9]{5,6}[挂学警港澳]?)(?![A-Za-z0-9])"
        ),
    ),
)


def masked(text: str) -> str:
    """Return the text with stars in place of the personal numbers in it."""
    shown = list(text)
    for one in findings(text):
        head, tail = SHOWN[one.kind]
        for position in one.at[head : len(one.at) - tail]:
            shown[position] = STAR
    return "".join(shown)


def kinds_in(*texts: str) -> list[Kind]:
    """Return which kinds of personal numbers stand in the texts, each once, the gravest first."""
    found = {one.kind for text in texts for one in findings(text)}
    return [kind for kind in Kind if kind in found]


def findings(text: str) -> list[Finding]:
    """Return the personal numbers in a text; none of them overlaps another."""
    if _HINTS.isdisjoint(text) and sum(map(_FIGURES.__contains__, text)) < _FEWEST:
        return []
    plain = _WIDE_ONES.sub(_as_figure, text)
    taken: set[int] = set()
    found = []
    for one in chain(_in_words(plain), _in_figures(plain), _in_figures(_OTHER_ONES.sub(_as_figure, text))):
        if taken.isdisjoint(one.at):
            taken.update(one.at)
            found.append(one)
    return found


def _as_figure(match: re.Match[str]) -> str:
    return _MIXED[ord(match[0])]


def _in_words(text: str) -> Iterator[Finding]:
    """Find what has letters in it."""
    for kind, pattern in _WORDS:
        for match in pattern.finditer(text):
            yield Finding(kind, tuple(range(*match.span(1))))


def _in_figures(text: str) -> Iterator[Finding]:
    """Find what consists of figures: whole groups of them, however they are set apart; the longest kinds first."""
    for run in _RUN.finditer(text):
        groups = [one.span() for one in _GROUP.finditer(text, *run.span())]
        windows = [window for first in range(len(groups)) for window in _windows(groups, first)]
        for length in range(_LONGEST, 0, -1):
            for window in windows:
                if len(window) == length and (kind := _kind(text, window)):
                    yield Finding(
                        kind, window[-_MOBILE_LENGTH:] if kind is Kind.MOBILE else window + _check(text, window, kind)
                    )


def _windows(groups: list[tuple[int, int]], first: int) -> Iterator[tuple[int, ...]]:
    """Yield where the figures of neighbouring groups stand, from the first one on, as many as a personal number may have."""
    window: tuple[int, ...] = ()
    for begin, end in groups[first:]:
        window += tuple(range(begin, end))
        if len(window) > _LONGEST:
            return
        yield window


def _kind(text: str, window: tuple[int, ...]) -> Kind | None:
    """Return what the figures at these positions are; None for an ordinary number."""
    figures = "".join(text[position] for position in window)
    after = _LAST_FIGURE.match(text, window[-1] + 1)
    if _is_identity(figures + ("X" if after and len(figures) == _ID - 1 else "")):
        return Kind.IDENTITY
    if _CARD.fullmatch(figures) and _luhn(figures):
        return Kind.CARD
    if _MOBILE.fullmatch(figures):
        return Kind.MOBILE
    called = _LOCAL.fullmatch(figures) and _CALLED.search(text, max(0, window[0] - 12), window[0])
    return Kind.LANDLINE if called or _LANDLINE.fullmatch(figures) else None


def _check(text: str, window: tuple[int, ...], kind: Kind) -> tuple[int, ...]:
    """Return where the X of an identity number stands; nothing for one that ends in a figure."""
    after = _LAST_FIGURE.match(text, window[-1] + 1) if kind is Kind.IDENTITY and len(window) == _ID - 1 else None
    return (after.start(1),) if after else ()


def _is_identity(figures: str) -> bool:
    """Say whether these are an identity number: with a day of birth, and the right check figure or at least a province.

    A slip of the pen in one figure bares nothing. Numbers of fifteen figures were issued until 1999.
    """
    if len(figures) == _OLD_ID:
        return _PROVINCE.match(figures) is not None and _is_day(f"19{figures[6:12]}")
    if len(figures) != _ID or not _is_day(figures[6:14]):
        return False
    check = _CHECKS[sum(int(one) * weight for one, weight in zip(figures, _WEIGHTS, strict=False)) % 11]
    return check == figures[-1] or _PROVINCE.match(figures) is not None


def _is_day(figures: str) -> bool:
    try:
        day = date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return False
    return 1880 <= day.year <= 2100  # noqa: PLR2004 (whoever writes was born between)


def _luhn(figures: str) -> bool:
    """Say whether the last figure of a card number fits the others."""
    doubled = (int(one) * (1 + position % 2) for position, one in enumerate(reversed(figures)))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0  # noqa: PLR2004 (the sum of its two figures)
