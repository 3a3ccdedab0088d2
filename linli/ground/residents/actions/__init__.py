"""What is done with the register: lists, legal holds, requests about personal data."""

from .holds import hold, lift
from .lists import apply_list, stage_list
from .reading import Fault, Line, Reading, entry_of, read_list, template
from .rights import ask, erase, export

__all__ = [
    "Fault",
    "Line",
    "Reading",
    "apply_list",
    "ask",
    "entry_of",
    "erase",
    "export",
    "hold",
    "lift",
    "read_list",
    "stage_list",
    "template",
]
