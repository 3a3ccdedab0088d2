"""What is asked about cases: where they stand, whose they are, how long they say who brought them."""

from .history import judged as judged
from .reading import ANSWER as ANSWER
from .reading import HOLDS as HOLDS
from .reading import OWED as OWED
from .reading import STEPS as STEPS
from .reading import WAITS as WAITS
from .reading import clock_of as clock_of
from .reading import countdown as countdown
from .reading import facts_of as facts_of
from .reading import is_held as is_held
from .reading import is_judged as is_judged
from .reading import owed_of as owed_of
from .reading import steps_of as steps_of
from .reading import window_of as window_of
from .reading import with_left as with_left
from .reporters import CASE_YEARS as CASE_YEARS
from .reporters import kept_until as kept_until
from .reporters import looked as looked
from .reporters import mine as mine
from .reporters import who_asked as who_asked
