"""Who may announce days and see to-dos."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power


def may_announce(actor: Actor) -> bool:
    """Whoever holds the calendar's power over some place; the form and the API check the place itself."""
    return actor.area(Power.EDIT_CALENDAR) is not None


def may_confirm_year(actor: Actor) -> bool:
    """The same people."""
    return may_announce(actor)


def may_list_todos(actor: Actor) -> bool:
    """Whoever acts in a post sees what its body has to do."""
    return actor.post is not None
