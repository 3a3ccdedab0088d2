"""What people type about bodies and who holds their posts."""

from .bodies import CorrectForm, DissolveForm, MoveForm, RenameForm, SetUpForm
from .holdings import AppointForm, EndForm, FindPersonForm, NewcomerForm, WithdrawForm
from .parts import day, typed

__all__ = [
    "AppointForm",
    "CorrectForm",
    "DissolveForm",
    "EndForm",
    "FindPersonForm",
    "MoveForm",
    "NewcomerForm",
    "RenameForm",
    "SetUpForm",
    "WithdrawForm",
    "day",
    "typed",
]
