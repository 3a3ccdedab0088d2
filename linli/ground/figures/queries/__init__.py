"""What is asked about figures: how many adults, households and voters a place has, and where each number comes from."""

from .counting import Figure as Figure
from .counting import adults as adults
from .counting import electorate as electorate
from .counting import figure as figure
from .counting import figures as figures
from .counting import households as households
from .counting import registered as registered
from .standings import LEVELS as LEVELS
from .standings import section_of as section_of
from .standings import standings_of as standings_of
