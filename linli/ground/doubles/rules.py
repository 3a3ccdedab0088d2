"""Who may make two entries of the register one."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.people.models import Person
from linli.ground.residents.rules import may_correct

from .models import Merge


def may_merge(actor: Actor, person: Person) -> bool:
    """Compare an entry with another one and make the two one: whoever may correct both, and never one's own."""
    return may_correct(actor, person) and actor.person != person.pk


def may_undo_merge(actor: Actor, done: Merge) -> bool:
    """Make one entry two again: the keeper of the place, and never one's own."""
    return actor.person not in {done.kept_id, done.lost_id} and actor.holds(Power.KEEP_REGISTER, done.place_path)
