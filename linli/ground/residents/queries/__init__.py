"""What is asked about the register and the rights over one's own data."""

from linli.ground.people.queries import Look, looks_at

from .register import kin_of, masked_register, preview_rows, resident_of, residents_of
from .rights import consents_of, hold_on, hold_to_tell, holds_of, requests_of, waiting_requests

__all__ = [
    "Look",
    "consents_of",
    "hold_on",
    "hold_to_tell",
    "holds_of",
    "kin_of",
    "looks_at",
    "masked_register",
    "preview_rows",
    "requests_of",
    "resident_of",
    "residents_of",
    "waiting_requests",
]
