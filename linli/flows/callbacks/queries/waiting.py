"""Who waits for a call-back, and what somebody who calls has before their eyes."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from linli.commons.deadlines.models import Todo
from linli.commons.deadlines.queries import Left, left
from linli.flows.callbacks.actions import CALL_BACK
from linli.flows.cases.models import CallBack, Case, Word
from linli.flows.cases.queries import is_judged
from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.core.paging import Count as Counted
from linli.ground.core.paging import Page, capped_count, page_of
from linli.ground.core.registry import ref

KEYS: Final = ("due_at", "pk")
LABEL: Final = "cases.case:"


@dataclass(frozen=True)
class Waiting:
    """One case of the queue: since when it is answered, until when to call, how often somebody tried in this round."""

    case: Case
    todo: Todo
    left: Left
    tries: int


@dataclass(frozen=True)
class Queue:
    """One page of those who wait, the longest waiting first, and how many there are."""

    rows: list[Waiting]
    page: Page[Todo]
    count: Counted


def queue(actor: Actor, *, token: str = "", size: int = 30) -> Queue:
    """Return a page of the cases that wait for a call-back from this post: of its area, led by other bodies.

    Costs the same number of queries for 1 and for 30. Raises SuspiciousOperation for a token that this list did not give out.
    """
    area = actor.area(Power.CALL_BACK_CASES)
    own = actor.post.body if actor.post else 0
    todos = Todo.objects.open().filter(verb=CALL_BACK)
    todos = todos.none() if area is None else todos.filter(place_path__startswith=area)
    page = page_of(todos, keys=KEYS, token=token, size=size)
    wanted = [int(todo.about.removeprefix(LABEL)) for todo in page.items]
    seen = Case.objects.visible_to(actor).filter(pk__in=wanted).exclude(lead=own)
    cases = {ref(one): one for one in seen}
    tried = CallBack.objects.missed().filter(case__in=wanted).order_by()
    tries = {(row["case"], row["round"]): row["n"] for row in tried.values("case", "round").annotate(n=Count("pk"))}
    remaining = left(page.items)
    rows = [
        Waiting(case, todo, remaining[todo.pk], tries.get((case.pk, case.round), 0))
        for todo in page.items
        if (case := cases.get(todo.about)) is not None
    ]
    return Queue(rows, page, capped_count(todos))


def before_the_call(case: Case) -> dict[str, object]:
    """Return what the caller reads: the answer of this round, and the calls that reached nobody."""
    said = case.statements.filter(round=case.round, kind=Word.ANSWER).first()
    return {
        "is_due": case.answered_at is not None and not is_judged(case),
        "answer": said,
        "tries": list(CallBack.objects.missed().filter(case=case, round=case.round).order_by("pk")),
    }
