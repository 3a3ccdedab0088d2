"""What is asked about cases: where they stand, whose they are, how long they say who brought them."""

from .history import take_ratings as take_ratings
from .keeping import cases_to_forget as cases_to_forget
from .keeping import contacts_to_forget as contacts_to_forget
from .keeping import data_behind as data_behind
from .keeping import has_open_case as has_open_case
from .listing import listed as listed
from .reading import ANSWER as ANSWER
from .reading import REASONS as REASONS
from .reading import NoLead as NoLead
from .reading import countdown as countdown
from .reading import facts_of as facts_of
from .reading import lead_of as lead_of
from .reading import owed_of as owed_of
from .reading import promise as promise
from .reading import steps_of as steps_of
from .reading import with_left as with_left
from .reporters import code_to as code_to
from .reporters import copy_for as copy_for
from .reporters import is_of as is_of
from .reporters import looked as looked
from .reporters import mine as mine
from .reporters import took_down as took_down
from .reporters import who_asked as who_asked
