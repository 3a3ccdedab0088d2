"""What people type about bodies and who holds their posts."""

from .bodies import CorrectForm, DissolveForm, MoveForm, RenameForm, SetUpForm, SetUpMissingForm
from .holdings import AppointForm, EndForm, FindPersonForm, NewcomerForm
from .parts import typed

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
    "SetUpMissingForm",
    "typed",
]
