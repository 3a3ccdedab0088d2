"""What happened to an application: from the log, with what was said at each turn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.flows.services.models import Application, Notice, Outcome, Paper, Rating
from linli.ground.core.models import Event
from linli.ground.core.registry import ref

EVENTS: dict[str, tuple[Promise, str, str]] = {  # what the timeline says of each event: words, icon, state
    "receive": (_("Application received"), "file-text", ""),
    "ask_papers": (_("All gaps named at once"), "message", "is-act"),
    "complete": (_("Missing papers handed in"), "paperclip", ""),
    "accept": (_("Accepted"), "check", ""),
    "deem_accepted": (_("Accepted by law: nobody had answered in time"), "clock", "is-act"),
    "extend": (_("More time for the decision, approved by the head"), "history", ""),
    "decide": (_("Decided"), "gavel", ""),
    "deliver": (_("Result handed out"), "circle-check", "is-done"),
    "withdraw": (_("Withdrawn by the applicant"), "arrow-left", ""),
    "rate": (_("Rated by the applicant"), "star", ""),
}
BY_HANDLER = {"ask_papers", "accept", "extend", "deliver"}


@dataclass(frozen=True)
class Happening:
    """One entry of the timeline; `lines` are the gaps that were named."""

    at: datetime
    words: Promise | str
    icon: str
    state: str
    who: str
    text: str = ""
    lines: list[str] = field(default_factory=list)


MORE: Final[list[Callable[[Application], Iterable[Happening]]]] = []
"""What else happened to an application: apps above add theirs in `ready()`."""


def history_of(
    one: Application, papers: Sequence[Paper], notice: Notice | None, rating: Rating | None
) -> list[Happening]:
    """Return what happened, oldest first, with the words said at each turn. Two queries, and those of the apps above."""
    said = dict(one.statements.values_list("kind", "text"))
    said |= {"ask_papers": notice.text if notice else "", "decide": _decision(one)}
    said["rate"] = " · ".join(filter(None, [rating.get_satisfied_display(), rating.remark])) if rating else ""
    gaps = [f"{paper.name}：{paper.gap}" for paper in papers if paper.gap]
    found = []
    for verb, at in Event.objects.filter(subject=ref(one)).order_by("pk").values_list("verb", "at"):
        act = verb.rpartition(".")[2]
        if act in EVENTS:
            words, icon, state = EVENTS[act]
            lines = gaps if act == "ask_papers" else []
            found.append(Happening(at, words, icon, state, _who(one, act), said.get(act, ""), lines))
    found += (each for more in MORE for each in more(one))
    return sorted(found, key=lambda each: each.at)


def _decision(one: Application) -> str:
    """Return the decision in words: what, why, and where to appeal."""
    outcome = str(Outcome(one.outcome).label) if one.outcome is not None else ""
    return "\n".join(filter(None, [outcome, one.reason, one.remedies]))


def _who(one: Application, act: str) -> str:
    if act == "receive":
        return str(one.get_channel_display())
    if act == "decide":
        return (one.decider or one.handler).name
    return one.handler.name if act in BY_HANDLER else ""
