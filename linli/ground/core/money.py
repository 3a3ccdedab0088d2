"""Money is a whole number of fen; yuan exist only where people read or type them."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEN_PER_YUAN: Final = 100
_YUAN = re.compile(r"(?P<sign>-?)(?P<yuan>\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(?P<fen>\d{1,2}))?")


def fen(typed: str) -> int:
    """Return the fen of an amount typed in yuan (`1,234.5` → 123450); raises ValidationError that says what to type."""
    match = _YUAN.fullmatch(typed.strip().removeprefix("¥").removesuffix("元").strip())
    if match is None:
        raise ValidationError(
            _("Write the amount in yuan with at most two decimals, for example 1,234.50."), code="money"
        )
    whole = int(match["yuan"].replace(",", "").replace("，", ""))
    part = int((match["fen"] or "").ljust(2, "0"))
    amount = whole * FEN_PER_YUAN + part
    return -amount if match["sign"] else amount


def yuan(amount: int) -> str:
    """Return an amount of fen as people read it: `123450` → `1,234.50`."""
    whole, part = divmod(abs(amount), FEN_PER_YUAN)
    return f"{'-' if amount < 0 else ''}{whole:,}.{part:02d}"
