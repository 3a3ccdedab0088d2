"""The facts about the register's use: staged lists, legal holds, requests about personal data."""

from .holds import HoldBasis, LegalHold
from .lists import ListStatus, StagedList
from .rights import DataRequest, Refusal, RequestKind, RequestStatus

__all__ = [
    "DataRequest",
    "HoldBasis",
    "LegalHold",
    "ListStatus",
    "Refusal",
    "RequestKind",
    "RequestStatus",
    "StagedList",
]
