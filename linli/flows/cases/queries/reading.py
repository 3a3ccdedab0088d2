"""Reading cases: who leads, until when one may reopen, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypedDict

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from linli.commons.calendar.models import DayMark, Days
from linli.commons.calendar.queries import due
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.queries import Left, clock_about, left, left_on
from linli.commons.files.models import File
from linli.commons.files.queries import files_of
from linli.flows.cases.models import ENDED, Case, Helper, Status
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rules

from .history import Happening, history_of
from .reporters import CASE_YEARS, kept_until

OWED: dict[str, str] = {
    Status.RECEIVED: "cases.accept",
    Status.RETURNED: "cases.designate",
    Status.ACCEPTED: "cases.answer",
    Status.SUSPENDED: "cases.answer",
    Status.ANSWERED: "cases.close",
}
"""The act that is owed next: by the lead, or by the dispatcher to whom it was sent back."""
STEPS: Final[dict[str, set[str]]] = {
    Status.RECEIVED: {"accept", "refuse"},
    Status.ACCEPTED: {"answer", "inform", "extend", "suspend", "refuse"},
    Status.SUSPENDED: {"resume", "inform"},
    Status.ANSWERED: {"close"},
}
"""What may be done in each status, whoever does it; a note may always be written."""
ANSWERED = pgettext_lazy("day", "answered")
"""What the strip of days says of the day on which the clock stopped."""
ANSWER = "cases.answer"
"""The name of the clock that runs until the answer."""
REOPENING = ("cases.reopen.days", "cases.reopen.max")


@dataclass(frozen=True)
class Window:
    """The time in which the resident may say "not solved", and whether it is open."""

    until: datetime
    is_open: bool


class Facts(TypedDict):
    """What the page of a case shows beside the case itself."""

    clock: Clock
    days: list[DayMark]
    deadline: Left
    pictures: list[File]
    reopen_until: datetime | None
    kept_until: date | None
    owed: Todo | None
    owed_left: Left | None
    timeline: list[Happening]
    helpers: list[Helper]
    allowed: set[str]


def clock_of(case: Case) -> Clock:
    """Return the clock of the case's present round."""
    return clock_about(case)


def window_of(case: Case, days: Days | None = None, known: Mapping[str, RuleVersion] | None = None) -> Window | None:
    """Return until when, and whether still, the resident may say "not solved"; None while there is no answer.

    After the last reopening the body above takes over. `days` (the calendar) and `known` (the rules) where they are read already.
    """
    if case.answered_at is None:
        return None
    known = known or rules(*REOPENING, place_path=case.place.path)
    limit, most = (known[key] for key in REOPENING)
    until = due(case.answered_at, limit.number, limit.unit, case.place.path, days=days).due_at
    return Window(until, is_open=clock.now() <= until and case.round <= most.number)


def steps_of(case: Case) -> set[str]:
    """Return the steps that the case's status and time allow now, whoever takes them."""
    is_rated = case.ratings.filter(round=case.round).exists() if case.answered_at else False
    return steps_at(case, window_of(case), is_rated=is_rated)


def steps_at(case: Case, window: Window | None, *, is_rated: bool) -> set[str]:
    """Return the steps that are allowed where the window for reopening and whether the round is rated are known."""
    steps = {"note", *STEPS.get(case.status, set())}
    if case.answered_at and not is_rated:
        steps |= {"rate"}
    if window and window.is_open:
        steps |= {"reopen"}
    return steps


def facts_of(case: Case, *, asked: bool, inside: bool = False, whole: bool = False) -> Facts:
    """Return what its page shows beside the case: until when to reopen for who `asked`, what is owed for the others.

    `inside` are those who work on it or watch over it: they read the notes, and why it was sent back. `whole`: what was said as it
    was written, with the personal numbers in it.
    """
    running = clock_of(case)
    happened, is_rated = history_of(case, inside=inside, whole=whole)
    known = rules(*REOPENING, CASE_YEARS, place_path=case.place.path) if asked and case.answered_at else None
    window = window_of(case, running.stretch, known) if asked else None
    owed = None if asked else owed_of(case)
    return {
        "clock": running,
        "days": running.days(done=str(ANSWERED)),
        "deadline": Left(case.get_status_display(), "stop") if case.status == Status.REFUSED else countdown(running),
        "helpers": list(case.helpers.select_related("body").order_by("asked_at", "pk")) if case.helped_by else [],
        "pictures": files_of(case),
        "reopen_until": window.until if window else None,
        "kept_until": kept_until(case, known[CASE_YEARS]) if known else None,
        "owed": owed,
        "owed_left": left_on(owed, running.stretch) if owed else None,
        "timeline": happened,
        "allowed": steps_at(case, window, is_rated=is_rated) | ({"urge"} if owed and owed.is_late else set()),
    }


def owed_of(case: Case) -> Todo | None:
    """Return what is owed next, to accept, to rule, to answer or to call back; None for a case that has ended."""
    if case.status in ENDED:
        return None
    return Todo.objects.open().filter(about=ref(case), verb=OWED[case.status]).first()


def countdown(running: Clock) -> Left:
    """Say in words how the time limit stands: how long is left, or how many working days before or after it the answer came."""
    if running.stopped_at is None:
        return left_on(running, running.stretch)
    due_on, answered_on = localdate(running.due_at), localdate(running.stopped_at)
    days = running.stretch.number(due_on) - running.stretch.number(max(answered_on, running.stretch.first))
    if running.is_late:
        words = ngettext("answered %(n)s working day late", "answered %(n)s working days late", -days)
        return Left(words % {"n": -days} if days else str(_("answered after the time limit")), "late")
    words = ngettext("answered %(n)s working day early", "answered %(n)s working days early", days)
    return Left(words % {"n": days} if days else str(_("answered within the time limit")), "done")


def with_left(cases: Sequence[Case]) -> list[tuple[Case, Left | None]]:
    """Return the cases, each with how long is left for its answer; None once it is answered."""
    waiting = Clock.objects.filter(about__in=[ref(case) for case in cases], stopped_at=None, name=ANSWER)
    running = list(waiting)
    remaining = left(running)
    found = {one.about: remaining[one.pk] for one in running}
    return [(case, found.get(ref(case))) for case in cases]
