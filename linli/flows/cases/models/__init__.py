"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import NOBODY, Case, CaseQuerySet, Rating, Reporter, Statement
from .choices import Channel, Contacted, Satisfied, ServiceField, Solved, Status

__all__ = [
    "NOBODY",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Contacted",
    "Rating",
    "Reporter",
    "Satisfied",
    "ServiceField",
    "Solved",
    "Statement",
    "Status",
]
