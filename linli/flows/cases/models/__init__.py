"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import Case, CaseQuerySet, Rating, Reporter, Statement
from .choices import Channel, Satisfied, ServiceField, Solved, Status

__all__ = [
    "Case",
    "CaseQuerySet",
    "Channel",
    "Rating",
    "Reporter",
    "Satisfied",
    "ServiceField",
    "Solved",
    "Statement",
    "Status",
]
