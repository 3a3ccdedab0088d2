"""A case finds another lead, or help: sent back and ruled on, given to another, co-handlers asked. Each action is one transaction.

What happens to a co-handler's part: with the lead's longer time it gets its share of it; while the case is suspended it stands; with the
answer or a refusal it is not owed any more; in the next round nobody owes help who is not asked again.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo
from linli.commons.deadlines.models import Todo
from linli.flows.cases.actions import owe_acceptance
from linli.flows.cases.models import Case, Helper, Status
from linli.flows.cases.queries import clock_of
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body
from linli.ground.rulebook.queries import rule, rules

from . import queries

HELP: Final = "cases.contribute"
HELP_RULES: Final = ("cases.help.share", "cases.help.least")


@transaction.atomic
def send_back(case: Case, *, text: str, by: Actor) -> None:
    """Send a case back with the reason; the dispatcher above has to rule on it. Raises Refused after the time for it, or if final."""
    limit = rule("cases.return.limit", place_path=case.place.path)
    if clock.now() > due(queries.given_at(case), limit.number, limit.unit, case.place.path).due_at:
        raise Refused(case, "send_back")
    case.send_back(text=text, by=by)
    close_todos(about=case, by=by, body=case.lead)
    term = rule("cases.dispatch.limit", place_path=case.place.path)
    due_at = due(clock.now(), term.number, term.unit, case.place.path).due_at
    dispatcher = queries.dispatcher_of(case)
    open_todo(about=case, verb="cases.designate", title=case.title, body=dispatcher, due_at=due_at, by=by)


@transaction.atomic
def designate(case: Case, *, body: Body, is_final: bool, text: str, by: Actor) -> None:
    """Rule who leads a case that was sent back; a final designation cannot be sent back again."""
    case.designate(lead=body, is_final=is_final, text=text, by=by)
    close_todos(about=case, by=by, verb="cases.designate")
    owe_acceptance(case, by)


@transaction.atomic
def assign(case: Case, *, body: Body, by: Actor) -> None:
    """Give a case that nobody has accepted yet to another lead; the clock goes on, the time for accepting begins anew."""
    before = case.lead
    case.assign(lead=body, by=by)
    close_todos(about=case, by=by, body=before)
    owe_acceptance(case, by)


@transaction.atomic
def ask_help(case: Case, *, body: Body, wanted: str, by: Actor) -> None:
    """Ask another body to help (协办); raises Refused where it helps already, leads itself, or the case is not open."""
    case.lock()
    if case.status not in {Status.RECEIVED, Status.ACCEPTED} or body.pk == case.lead_id:
        raise Refused(case, "ask_help")
    owe_help(case, body, wanted=wanted, by=by)
    record("cases.case.ask_help", case, by=by, place_path=case.place.path, data={"body": body.pk})


@transaction.atomic
def contribute(case: Case, *, text: str, by: Actor) -> None:
    """Report to the lead what the actor's body has done to help; raises Refused where nothing is asked of it any more."""
    case.lock()
    asked = Helper.objects.of_actor(by).waiting().filter(case=case).select_related("body").first()
    if asked is None:
        raise Refused(case, "contribute")
    asked.reported_at, asked.text = clock.now(), text
    asked.save(update_fields=["reported_at", "text"])
    close_todos(about=case, by=by, verb="cases.contribute", body=asked.body)
    record("cases.case.contribute", case, by=by, place_path=case.place.path, data={"body": asked.body_id})


def owe_help(case: Case, body: Body, *, wanted: str, by: Actor) -> None:
    """Make it a co-handler, with its share of the time that the lead still has (`cases.help.share`, `cases.help.least`)."""
    try:
        with transaction.atomic():
            Helper.objects.create(case=case, body=body, wanted=wanted)
            case.ask(body)
    except IntegrityError as error:
        raise Refused(case, "ask_help") from error
    open_todo(about=case, verb=HELP, title=case.title, body=body, due_at=_help_until(case), by=by)


def let_help_stand(case: Case, by: Actor) -> None:
    """Let what co-handlers owe stand with the case."""
    for todo in Todo.objects.counting().filter(about=ref(case), verb=HELP):
        todo.stand(by=by)


def let_help_go_on(case: Case, by: Actor) -> None:
    """Give co-handlers who have not reported their share of the time that the lead has now; never less than they had."""
    waiting = list(Todo.objects.open().filter(about=ref(case), verb=HELP))
    until = _help_until(case) if waiting else clock.now()
    for todo in waiting:
        todo.go_on(until=max(until, todo.due_at), by=by)


def want_no_help(case: Case, _by: Actor) -> None:
    """Let go of what co-handlers have not reported: their to-dos have ended with the lead's."""
    if case.helped_by:
        case.helpers.waiting().delete()


def _help_until(case: Case) -> datetime:
    known = rules(*HELP_RULES, place_path=case.place.path)
    share, least = (known[key].number for key in HELP_RULES)
    now = clock.now()
    return now + max((clock_of(case).due_at - now) * share / 100, timedelta(hours=least))
