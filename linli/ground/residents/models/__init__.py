"""The facts about the register's use: staged lists, requests about personal data."""

from .lists import ListStatus, StagedList
from .rights import DataRequest, Refusal, RequestKind, RequestStatus

__all__ = ["DataRequest", "ListStatus", "Refusal", "RequestKind", "RequestStatus", "StagedList"]
