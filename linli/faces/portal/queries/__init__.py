"""What the portal asks: a community at a glance, and what a search finds."""

from .home import EXAMPLES as EXAMPLES
from .home import ICONS as ICONS
from .home import Card as Card
from .home import Month as Month
from .home import card_of as card_of
from .home import community_at as community_at
from .home import community_of as community_of
from .home import districts as districts
from .home import section_of as section_of
from .home import this_month as this_month
from .search import LONGEST as LONGEST
from .search import find as find
from .search import find_cases as find_cases
