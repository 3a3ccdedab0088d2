"""Reading cases: who leads, until when one may reopen, what happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypedDict

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from linli.commons.calendar.models import DayMark, Days
from linli.commons.calendar.queries import due
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.queries import Left, clock_about, left, left_on
from linli.commons.files.models import File
from linli.commons.files.queries import files_of
from linli.flows.cases.models import ENDED, CallBack, Case, Helper, Status
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rules

from .history import Happening, Wait, history_of
from .reporters import CASE_YEARS, kept_until

OWED: dict[str, str] = {
    Status.RECEIVED: "cases.accept",
    Status.RETURNED: "cases.designate",
    Status.ACCEPTED: "cases.answer",
    Status.SUSPENDED: "cases.answer",
    Status.ANSWERED: "cases.close",
}
"""The act that is owed next: by the lead, or by the dispatcher to whom it was sent back."""
WAITS: Final[dict[str, Promise]] = {
    "cases.accept": pgettext_lazy("to be", "accepted"),
    "cases.designate": pgettext_lazy("to be", "ruled on"),
    "cases.contribute": pgettext_lazy("to be", "helped with"),
    "cases.close": pgettext_lazy("to be", "closed"),
}
"""What is waited for, in words; apps that let others wait add theirs in `ready()`."""
STEPS: Final[dict[str, set[str]]] = {
    Status.RECEIVED: {"accept", "refuse"},
    Status.ACCEPTED: {"answer", "inform", "extend", "suspend", "refuse"},
    Status.SUSPENDED: {"resume", "inform"},
    Status.ANSWERED: {"close"},
}
"""What may be done in each status, whoever does it; a note may always be written."""
UNANSWERED: Final = (Status.REFUSED, Status.MERGED)
"""Ended without an answer of its own: there is nothing to count."""
ANSWERED = pgettext_lazy("day", "answered")
"""What the strip of days says of the day on which the clock stopped."""
ANSWER = "cases.answer"
"""The name of the clock that runs until the answer."""
REOPENING = ("cases.reopen.days", "cases.reopen.max")
HOLDS: Final[list[Callable[[Case], bool]]] = []
"""What an answer waits for: apps above the case add a question in `ready()`; only a joint case is asked about."""


@dataclass(frozen=True)
class Window:
    """The time in which the resident may say "not solved", and whether it is open."""

    until: datetime
    is_open: bool


class Facts(TypedDict):
    """What the page of a case shows beside the case itself."""

    clock: Clock
    days: tuple[DayMark, ...]
    deadline: Left
    waits: list[tuple[Wait, Left, Promise]]
    pictures: list[File]
    reopen_until: datetime | None
    kept_until: date | None
    owed: Todo | None
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
    return steps_at(case, window_of(case), is_judged=is_judged(case) if case.answered_at else False)


def is_judged(case: Case) -> bool:
    """Say whether the resident has judged the case's present round, whichever way."""
    return CallBack.objects.judged().filter(case=case, round=case.round).exists()


def steps_at(case: Case, window: Window | None, *, is_judged: bool) -> set[str]:
    """Return the steps that are allowed where the window for reopening and whether the round is judged are known."""
    steps = {"note", *STEPS.get(case.status, set())}
    if case.answered_at and not is_judged:
        steps |= {"rate", "call_back"}
    if window and window.is_open:
        steps |= {"reopen"}
    return steps - {"answer"} if "answer" in steps and is_held(case) else steps


def is_held(case: Case) -> bool:
    """Say whether its answer has to wait."""
    return case.is_joint and any(waits(case) for waits in HOLDS)


def facts_of(case: Case, *, asked: bool, inside: bool = False, whole: bool = False) -> Facts:
    """Return what its page shows beside the case: what is waited for, and until when to reopen for who `asked`.

    `inside` are those who work on it or watch over it: they read the notes, and why it was sent back. `whole`: what was said as it
    was written, with the personal numbers in it.
    """
    running = clock_of(case)
    happened, is_judged, waits = history_of(case, inside=inside, whole=whole)
    known = rules(*REOPENING, CASE_YEARS, place_path=case.place.path) if asked and case.answered_at else None
    window = window_of(case, running.stretch, known) if asked else None
    waits.sort(key=lambda one: one.todo.due_at)
    owed = next((one.todo for one in waits if one.todo.verb == OWED.get(case.status)), None)
    return {
        "clock": running,
        "days": running.days(done=str(case.get_status_display() if case.status in UNANSWERED else ANSWERED)),
        "deadline": countdown(running) if case.status not in UNANSWERED else Left(case.get_status_display(), "stop"),
        "waits": [
            (one, left_on(one.todo, running.stretch), WAITS[one.todo.verb]) for one in waits if one.todo.verb in WAITS
        ],
        "helpers": list(case.helpers.select_related("body").order_by("asked_at", "pk")) if case.helped_by else [],
        "pictures": files_of(case),
        "reopen_until": window.until if window else None,
        "kept_until": kept_until(case, known[CASE_YEARS]) if known else None,
        "owed": owed,
        "timeline": happened,
        "allowed": steps_at(case, window, is_judged=is_judged) | ({"urge"} if owed and owed.is_late else set()),
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
    running = list(Clock.objects.filter(about__in=[ref(case) for case in cases], stopped_at=None, name=ANSWER))
    remaining = left(running)
    found = {one.about: remaining[one.pk] for one in running}
    return [(case, found.get(ref(case))) for case in cases]
