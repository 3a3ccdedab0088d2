"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import FOLLOWED, Case, CaseQuerySet
from .choices import CHANNELS, ENDED, LIVE, LONGEST, Channel, Contacted, Ground, LeadBy, Satisfied, Solved, Status, Word
from .helpers import Helper
from .reporters import NOBODY, Reporter
from .words import Rating, Statement

__all__ = [
    "CHANNELS",
    "ENDED",
    "FOLLOWED",
    "LIVE",
    "LONGEST",
    "NOBODY",
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
