"""What is done with cases: taken in, worked on, answered, let go of."""

from .intake import receive
from .life import accept, answer, close, extend, inform, note, rate, refuse, reopen, resume, suspend, unmask, urge
from .rounds import owe_acceptance, owe_help

__all__ = [
    "accept",
    "answer",
    "close",
    "extend",
    "inform",
    "note",
    "owe_acceptance",
    "owe_help",
    "rate",
    "receive",
    "refuse",
    "reopen",
    "resume",
    "suspend",
    "unmask",
    "urge",
]
