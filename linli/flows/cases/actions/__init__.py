"""What is done with cases: worked on, answered, let go of."""

from .life import accept as accept
from .life import answer as answer
from .life import close as close
from .life import extend as extend
from .life import inform as inform
from .life import note as note
from .life import refuse as refuse
from .life import reopen as reopen
from .life import resume as resume
from .life import suspend as suspend
from .life import unmask as unmask
from .life import urge as urge
from .rounds import along as along
from .rounds import begin_round as begin_round
from .rounds import end_round as end_round
from .rounds import owe_acceptance as owe_acceptance
from .rounds import owe_answer as owe_answer
from .rounds import round_at as round_at
