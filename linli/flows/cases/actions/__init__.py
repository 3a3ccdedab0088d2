"""What is done with cases: worked on, answered, let go of."""

from .life import accept, answer, close, extend, inform, note, rate, refuse, reopen, resume, suspend, unmask, urge
from .rounds import begin_round, end_round, owe_acceptance, owe_help, round_at

__all__ = [
    "accept",
    "answer",
    "begin_round",
    "close",
    "end_round",
    "extend",
    "inform",
    "note",
    "owe_acceptance",
    "owe_help",
    "rate",
    "refuse",
    "reopen",
    "resume",
    "round_at",
    "suspend",
    "unmask",
    "urge",
]
