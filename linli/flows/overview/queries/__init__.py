"""What cases come to: counted from the cases, or read from the tallies."""

from .counting import Counted as Counted
from .counting import counted as counted
from .counting import month_of as month_of
from .overview import Overview as Overview
from .overview import overview_of as overview_of
from .overview import table_of as table_of
from .periods import Period as Period
from .periods import PeriodCode as PeriodCode
from .periods import period_of as period_of
