"""Who may keep the register, and what people may do about their own data."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.people.models import Person

from .models import DataRequest, LegalHold, RequestStatus


def may_keep_register(actor: Actor) -> bool:
    """The desk of a community keeps its register: lists, enters, loads."""
    return actor.area(Power.KEEP_REGISTER) is not None


def may_show(actor: Actor, person: Person) -> bool:
    """Show an entry, masked: the keeper of the place."""
    return actor.holds(Power.KEEP_REGISTER, person.place_path)


def may_correct(actor: Actor, person: Person) -> bool:
    """Correct an entry, mark it, confirm it, declare kinship: the keeper of the place; never an erased or a merged one."""
    return may_show(actor, person) and person.merged_into_id is None and person.personal.erased_at is None


def may_undo_mark(actor: Actor, person: Person) -> bool:
    """Undo the record of a death or a move: whoever may correct the entry; nobody for themselves."""
    return may_correct(actor, person) and actor.person != person.pk


def may_hold(actor: Actor, person: Person) -> bool:
    """Keep somebody's data by law: whoever decides their requests; nobody for themselves."""
    return may_correct(actor, person) and actor.person != person.pk


def may_lift(actor: Actor, held: LegalHold) -> bool:
    """End a hold that stands: whoever may set one."""
    mine = actor.person == held.person_id
    return held.lifted_at is None and not mine and actor.holds(Power.KEEP_REGISTER, held.place_path)


def may_unmask(actor: Actor, person: Person) -> bool:
    """See phone and identity number in full, on the record."""
    return actor.holds(Power.UNMASK_PEOPLE, person.place_path)


def may_see_own(actor: Actor) -> bool:
    """A person who has signed in sees their own data and asks about them."""
    return actor.person is not None


def may_see_request(actor: Actor, request: DataRequest) -> bool:
    """Look at a request: whoever asked, and the keeper of the place."""
    return actor.person == request.person_id or actor.holds(Power.KEEP_REGISTER, request.place_path)


def may_decide(actor: Actor, request: DataRequest) -> bool:
    """Fulfil or refuse a waiting request: the keeper of the place, and never about oneself."""
    waiting = request.status == RequestStatus.REQUESTED and actor.person != request.person_id
    return waiting and actor.holds(Power.KEEP_REGISTER, request.place_path)


def may_export(actor: Actor, request: DataRequest) -> bool:
    """Take out the copy that one has asked for."""
    return actor.person == request.person_id and request.status == RequestStatus.DONE
