"""What is done with the register: legal holds, deaths and moves undone, requests about personal data."""

from .holds import hold as hold
from .holds import lift as lift
from .marks import undo_mark_died as undo_mark_died
from .marks import undo_mark_left as undo_mark_left
from .rights import ask as ask
from .rights import erase as erase
from .rights import export as export
from .rights import finish_correction as finish_correction
