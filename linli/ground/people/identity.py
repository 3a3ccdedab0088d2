"""Phones, identity numbers and names as people type and may show them: normalised, checked, masked. Pure functions.

Identity numbers: GB 11643-1999. Masks: only what a desk needs to tell two people apart (PIPL art. 51).
"""

import re
import unicodedata
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linli.ground.core.crypto import blind_index

PHONE_LENGTH: Final = 11
ID_LENGTH: Final = 18
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{6,11}|[2-9]\d{6,7}")
_ID = re.compile(r"\d{17}[\dX]")
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_COMPOUND_SURNAMES: Final = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|独孤|南宫|呼延|轩辕|拓跋|赫连|闻人|澹台"
)
_SHORTEST_COMPOUND: Final = 3
_MASK_MOST: Final = 2
_SHOWN = (3, 4)


def _plain(typed: str) -> str:
    """Return what was typed with half-width figures and without spaces and hyphens."""
    return re.sub(r"[\s\-‐–—_.()]", "", unicodedata.normalize("NFKC", typed))


def normal_code(typed: str) -> str:
    """Return the six figures of a one-time code however typed (`１２３ ４５６`); raises ValidationError where they are not six."""
    code = _plain(typed)
    if not re.fullmatch(r"[0-9]{6}", code):
        raise ValidationError(_("A code has six figures; please compare it with the message."), code="malformed")
    return code


def normal_phone(typed: str) -> str:
    """Return the eleven figures of a mobile number however typed (`+86 139-0000-0001`); raises ValidationError that says what to mend."""
    number = re.sub(r"^(?:\+|00)86(?=\d)|^86(?=1\d{10}$)", "", _plain(typed))
    if not number.isascii() or not number.isdigit():
        raise ValidationError(_("Write the mobile number in figures only."), code="phone")
    if _LANDLINE.fullmatch(number):
        raise ValidationError(_("This is a landline; a mobile number of 11 digits is needed."), code="phone")
    missing = PHONE_LENGTH - len(number)
    if missing > 0:
        text = _("The mobile number is short by %(count)s; it should have 11 digits.")
        raise ValidationError(text % {"count": missing}, code="phone")
    if missing < 0:
        text = _("The mobile number is too long by %(count)s; it should have 11 digits.")
        raise ValidationError(text % {"count": -missing}, code="phone")
    if not _MOBILE.fullmatch(number):
        raise ValidationError(
            _("Mobile numbers begin with 13 to 19; please check the first two figures."), code="phone"
        )
    return number


def normal_id(typed: str) -> str:
    """Return an identity number in capitals; raises ValidationError where its length, day of birth or check figure is wrong."""
    number = _plain(typed).upper()
    if len(number) != ID_LENGTH:
        raise ValidationError(
            _("The identity number has %(count)s characters; it should have 18.") % {"count": len(number)},
            code="id_number",
        )
    if not _ID.fullmatch(number) or born_on_of(number) is None:
        raise ValidationError(
            _("The identity number does not contain a day of birth; please compare it with the card."), code="id_number"
        )
    if (
        _ID_CHECKS[sum(int(figure) * weight for figure, weight in zip(number, _ID_WEIGHTS, strict=False)) % 11]
        != number[-1]
    ):
        raise ValidationError(
            _("The check figure of the identity number is wrong; please compare it with the card."), code="id_number"
        )
    return number


def born_on_of(id_number: str) -> date | None:
    """Return the day of birth inside an identity number, None where it holds none."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex_of(id_number: str) -> str:
    """Return `female` or `male` from the seventeenth figure of an identity number."""
    return "male" if int(id_number[16]) % 2 else "female"


def normal_name(typed: str) -> str:
    """Return a name with single spaces and one kind of middle dot, so that the same name has the same index."""
    return re.sub(r"\s*[·•・‧∙]\s*", "·", " ".join(unicodedata.normalize("NFKC", typed).split()))


def surname_of(name: str) -> str:
    """Return the surname: two characters for the known compound ones, else the first."""
    compound = len(name) >= _SHORTEST_COMPOUND and _COMPOUND_SURNAMES.match(name)
    return name[:2] if compound else name[:1]


def mask_name(name: str) -> str:
    """Return the surname with 某 for the rest, at most two: 王某某. A name of one character is all 某."""
    if len(name) <= 1:
        return "某" * len(name)
    surname = surname_of(name)
    return surname + "某" * min(len(name) - len(surname), _MASK_MOST)


def mask_phone(phone: str) -> str:
    """Return 139****0001."""
    return _mask(phone, PHONE_LENGTH)


def mask_id(id_number: str) -> str:
    """Return 150***********123X: neither the day of birth nor the town of issue."""
    return _mask(id_number, ID_LENGTH)


def _mask(text: str, length: int) -> str:
    """Hide the middle; a text of another length is hidden whole."""
    if len(text) != length:
        return "*" * len(text)
    head, tail = _SHOWN
    return text[:head] + "*" * (length - head - tail) + text[-tail:]


def phone_index(phone: str) -> str:
    """Return the blind index of a normal phone: what accounts, register and visitors are matched by."""
    return blind_index(phone, "people.phone")


def name_index(name: str) -> str:
    """Return the blind index of a whole name or of a surname."""
    return blind_index(normal_name(name), "people.name")


def id_index(id_number: str) -> str:
    """Return the blind index of a normal identity number."""
    return blind_index(id_number, "people.id_number")
