"""The resident is called back or rates; a round is left out of the rates and counted again. Each action is one transaction."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.commons.calendar.queries import due
from linli.commons.deadlines.actions import close_todos, open_todo
from linli.flows.cases.actions import reopen as reopen_case
from linli.flows.cases.models import CallBack, Case, Missed, Satisfied, Solved, Way
from linli.flows.cases.queries import is_judged
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.lifecycle import Refused
from linli.ground.organisations.queries import office_above
from linli.ground.rulebook.queries import rule

from .models import Exclusion, Reason

CALL_BACK = "cases.call_back"
SETTLED = {Missed.WRONG, Missed.REFUSED, Missed.NO_PHONE}
"""After these no further call would reach anybody."""


def owe_call_back(case: Case, by: Actor) -> None:
    """Wait for the office above the lead to call back (北京市接诉即办工作条例 art. 23); for nobody where none stands above it."""
    caller = office_above(case.lead)
    if caller.pk == case.lead_id:
        return
    limit = rule("cases.call_back.limit", place_path=case.place.path)
    due_at = due(clock.now(), limit.number, limit.unit, case.place.path).due_at
    open_todo(about=case, verb=CALL_BACK, title=case.title, body=caller, due_at=due_at, by=by)


@transaction.atomic
def rate(case: Case, *, contacted: bool, solved: Solved, satisfied: Satisfied, remark: str, by: Actor) -> None:
    """Take down the resident's judgement of their own accord; raises Refused for a second one in a round, whichever way the first came."""
    _must_wait(case, "rate")
    heard = CallBack(way=Way.SELF, contacted=contacted, solved=solved, satisfied=satisfied, remark=remark)
    _let_count(case, by)
    case.rate(heard=heard, by=by)
    close_todos(about=case, by=by, verb=CALL_BACK)


@transaction.atomic
def call_back(
    case: Case,
    *,
    way: Way,
    contacted: bool,
    solved: Solved,
    satisfied: Satisfied,
    remark: str,
    reopen: bool = False,
    by: Actor,
) -> None:
    """Take down what the resident said when called back; what is not solved is reopened at once if they wish, with their words.

    Raises Refused where this round is judged already, or where it can no longer be reopened.
    """
    _must_wait(case, "call_back")
    _let_count(case, by)
    heard = CallBack(way=way, contacted=contacted, solved=solved, satisfied=satisfied, remark=remark)
    case.call_back(heard=heard, by=by)
    close_todos(about=case, by=by, verb=CALL_BACK)
    if reopen:
        if solved == Solved.YES:
            raise Refused(case, "reopen")
        reopen_case(case, text=remark, by=by)


@transaction.atomic
def miss(case: Case, *, way: Way, missed: Missed, by: Actor) -> None:
    """Take down that a call did not reach the resident.

    After calls on so many days (`cases.call_back.tries`), or where no call can reach them, they count as unreached and are left out.
    """
    _must_wait(case, "call_back")
    before = list(CallBack.objects.missed().filter(case=case, round=case.round))
    days = {localdate(one.at) for one in before} | {clock.today()}
    most = rule("cases.call_back.tries", place_path=case.place.path).number
    is_last = missed in SETTLED or len(days) >= most
    counts = is_last and not any(one.is_counted for one in before)
    case.call_back(heard=CallBack(way=way, missed=missed, is_counted=counts), by=by)
    if counts:
        close_todos(about=case, by=by, verb=CALL_BACK)
        if not Exclusion.objects.standing().filter(case=case, round=case.round).exists():
            _exclude(case, case.round, Reason.UNREACHED, "", by)


@transaction.atomic
def exclude(case: Case, *, round: int, reason: Reason, text: str, by: Actor) -> None:  # noqa: A002 (the word of the house)
    """Leave a round out of the rates, with the grounds.

    Raises Refused for one that is left out already, was never answered, or was led by the actor's own body.
    """
    case.lock()
    is_over = 1 <= round < case.round or (round == case.round and case.answered_at is not None)
    judged = CallBack.objects.filter(case=case, round=round, is_counted=True, lead=by.post.body if by.post else 0)
    if not is_over or reason == Reason.UNREACHED or judged.exists():
        raise Refused(case, "exclude")
    _exclude(case, round, reason, text, by)


@transaction.atomic
def include(case: Case, *, round: int, text: str, by: Actor) -> None:  # noqa: A002
    """Count a round in the rates again, with the reason; raises Refused for one that is not left out."""
    case.lock()
    own = CallBack.objects.filter(case=case, round=round, is_counted=True, lead=by.post.body if by.post else 0)
    if own.exists() or not _include(case, round, text, by):
        raise Refused(case, "include")


def _must_wait(case: Case, verb: str) -> None:
    """Look at the case under its lock: an answer stands, and nobody has taken the resident's judgement down yet."""
    case.lock()
    if case.answered_at is None or is_judged(case):
        raise Refused(case, verb)


def _let_count(case: Case, by: Actor) -> None:
    """Let a judgement count in the place of the call after which the resident was taken as unreached."""
    given_up = CallBack.objects.missed().filter(case=case, round=case.round, is_counted=True)
    if given_up.update(is_counted=False):
        unreached = Exclusion.objects.filter(reason=Reason.UNREACHED)
        if unreached.standing().filter(case=case, round=case.round).exists():
            _include(case, case.round, "", by)


def _exclude(case: Case, number: int, reason: Reason, text: str, by: Actor) -> None:
    try:
        with transaction.atomic():
            Exclusion.objects.create(case=case, round=number, reason=reason, text=text, post=by.post_ref)
    except IntegrityError as error:
        raise Refused(case, "exclude") from error
    data = {"round": number, "reason": reason}
    record("cases.case.exclude", case, by=by, place_path=case.place_path, data=data)


def _include(case: Case, number: int, text: str, by: Actor) -> bool:
    taken_back = {"included_at": clock.now(), "included_post": by.post_ref, "included_text": text}
    found = Exclusion.objects.standing().filter(case=case, round=number).update(**taken_back)
    if found:
        record("cases.case.include", case, by=by, place_path=case.place_path, data={"round": number})
    return bool(found)
