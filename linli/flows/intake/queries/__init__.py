"""ASK: what is promised to who reports, what they are told while they write, what everybody may read, whose a reference is."""

from .hints import Hints as Hints
from .hints import hints_for as hints_for
from .needs import Written as Written
from .needs import alike_for as alike_for
from .needs import code_to as code_to
from .needs import is_of as is_of
from .needs import normal_number as normal_number
from .needs import promise as promise
from .needs import shown as shown
from .needs import took_down as took_down
