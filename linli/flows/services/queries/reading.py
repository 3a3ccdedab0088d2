"""Reading one application: what it waits for and until when, which steps are open, what its page shows."""

from dataclasses import dataclass
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.commons.calendar.models import DayMark
from linli.commons.deadlines.models import Clock, Todo
from linli.commons.deadlines.queries import Left, left_on
from linli.commons.files.models import File
from linli.commons.files.queries import files_of_many
from linli.commons.guides.models import Mode
from linli.flows.services.models import Application, ApplicationStatus, Notice, Paper, Rating
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.ui.templatetags.ui import zh_date

from .history import Happening, history_of
from .terms import ACCEPT, DECIDE, DELIVER, EXTEND_DAYS, clock_of, in_words, is_held

OWED: dict[str, str] = {
    ApplicationStatus.RECEIVED: ACCEPT,
    ApplicationStatus.ACCEPTED: DECIDE,
    ApplicationStatus.DECIDED: DELIVER,
}
"""The act that the handler owes next."""
WAITING: dict[str, Promise] = {
    ApplicationStatus.RECEIVED: _("To be accepted, or all gaps named at once, by"),
    ApplicationStatus.ACCEPTED: _("To be decided by"),
    ApplicationStatus.DECIDED: _("Result to be handed out by"),
}


@dataclass(frozen=True)
class Stage:
    """One dot of the row of stages."""

    title: Promise
    note: str
    state: str


class Facts(TypedDict):
    """What the page of an application shows beside the application itself."""

    clock: Clock
    days: tuple[DayMark, ...]
    left: Left | None
    owed: Todo | None
    waiting_for: Promise | None
    stages: list[Stage]
    papers: list[Paper]
    materials: list[tuple[Paper, list[File]]]
    """Each paper with its uploads."""
    notice: Notice | None
    timeline: list[Happening]
    rating: Rating | None
    allowed: set[str]
    more: str
    """By how much the decision may be put off, where it may."""


def owed_of(one: Application) -> Todo | None:
    """Return what the handler owes next; None where the applicant is waited for, or nobody."""
    verb = OWED.get(one.status)
    return Todo.objects.open().filter(about=ref(one), verb=verb).first() if verb else None


def steps_of(one: Application, *, notice: Notice | None, rating: Rating | None, running: Clock) -> set[str]:
    """Return the steps that status and time allow now, whoever takes them."""
    steps = {
        ApplicationStatus.RECEIVED: {"accept", "ask_papers", "withdraw", "settle"},
        ApplicationStatus.RETURNED: {"complete", "withdraw"},
        ApplicationStatus.ACCEPTED: {"decide", "extend", "withdraw", "give_opinion"},
        ApplicationStatus.DECIDED: {"deliver"},
        ApplicationStatus.DELIVERED: {"rate"},
    }.get(one.status, set())
    shut = {
        "ask_papers": notice is not None,
        "settle": one.item.mode != Mode.IMMEDIATE,
        "decide": "decide" in steps and is_held(one),
        "extend": one.extended_at is not None or running.due_at < clock.now(),
        "rate": rating is not None,
    }
    return {step for step in steps if not shut.get(step)}


def facts_of(one: Application) -> Facts:
    """Return what its page shows beside the application."""
    running, owed = clock_of(one), owed_of(one)
    notice = Notice.objects.filter(application=one).first()
    rating = Rating.objects.filter(application=one).first()
    papers = list(one.papers.all())
    files = files_of_many(papers)
    allowed = steps_of(one, notice=notice, rating=rating, running=running)
    counts = one.status in {ApplicationStatus.RECEIVED, ApplicationStatus.ACCEPTED}
    return {
        "clock": running,
        "days": running.days() if counts else (),
        "left": left_on(owed, running.stretch) if owed else None,
        "owed": owed,
        "waiting_for": WAITING.get(one.status),
        "stages": _stages(one),
        "papers": papers,
        "materials": [(paper, files.get(ref(paper), [])) for paper in papers],
        "notice": notice,
        "timeline": history_of(one, papers, notice, rating),
        "rating": rating,
        "allowed": allowed,
        "more": in_words(EXTEND_DAYS, one.place_path) if "extend" in allowed else "",
    }


def _stages(one: Application) -> list[Stage]:
    """Return receipt, acceptance, decision and result, each with its day; what a withdrawal has cut off is left out."""
    moments = [
        (pgettext_lazy("stage", "receipt"), one.received_at),
        (pgettext_lazy("stage", "acceptance"), one.accepted_at),
        (pgettext_lazy("stage", "decision"), one.decided_at),
        (pgettext_lazy("stage", "result"), one.delivered_at),
    ]
    if one.withdrawn_at:
        moments = [pair for pair in moments if pair[1]] + [(pgettext_lazy("stage", "withdrawal"), one.withdrawn_at)]
    first_open = next((at for at, pair in enumerate(moments) if pair[1] is None), len(moments))
    return [
        Stage(title, zh_date(moment) if moment else "", "done" if moment else "now" if at == first_open else "todo")
        for at, (title, moment) in enumerate(moments)
    ]
