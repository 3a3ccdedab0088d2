"""Reading cases: who leads, until when one may reopen, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from linli.commons.calendar.models import DayMark, Days, Unit
from linli.commons.calendar.models.wording import quantity
from linli.commons.calendar.queries import due
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.queries import Left, clock_about, left, left_on, owed_by
from linli.commons.files.models import File
from linli.commons.files.queries import files_of
from linli.flows.cases.models import Case, Status
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body
from linli.ground.organisations.queries import lead_for
from linli.ground.places.models import Place
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import rule, rules

from .history import Happening, history_of
from .keeping import CASE_YEARS, kept_until

REASONS: dict[str, Promise] = {  # by the kind of the body that the routing found: why it leads
    "workstation": _("It happened here, and the workstation is this community's one-stop service."),
    "residents_committee": _("This community has no workstation, so its residents' committee takes it first."),
    "villagers_committee": _("This village has no workstation, so its villagers' committee takes it first."),
    "subdistrict_office": _("This place has no body of its own, so the sub-district office above it leads."),
    "town_government": _("This place has no body of its own, so the town government above it leads."),
    "district_government": _("This place has neither a body nor an office of its own, so the district leads."),
    "city_government": _("No body nearer to the place was found, so the city leads."),
}
OWED: dict[str, str] = {
    Status.RECEIVED: "cases.accept",
    Status.ACCEPTED: "cases.answer",
    Status.ANSWERED: "cases.close",
}
"""The act that the lead owes next."""
ANSWERED = pgettext_lazy("day", "answered")
"""What the strip of days says of the day on which the clock stopped."""
ANSWER = "cases.answer"
"""The name of the clock that runs until the answer."""
REOPENING = ("cases.reopen.days", "cases.reopen.max")


@dataclass(frozen=True)
class Lead:
    """The body that leads a case, and the rule by which it does."""

    body: Body
    reason: str


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
    lead_reason: Promise
    pictures: list[File]
    reopen_until: datetime | None
    kept_until: date | None
    owed: Todo | None
    owed_left: Left | None
    timeline: list[Happening]
    allowed: set[str]


class NoLead(Exception):
    """No body stands at or above the place: the city is not set up."""


def lead_of(place: Place) -> Lead:
    """Find the body that leads a need at this place; raises NoLead."""
    body = lead_for(place.path)
    if body is None:
        raise NoLead(place.path)
    return Lead(body, body.kind.code)


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
    steps = {Status.RECEIVED: {"accept"}, Status.ACCEPTED: {"answer"}, Status.ANSWERED: {"close"}}.get(
        case.status, set()
    )
    if case.answered_at and not is_rated:
        steps |= {"rate"}
    if window and window.is_open:
        steps |= {"reopen"}
    return steps


def promise(place_path: str = "") -> str:
    """Return the limit in words that is promised in a place, for those about to report."""
    limit = rule("cases.limit.normal", place_path=place_path)
    return quantity(limit.number, Unit(limit.unit))


def facts_of(case: Case, *, asked: bool) -> Facts:
    """Return what its page shows beside the case: until when to reopen for who `asked`, what the lead owes for the others."""
    running = clock_about(case)
    happened, is_rated = history_of(case)
    known = rules(*REOPENING, CASE_YEARS, place_path=case.place.path) if asked and case.answered_at else None
    window = window_of(case, running.stretch, known) if asked else None
    owed = None if asked else owed_of(case)
    return {
        "clock": running,
        "days": running.days(done=str(ANSWERED)),
        "deadline": countdown(running),
        "lead_reason": REASONS[case.lead_reason],
        "pictures": files_of(case),
        "reopen_until": window.until if window else None,
        "kept_until": kept_until(case, known[CASE_YEARS]) if known else None,
        "owed": owed,
        "owed_left": left_on(owed, running.stretch) if owed else None,
        "timeline": happened,
        "allowed": steps_at(case, window, is_rated=is_rated) | ({"urge"} if owed and owed.is_late else set()),
    }


def owed_of(case: Case) -> Todo | None:
    """Return what the lead owes next, to accept, to answer or to call back; None for a closed case."""
    if case.status == Status.CLOSED:
        return None
    return owed_by(case.lead_id, OWED[case.status], about=case)


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


def with_owed(cases: Sequence[Case]) -> list[tuple[Case, Left | None]]:
    """Return the cases, each with how long is left for what the lead owes next, as its desk says; None once closed."""
    owing = {ref(case): OWED[case.status] for case in cases if case.status in OWED}
    todos = [one for one in Todo.objects.open().filter(about__in=owing) if owing[one.about] == one.verb]
    remaining = left(todos)
    found = {one.about: remaining[one.pk] for one in todos}
    return [(case, found.get(ref(case))) for case in cases]
