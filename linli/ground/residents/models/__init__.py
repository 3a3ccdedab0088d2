"""The facts about the register's use: legal holds, undone deaths and moves, requests about personal data."""

from .holds import HoldBasis as HoldBasis
from .holds import LegalHold as LegalHold
from .marks import Mark as Mark
from .marks import UndoneMark as UndoneMark
from .rights import REASONS as REASONS
from .rights import DataRequest as DataRequest
from .rights import Refusal as Refusal
from .rights import RequestKind as RequestKind
from .rights import RequestStatus as RequestStatus
