"""What is asked of many cases at once: filtered, listed, chosen for a step, written out, waiting for the dispatcher."""

from .choices import Condition as Condition
from .choices import areas_of as areas_of
from .choices import categories_of as categories_of
from .choices import leads_of as leads_of
from .filters import DUES as DUES
from .filters import NOTHING as NOTHING
from .filters import OPEN as OPEN
from .filters import Filter as Filter
from .filters import Part as Part
from .listing import Listed as Listed
from .listing import chosen as chosen
from .listing import listed as listed
from .saved import names_of as names_of
from .saved import saved_of as saved_of
