"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import FOLLOWED, Case, CaseQuerySet
from .choices import (
    CHANNELS,
    ENDED,
    LIVE,
    LONGEST,
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
from .words import CallBack, Statement

__all__ = [
    "CHANNELS",
    "ENDED",
    "FOLLOWED",
    "LIVE",
    "LONGEST",
    "NOBODY",
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
]
