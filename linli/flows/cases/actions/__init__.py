"""What is done with cases: worked on, answered, let go of."""

from .life import accept, answer, close, extend, inform, note, refuse, reopen, resume, suspend, unmask, urge
from .rounds import along, begin_round, end_round, owe_acceptance, owe_answer, round_at

__all__ = [
    "accept",
    "along",
    "answer",
    "begin_round",
    "close",
    "end_round",
    "extend",
    "inform",
    "note",
    "owe_acceptance",
    "owe_answer",
    "refuse",
    "reopen",
    "resume",
    "round_at",
    "suspend",
    "unmask",
    "urge",
]
