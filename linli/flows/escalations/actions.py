"""A lead whistles for a higher body, which reports in; the dispatcher rules on who leads. Each action is one transaction."""

from typing import Final

from django.db import IntegrityError, transaction

from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo
from linli.flows.cases.actions import owe_acceptance, owe_answer
from linli.flows.cases.models import Case, Status, Word, without_numbers
from linli.flows.dispatch.actions import HELP, owe_help
from linli.flows.dispatch.rules import dispatches
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import office_above
from linli.ground.rulebook.queries import rule

from .models import Answer, Escalation
from .queries import may_call

REPORT_IN: Final = "cases.report_in"
HAND_OVER: Final = "cases.hand_over"


@transaction.atomic
def whistle(case: Case, *, body: Body, text: str, by: Actor) -> None:
    """Call for a higher body (吹哨), which has to report in by the rule `cases.whistle.limit`; the lead and its time stay.

    Raises Refused where it was called for already and has not answered, leads itself, or the case is not worked on.
    """
    case.lock()
    if not may_call(case) or body.pk == case.lead_id:
        raise Refused(case, "whistle")
    try:
        with transaction.atomic():
            Escalation.objects.create(case=case, body=body, lead=case.lead, whistled_by=by.post_ref)
    except IntegrityError as error:
        raise Refused(case, "whistle") from error
    case.ask(body)
    _owe(case, REPORT_IN, body, "cases.whistle.limit", by)
    _say(case, Word.WHISTLE, text, by)
    record("cases.case.whistle", case, by=by, place_path=case.place_path, data={"body": body.pk})


@transaction.atomic
def report_in(case: Case, *, answer: Answer, text: str, by: Actor) -> None:
    """Report in (报到): take part as a co-handler, offer to lead, or say why not.

    The dispatcher rules on an offer; one that dispatches over the place itself takes over at once. Raises Refused where nobody waits
    for the body, or another body's offer waits for the ruling.
    """
    case.lock()
    called = Escalation.objects.of_actor(by).filter(case=case).select_related("body").first()
    if called is None or answer not in {Answer.TAKES_PART, Answer.OFFERS, Answer.DECLINES}:
        raise Refused(case, "report_in")
    _move(called, answer, by)
    close_todos(about=case, by=by, verb=REPORT_IN, body=called.body)
    _say(case, Word.REPORT_IN, text, by)
    data = {"body": called.body_id, "answer": answer}
    record("cases.case.report_in", case, by=by, place_path=case.place_path, data=data)
    if answer == Answer.TAKES_PART:
        _take_part(case, called, by)
    elif answer == Answer.OFFERS and dispatches(by, case):
        _hand_over(case, called, text, by)
    elif answer == Answer.OFFERS:
        _owe(case, HAND_OVER, office_above(case.lead), "cases.dispatch.limit", by)


@transaction.atomic
def hand_over(case: Case, *, is_granted: bool, text: str, by: Actor) -> None:
    """Rule on an offer to lead: the higher body leads from now on (接手牵头), or the first lead keeps the case and the other takes part."""
    case.lock()
    offered = Escalation.objects.offered().filter(case=case).select_related("body").first()
    if offered is None:
        raise Refused(case, "hand_over")
    close_todos(about=case, by=by, verb=HAND_OVER)
    if is_granted:
        _hand_over(case, offered, text, by)
        return
    case.hand_over(lead=case.lead, text=text, by=by)
    _move(offered, Answer.TAKES_PART, by)
    _take_part(case, offered, by)


def end(case: Case, _by: Actor) -> None:
    """End what is open on a case that is answered or refused: its to-dos have ended with the lead's."""
    if case.helped_by:
        Escalation.objects.open().filter(case=case).update(status=Answer.ENDED)


def _hand_over(case: Case, offered: Escalation, text: str, by: Actor) -> None:
    """Let the body lead with the time that is left; the first lead goes on seeing the case, who helped as the new lead does so no more."""
    before, body = case.lead, offered.body
    case.hand_over(lead=body, text=text, by=by)
    case.helpers.waiting().filter(body=body).delete()
    close_todos(about=case, by=by, verb=HELP, body=body)
    close_todos(about=case, by=by, body=before)
    case.ask(before)
    _move(offered, Answer.LEADS, by)
    owe = owe_acceptance if case.status == Status.RECEIVED else owe_answer
    owe(case, by)


def _take_part(case: Case, called: Escalation, by: Actor) -> None:
    """Make it a co-handler, unless it is one already or the case is suspended or over."""
    is_asked = case.helpers.waiting().filter(body=called.body).exists()
    if not is_asked and may_call(case):
        owe_help(case, called.body, wanted="", by=by)


def _move(one: Escalation, answer: Answer, by: Actor) -> None:
    one.status = answer
    if one.reported_at is None:
        one.reported_at, one.reported_by = clock.now(), by.post_ref
    try:
        with transaction.atomic():
            one.save(update_fields=["status", "reported_at", "reported_by"])
    except IntegrityError as error:
        raise Refused(one.case, "report_in") from error


def _owe(case: Case, verb: str, body: Body, key: str, by: Actor) -> None:
    limit = rule(key, place_path=case.place.path)
    due_at = due(clock.now(), limit.number, limit.unit, case.place.path).due_at
    open_todo(about=case, verb=verb, title=case.title, body=body, due_at=due_at, by=by)


def _say(case: Case, kind: Word, text: str, by: Actor) -> None:
    case.statements.create(round=case.round, kind=kind, at=clock.now(), post=by.post_ref, **without_numbers(text))
