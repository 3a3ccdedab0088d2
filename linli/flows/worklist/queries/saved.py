"""The filters that somebody has under a name: their own and those shared in their body."""

from typing import Final

from linli.flows.worklist.models import SavedFilter
from linli.ground.authority.actors import Actor

from .filters import Filter

PINNED: Final = 8
"""So many stand as tabs above the list, their own first; all are on the page of saved filters."""


def saved_of(actor: Actor) -> list[tuple[SavedFilter, Filter]]:
    """Return the saved filters that the actor sees, their own first, each as the filter that it is now."""
    found = SavedFilter.objects.visible_to(actor)
    own_first = sorted(found, key=lambda one: (one.owner != actor.ref, one.pk))
    return [(one, Filter.of_query(one.query)) for one in own_first]


def names_of(actor: Actor) -> set[str]:
    """Return the names under which the actor keeps filters of their own."""
    return {one.name for one, _asked in saved_of(actor) if one.owner == actor.ref}
