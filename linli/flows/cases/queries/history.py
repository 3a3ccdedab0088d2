"""What happened to a case: from the log, with what was said and how it was judged at each turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.db.models import BooleanField, QuerySet, TextField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.models.todo import OVERDUE
from linli.flows.cases.models import CallBack, Case, Contacted, Missed, Satisfied, Solved, Statement, Way, Word
from linli.ground.authority.actors import SYSTEM
from linli.ground.core.models import Event
from linli.ground.core.registry import ref, resolve
from linli.ground.database.prepared import PreparedRows

EVENTS: dict[str, tuple[Promise, str, str]] = {  # what the public timeline says of each event: words, icon, state
    "receive": (_("Need received"), "message-report", ""),
    "accept": (_("Accepted"), "check", ""),
    "send_back": (_("Sent back: the dispatcher rules on it"), "arrow-left", ""),
    "designate": (_("Ruled: the lead is determined"), "gavel", ""),
    "assign": (_("Given to another lead"), "send", ""),
    "ask_help": (_("Another body was asked to help"), "users", ""),
    "contribute": (_("A co-handler has reported"), "users", ""),
    "extend": (_("Takes longer"), "hourglass-empty", ""),
    "suspend": (_("Suspended"), "clock-pause", ""),
    "resume": (_("Taken up again"), "progress", ""),
    "inform": (_("How far it is"), "message", ""),
    "refuse": (_("Not taken on"), "forbid", ""),
    "merge": (_("Merged with another case about the same matter"), "users", ""),
    "split": (_("Goes on by itself again"), "refresh", ""),
    "take_in": (_("Another case about the same matter was merged into this one"), "users", ""),
    "repeat": (_("Reported again by the same resident"), "message-report", ""),
    "divide": (_("Split into parts for several bodies"), "send", ""),
    "note": (_("Internal note"), "edit", ""),
    "urge": (_("Overdue: the lead was urged"), "bell", "is-act"),
    "answer": (_("Answered"), "message", ""),
    "close": (_("Closed"), "circle-check", "is-done"),
    "rate": (_("Rated by the resident"), "star", ""),
    "call_back": (_("Called back"), "phone", ""),
    "exclude": (_("Left out of the rates"), "filter-off", ""),
    "include": (_("Counted in the rates again"), "filter", ""),
    "whistle": (_("A higher body was called for"), "bell", ""),
    "report_in": (_("The higher body has reported in"), "users", ""),
    "hand_over": (_("Ruled on the lead"), "gavel", ""),
    "reopen": (_("Reopened: not solved yet"), "refresh", "is-act"),
}
BY_LEAD = {"accept", "answer", "close", "send_back", "extend", "suspend", "resume", "inform", "refuse"}
INSIDE = {"note", "assign", "exclude", "include"}
"""What those outside do not see at all."""
INSIDE_WORDS = {Word.RETURN, Word.RULING, Word.NOTE}
"""Words that those outside do not read; that it was sent back and ruled on they see."""
RATED, CALLED, WAITED = "rating", "calling", "waiting"
SAID: dict[str, str] = {
    "answer": Word.ANSWER,
    "close": Word.CLOSING,
    "reopen": Word.REOPENING,
    "urge": Word.URGING,
    "send_back": Word.RETURN,
    "designate": Word.RULING,
    "extend": Word.EXTENSION,
    "suspend": Word.SUSPENSION,
    "resume": Word.RESUMPTION,
    "refuse": Word.REFUSAL,
    "inform": Word.UPDATE,
    "note": Word.NOTE,
    "rate": RATED,
    "call_back": CALLED,
    "whistle": Word.WHISTLE,
    "report_in": Word.REPORT_IN,
    "hand_over": Word.HAND_OVER,
}
BY_POST = (Word.URGING, Word.RULING, Word.NOTE, Word.REOPENING, CALLED, Word.WHISTLE, Word.REPORT_IN, Word.HAND_OVER)
"""Words of which the page names the post, not the lead."""

Judgement = tuple[tuple[Promise, Promise | str], ...]
"""The resident's three answers, each with what was asked in short."""

Turn = tuple[str, str, Judgement]
"""What was said at a turn, the post that said it, and how it was judged."""


