"""WHO MAY act on many cases at once, keep filters, take files away. Which cases each of these reaches is the scope's business."""

from linli.flows.cases.rules import may_work
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Export, SavedFilter


def may_save(actor: Actor) -> bool:
    """Keep a filter under a name: whoever has the list of cases."""
    return may_work(actor)


def may_rename(actor: Actor, saved: SavedFilter) -> bool:
    """Rename a saved filter: whose it is."""
    return bool(saved.owner == actor.ref)


may_share = may_unshare = may_remove = may_rename
"""Share it, keep it to oneself again, let it go."""


def may_accept(actor: Actor) -> bool:
    """Accept several cases at once: a post that handles the cases of its body."""
    return actor.post is not None and actor.holds_in(Power.HANDLE_CASES, actor.post.body)


def may_note(actor: Actor) -> bool:
    """Write one note on several cases: whoever has the list of cases."""
    return may_work(actor)


def may_assign(actor: Actor) -> bool:
    """Give several cases to another lead: a post that dispatches."""
    return actor.post is not None and actor.area(Power.DISPATCH_CASES) is not None


may_queue = may_assign
"""See what waits for a ruling."""


def may_export(actor: Actor) -> bool:
    """Have a file made of what a filter shows: whoever has the list of cases."""
    return may_work(actor)


def may_follow(actor: Actor, export: Export) -> bool:
    """See how far a file is: who asked for it, in the same post."""
    return bool(export.owner == actor.ref)


may_download = may_follow
"""Fetch it."""
