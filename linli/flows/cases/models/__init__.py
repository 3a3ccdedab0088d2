"""Facts of cases: the need, who brought it, what was said, how it was judged."""

from .cases import FOLLOWED as FOLLOWED
from .cases import Case as Case
from .cases import CaseQuerySet as CaseQuerySet
from .choices import CHANNELS as CHANNELS
from .choices import ENDED as ENDED
from .choices import LIVE as LIVE
from .choices import LONGEST as LONGEST
from .choices import TAKEN_DOWN as TAKEN_DOWN
from .choices import Channel as Channel
from .choices import Contacted as Contacted
from .choices import Ground as Ground
from .choices import LeadBy as LeadBy
from .choices import Missed as Missed
from .choices import Satisfied as Satisfied
from .choices import Solved as Solved
from .choices import Status as Status
from .choices import Way as Way
from .choices import Word as Word
from .helpers import Helper as Helper
from .reporters import NOBODY as NOBODY
from .reporters import Reporter as Reporter
from .reporters import brought_by as brought_by
from .words import CallBack as CallBack
from .words import Statement as Statement
from .words import without_numbers as without_numbers
