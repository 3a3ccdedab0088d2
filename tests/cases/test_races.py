"""Two at the same moment on one case: one step counts, the other is told, nothing is lost or done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linli.commons.deadlines.models import Clock, Todo
from linli.flows.callbacks import actions as callbacks
from linli.flows.cases import actions
from linli.flows.cases.models import CallBack, Case, Satisfied, Solved, Statement, Status
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from tests.factories.races import just_before

from .conftest import MONDAY, Town, _build

pytestmark = pytest.mark.usefixtures("own_city")
LOCK = "FOR UPDATE"
Act = Callable[[Case], object]


@pytest.fixture
def founded_anew(own_city: None) -> Town:
    """The town with real commits, since two connections must see each other."""
    with clock.stopped_at(MONDAY):
        return _build()


def at_once(case: Case, *acts: Act) -> list[str]:
    """Let each act on the case as all have seen it, at the same moment; how each ended."""
    start = Barrier(len(acts))

    def one(act: Act) -> str:
        try:
            with clock.stopped_at(MONDAY):
                mine = Case.objects.get(pk=case.pk)
                start.wait()
                act(mine.as_seen(case.version))
        except (Conflict, Refused) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def brought_to(town: Town, verb: str) -> Case:
    """A case on which this step is next, as everybody has it on the screen."""
    with clock.stopped_at(MONDAY):
        case = town.receive()
        if verb != "accept":
            actions.accept(case, by=town.actor("worker"))
        if verb in {"rate", "reopen"}:
            actions.answer(case, text="已经修好。", by=town.actor("worker"))
    return Case.objects.get(pk=case.pk)


def events(case: Case, verb: str) -> int:
    return Event.objects.filter(subject=ref(case), verb=f"cases.case.{verb}").count()


def todos(case: Case) -> list[str]:
    return list(Todo.objects.open().filter(about=ref(case)).values_list("verb", flat=True))


def test_two_officers_who_answer_at_once_one_is_told(founded_anew: Town) -> None:
    town = founded_anew
    case, words = brought_to(town, "answer"), {"worker": "一号窗口的答复。", "mate": "二号窗口的答复。"}
    ended = at_once(
        case,
        *(lambda one, who=who: actions.answer(one, text=words[who], by=town.actor(who)) for who in words),
    )
    assert sorted(ended) == ["Conflict", "done"]
    winner = list(words)[ended.index("done")]
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.answered_by) == (Status.ANSWERED, town.actor(winner).post_ref)
    assert list(Statement.objects.filter(case=case).values_list("text", flat=True)) == [words[winner]]
    assert (events(case, "answer"), sorted(todos(case))) == (1, ["cases.call_back", "cases.close"])
    assert Clock.objects.get(about=ref(case)).stopped_at == MONDAY


def test_who_answers_between_looking_and_locking_is_first(founded_anew: Town) -> None:
    town = founded_anew
    case = brought_to(town, "answer")

    def quicker() -> None:
        ended = at_once(case, lambda one: actions.answer(one, text="先到的答复。", by=town.actor("mate")))
        assert ended == ["done"]

    with just_before(LOCK, quicker), clock.stopped_at(MONDAY), pytest.raises(Conflict):
        actions.answer(case.as_seen(case.version), text="后到的答复。", by=town.actor("worker"))
    assert list(Statement.objects.values_list("text", flat=True)) == ["先到的答复。"]


def test_two_who_accept_at_once_are_one_acceptance(founded_anew: Town) -> None:
    town = founded_anew
    case = brought_to(town, "accept")
    ended = at_once(case, *(lambda one, who=who: actions.accept(one, by=town.actor(who)) for who in ("worker", "mate")))
    assert sorted(ended) == ["Conflict", "done"]
    assert (events(case, "accept"), todos(case)) == (1, ["cases.answer"])


def test_a_rating_pressed_twice_counts_once(founded_anew: Town) -> None:
    town = founded_anew
    case, said = brought_to(town, "rate"), {"contacted": True, "satisfied": Satisfied.YES, "remark": ""}
    ended = at_once(
        case,
        *(lambda one, solved=solved: callbacks.rate(one, solved=solved, **said, by=town.resident) for solved in Solved),
    )
    assert (ended.count("done"), len(ended)) == (1, len(Solved))
    winner = list(Solved)[ended.index("done")]
    assert [one.solved for one in CallBack.objects.filter(case=case)] == [winner]
    assert events(case, "rate") == 1


def test_reopened_and_closed_at_once_is_one_of_both(founded_anew: Town) -> None:
    town = founded_anew
    case = brought_to(town, "reopen")
    ended = at_once(
        case,
        lambda one: actions.reopen(one, text="昨晚又不亮了。", by=town.resident),
        lambda one: actions.close(one, text="居民说亮了。", by=town.actor("worker")),
    )
    assert sorted(ended) == ["Conflict", "done"]
    case = Case.objects.get(pk=case.pk)
    kinds = [one.kind for one in Statement.objects.filter(case=case, kind__in=["reopening", "closing"])]
    if ended[0] == "done":
        assert (case.status, case.round, kinds, todos(case)) == (Status.RECEIVED, 2, ["reopening"], ["cases.accept"])
    else:
        assert (case.status, case.round, kinds, todos(case)) == (Status.CLOSED, 1, ["closing"], ["cases.call_back"])
    assert events(case, "reopen") + events(case, "close") == 1
