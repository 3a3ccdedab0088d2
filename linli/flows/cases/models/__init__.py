"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import FOLLOWED, Case, CaseQuerySet
from .choices import (
    CHANNELS,
    ENDED,
    LIVE,
    LONGEST,
    TAKEN_DOWN,
    Channel,
    Contacted,
    Ground,
    LeadBy,
    Missed,
    Satisfied,
    Solved,
    Status,
    Way,
    Word,
)
from .helpers import Helper
from .reporters import NOBODY, Reporter
from .words import CallBack, Statement, without_numbers

__all__ = [
    "CHANNELS",
    "ENDED",
    "FOLLOWED",
    "LIVE",
    "LONGEST",
    "NOBODY",
    "TAKEN_DOWN",
    "CallBack",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Contacted",
    "Ground",
    "Helper",
    "LeadBy",
    "Missed",
    "Reporter",
    "Satisfied",
    "Solved",
    "Statement",
    "Status",
    "Way",
    "Word",
    "without_numbers",
]
