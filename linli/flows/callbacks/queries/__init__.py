"""What is asked about call-backs: who waits for one, what they say of the work, which rounds are left out."""

from linli.flows.callbacks.models import Exclusion
from linli.flows.cases.models import Case
from linli.ground.places.spans import Line as Line
from linli.ground.places.spans import narrowed as narrowed

from .rates import GROUPS as GROUPS
from .rates import KINDS as KINDS
from .rates import Span as Span
from .rates import Tally as Tally
from .rates import behind as behind
from .rates import lines as lines
from .rates import method_of as method_of
from .rates import names_of as names_of
from .rates import total as total
from .rates import with_exclusions as with_exclusions
from .trend import trend_of as trend_of
from .waiting import before_the_call as before_the_call
from .waiting import queue as queue


def rounds_over(case: Case) -> list[int]:
    """Return the rounds of a case that have been answered, the latest first."""
    return [*([case.round] if case.answered_at else []), *range(case.round - 1, 0, -1)]


def rounds_excluded(case: Case) -> list[int]:
    """Return the rounds of a case that the rates leave out, the latest first."""
    standing = Exclusion.objects.standing().filter(case=case).order_by("-round")
    return list(standing.values_list("round", flat=True))
