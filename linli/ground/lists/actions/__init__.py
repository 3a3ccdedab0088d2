"""What is done with lists of residents: read, staged, taken over."""

from .reading import Fault as Fault
from .reading import Line as Line
from .reading import Reading as Reading
from .reading import read_list as read_list
from .reading import template as template
from .staging import apply_list as apply_list
from .staging import stage_list as stage_list