def _happened(case: int, about: str) -> QuerySet[Any, Any]:
    """Return what was said on a case, how it was judged, its events and what is waited for, as rows of one kind."""
    none = Value("", output_field=TextField())
    blank = (Value(None, output_field=BooleanField()), none, none, none)
    said = Statement.objects.filter(case=case)
    said = said.values_list("pk", "kind", "text", "at", "round", "post", *blank, "original")
    judged = ("contacted", "solved", "satisfied", "missed")
    kind = models.Case(When(way=Way.SELF, then=Value(RATED)), default=Value(CALLED))
    heard = CallBack.objects.filter(case=case).order_by()
    heard = heard.values_list("pk", kind, "remark", "at", "round", "post", *judged, none)  # type: ignore[assignment]
    events = Event.objects.filter(subject=about).values_list("pk", "verb", none, "at", Value(0), none, *blank, none)
    todos = Todo.objects.open().filter(about=about).exclude(verb__endswith=OVERDUE).order_by()
    waits = todos.values_list(
        "pk", Value(WAITED), "body__name", "due_at", Value(0), "verb", "is_waiting", *blank[1:], none
    )
    return said.union(heard, events, waits, all=True)


_HAPPENED: Final = PreparedRows(_happened, case=-1001, about="a case")


@dataclass(frozen=True)
class Wait:
    """What is waited for on a case, from which body: seen by all who may see the case once it is overdue."""

    todo: Todo
    body: str


@dataclass(frozen=True)
class Happening:
    """One entry of a case's timeline."""

    at: datetime
    words: Promise
    icon: str
    state: str
    text: str
    who: str
    """The body that did it, the post that urged, or the channel by which the need came; empty for what the resident did."""
    judged: Judgement = ()


def judged(*, contacted: bool, solved: str, satisfied: str) -> Judgement:
    """Put a rating in words: 按时联系 有, 解决情况 没有解决, 满意程度 不满意."""
    return (
        (_("Contacted in time"), Contacted(contacted).label),
        (_("Outcome"), Solved(solved).label),
        (_("Satisfaction"), Satisfied(satisfied).label),
    )


def history_of(case: Case, *, inside: bool = True, whole: bool = False) -> tuple[list[Happening], bool, list[Wait]]:
    """Return what happened to the case, oldest first, with the words said; whether this round is judged; what is waited for.

    One query, and one more where a post is named. Those who are not `inside` neither see notes nor read why it was sent back;
    `whole`: as it was written, with the personal numbers in it.
    """
    found = sorted(_HAPPENED(case=case.pk, about=ref(case)), key=lambda row: row[0])
    rows = [row for row in found if row[1] != WAITED]
    turns: dict[str, list[Turn]] = {}
    for _key, kind, text, _at, _round, post, *said_so, original in rows:
        if "." not in kind:
            turns.setdefault(kind, []).append(((whole and original) or text, post, _in_words(said_so)))
    named = {post for kind in BY_POST for _text, post, _answers in turns.get(kind, []) if post}
    posts = resolve(named, SYSTEM) if named else {}
    happenings = []
    for _key, kind, _text, at, *_more in rows:
        verb = kind.rpartition(".")[2]
        if "." in kind and verb in EVENTS and (inside or verb not in INSIDE):
            said_then = turns.get(SAID.get(verb, ""), [])
            text, post, answers = said_then.pop(0) if said_then else ("", "", ())
            label, icon, state = EVENTS[verb]
            is_named = SAID.get(verb) in BY_POST and post in posts
            who = posts[post].title if is_named else _who(case, verb)
            text = text if inside or SAID.get(verb) not in INSIDE_WORDS else ""
            happenings.append(Happening(at, label, icon, state, text, who, answers))
    is_judged = any(row[1] in {RATED, CALLED} and row[4] == case.round and not row[-2] for row in rows)
    return happenings, is_judged, [_wait(row) for row in found if row[1] == WAITED]


def _wait(row: Sequence[Any]) -> Wait:
    pk, _kind, body, due_at, _round, verb, stands, *_more = row
    return Wait(Todo(pk=pk, verb=verb, due_at=due_at, is_waiting=stands), body)


def _in_words(answers: Sequence[bool | str | None]) -> Judgement:
    contacted, solved, satisfied, missed = answers
    if missed:
        return ((_("Not reached"), Missed(str(missed)).label),)
    if contacted is None:
        return ()
    return judged(contacted=bool(contacted), solved=str(solved), satisfied=str(satisfied))


def _who(case: Case, verb: str) -> str:
    if verb == "receive":
        return str(case.get_channel_display())
    return case.lead.name if verb in BY_LEAD else ""
