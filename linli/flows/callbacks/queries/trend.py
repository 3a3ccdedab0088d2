"""How the three rates went from month to month, as a drawing."""

from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.ground.places.spans import Line
from linli.ground.ui.rates import Trend, drawn

from .rates import Tally

NAMES: Final[tuple[Promise, ...]] = (_("response rate"), _("solution rate"), _("satisfaction rate"))


def trend_of(lines: Sequence[Line[Tally]]) -> Trend | None:
    """Return the drawing of the months from the first to the last that has call-backs; None for too few."""
    return drawn({line.key: line.tally for line in lines}, NAMES, Tally())
