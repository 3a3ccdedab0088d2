"""Who may announce days and set office hours."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import OfficeHours


def may_announce(actor: Actor) -> bool:
    """Whoever holds the calendar's power over some place; the form and the API check the place itself."""
    return actor.area(Power.EDIT_CALENDAR) is not None


def may_confirm_year(actor: Actor) -> bool:
    """The same people."""
    return may_announce(actor)


def may_set_hours(actor: Actor) -> bool:
    """The same people; the form checks the place itself."""
    return may_announce(actor)


def may_remove_hours(actor: Actor, hours: OfficeHours) -> bool:
    """Whoever holds the calendar's power over the place whose hours they are."""
    return actor.holds(Power.EDIT_CALENDAR, hours.place_path)
