"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import Case, CaseQuerySet
from .choices import (
    CHANNELS,
    ENDED,
    LONGEST,
    TAKEN_DOWN,
    Channel,
    Contacted,
    Ground,
    LeadBy,
    Satisfied,
    Solved,
    Status,
    Word,
)
from .helpers import Helper
from .reporters import NOBODY, Reporter
from .words import Rating, Statement

__all__ = [
    "CHANNELS",
    "ENDED",
    "LONGEST",
    "NOBODY",
    "TAKEN_DOWN",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Contacted",
    "Ground",
    "Helper",
    "LeadBy",
    "Rating",
    "Reporter",
    "Satisfied",
    "Solved",
    "Statement",
    "Status",
    "Word",
]
