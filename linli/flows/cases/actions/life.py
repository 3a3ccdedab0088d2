"""What is done with a case beyond its own row while it lives: its clock and its to-dos. Each action is one transaction."""

from django.db import transaction
from django.utils.timezone import localtime

from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo
from linli.commons.deadlines.actions import urge as urge_todo
from linli.commons.deadlines.models import Todo
from linli.flows.cases import queries
from linli.flows.cases.models import Case, Reporter, Word
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.database.writing import together
from linli.ground.rulebook.queries import rule

from .rounds import begin_round, end_round, go_along, owe_answer, round_at


@transaction.atomic
@together(Todo)
def accept(case: Case, *, by: Actor) -> None:
    """Take the case on; the to-do turns from accepting to answering."""
    case.accept(by=by)
    close_todos(about=case, by=by, body=case.lead)
    owe_answer(case, by)


@transaction.atomic
def extend(case: Case, *, amount: int, text: str, by: Actor) -> None:
    """Take longer, once a round and before the time is up, by at most what the rule allows; the resident is told why.

    Raises Refused for a second time, after the time, or for more than is allowed.
    """
    case.lock()
    running = queries.clock_of(case)
    most = rule("cases.extend.max", place_path=case.place.path)
    if not 1 <= amount <= most.number or running.extended or clock.now() > running.due_at:
        raise Refused(case, "extend")
    case.extend(text=text, by=by)
    running.extend(amount=amount, reason=Word.EXTENSION, by=by)
    go_along("extend", case, by)


@transaction.atomic
def suspend(case: Case, *, text: str, by: Actor) -> None:
    """Let the case and its clock stand, with the resident's consent; raises Refused once the time is up."""
    case.suspend(text=text, by=by)
    queries.clock_of(case).pause(reason=Word.SUSPENSION, by=by)
    go_along("suspend", case, by)


@transaction.atomic
def resume(case: Case, *, text: str, by: Actor) -> None:
    """Go on with the case; its clock goes on by the time that it stood."""
    case.resume(text=text, by=by)
    queries.clock_of(case).resume(by=by)
    go_along("resume", case, by)


@transaction.atomic
def refuse(case: Case, *, ground: str, text: str, by: Actor) -> None:
    """Not take the case on; the lawful channel is named to the resident, clock and to-dos end."""
    case.refuse(ground=ground, text=text, by=by)
    end_round("refuse", case, by)


@transaction.atomic
@together(Todo, Todo)
def answer(case: Case, *, text: str, by: Actor) -> None:
    """Answer the resident; the clock stops, what others still owed ends, the lead is to close it in time.

    Raises Refused while it waits for its parts.
    """
    case.answer(text=text, by=by)
    if queries.is_held(case):
        raise Refused(case, "answer")
    end_round("answer", case, by)
    days = rule("cases.close.days", place_path=case.place.path)
    due_at = due(clock.now(), days.number, days.unit, case.place.path).due_at
    open_todo(about=case, verb="cases.close", title=case.title, body=case.lead, due_at=due_at, by=by)
    if case.round == 1:
        case.ratings = []  # known without asking: nobody has judged what is said only now


@transaction.atomic
@together()
def close(case: Case, *, text: str, by: Actor) -> None:
    """End the case; whoever is to call back still does."""
    case.close(text=text, by=by)
    close_todos(about=case, by=by, body=case.lead)


@transaction.atomic
def reopen(case: Case, *, text: str, by: Actor) -> None:
    """Begin the next round with a clock of its own; raises Refused once the days or the number for it are used up."""
    _must_allow(case, "reopen")
    case.reopen(text=text, by=by)
    close_todos(about=case, by=by)
    begin_round(case, round_at(case), by)


@transaction.atomic
def urge(case: Case, *, text: str, by: Actor) -> None:
    """Urge the lead to do what is overdue; raises Refused where nothing is, any more or at all."""
    case.lock()
    owed = queries.owed_of(case)
    if owed is None or not owed.is_late:
        raise Refused(case, "urge")
    case.urge(text=text, by=by)
    urge_todo(owed, body=by.post.body if by.post else 0, by=by)


@transaction.atomic
def inform(case: Case, *, text: str, by: Actor) -> None:
    """Tell the resident how far it is."""
    case.inform(text=text, by=by)


@transaction.atomic
def note(case: Case, *, text: str, by: Actor) -> None:
    """Write something down for those who work on it."""
    case.note(text=text, by=by)


@transaction.atomic
def unmask(case: Case, *, by: Actor) -> Reporter:
    """Show who reported the case in full, and write down who looked: once per case, looker and day (个人信息保护法 art. 51)."""
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    case.lock()
    if not queries.looked(case, by, since=midnight):
        record("cases.case.unmask", case, by=by, place_path=case.place_path)
    return case.reporter


def _must_allow(case: Case, verb: str) -> None:
    """Look at the case under its lock: two clicks at once are one step."""
    case.lock()
    if verb not in queries.steps_of(case):
        raise Refused(case, verb)
