"""Who may take lists of residents into the register: whoever keeps it (`residents.rules.may_keep_register`)."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import ListStatus, StagedList


def may_decide_list(actor: Actor, staged: StagedList) -> bool:
    """Take over or drop a list that waits."""
    return staged.status == ListStatus.STAGED and actor.holds(Power.KEEP_REGISTER, staged.area)
