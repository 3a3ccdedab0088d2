"""What is done with the register: lists, legal holds, deaths and moves undone, requests about personal data."""

from .holds import hold as hold
from .holds import lift as lift
from .lists import apply_list as apply_list
from .lists import stage_list as stage_list
from .marks import undo_mark_died as undo_mark_died
from .marks import undo_mark_left as undo_mark_left
from .reading import Fault as Fault
from .reading import Line as Line
from .reading import Reading as Reading
from .reading import entry_of as entry_of
from .reading import read_list as read_list
from .reading import template as template
from .rights import ask as ask
from .rights import erase as erase
from .rights import export as export
