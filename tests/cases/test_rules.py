"""Who may see a case and do what with it; the list and the single page always agree."""

from datetime import timedelta

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.flows.callbacks import actions as callbacks
from linli.flows.callbacks import rules as judging
from linli.flows.cases import actions, queries, rules
from linli.flows.cases.models import Case, Satisfied, Solved
from linli.ground.authority.actors import SYSTEM, VISITOR, Actor
from linli.ground.authority.doors import load
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.organisations.models import Body

from .conftest import MONDAY, STRANGER, Town

MAY = {  # who × status → steps; whoever is missing may nothing
    ("worker", "received"): {"accept", "refuse", "note"},
    ("worker", "accepted"): {"answer", "inform", "extend", "suspend", "refuse", "note"},
    ("worker", "answered"): {"close", "note"},
    ("worker", "closed"): {"note"},
    **{("officer", status): {"note"} for status in ("received", "accepted")},
    **{("officer", status): {"note", "call_back"} for status in ("answered", "closed")},
    ("resident", "answered"): {"rate", "reopen"},
    ("resident", "closed"): {"rate", "reopen"},
}


MAYS = {step: getattr(rules, f"may_{step}") for steps in queries.STEPS.values() for step in (*steps, "reopen", "note")}
MAYS |= {"rate": judging.may_rate, "call_back": judging.may_call_back}


def who(town: Town, name: str) -> Actor:
    known = {"resident": town.resident, "stranger": town.stranger, "visitor": VISITOR}
    return known[name] if name in known else town.actor(name)


def bring_to(town: Town, case: Case, status: str) -> None:
    if status in {"accepted", "answered", "closed"}:
        actions.accept(case, by=town.actor("worker"))
    if status in {"answered", "closed"}:
        actions.answer(case, text="已经修好。", by=town.actor("worker"))
    if status == "closed":
        actions.close(case, text="已回访。", by=town.actor("worker"))


@pytest.mark.parametrize("status", ["received", "accepted", "answered", "closed"])
@pytest.mark.parametrize("name", ["visitor", "stranger", "resident", "worker", "officer", "outsider"])
def test_each_may_do_only_what_is_theirs(town: Town, name: str, status: str) -> None:
    case = town.receive()
    bring_to(town, case, status)
    actor = who(town, name)
    allowed = {step for step in queries.steps_of(case) if MAYS[step](actor, case)}
    assert allowed == MAY.get((name, status), set())


def test_who_sees_a_case(town: Town) -> None:
    case = town.receive()
    names = ["visitor", "stranger", "resident", "worker", "mate", "officer", "outsider"]
    seeing = [name for name in names if Case.objects.visible_to(who(town, name)).filter(pk=case.pk).exists()]
    assert seeing == ["resident", "worker", "mate", "officer"]


def test_a_rating_is_given_once_a_round(town: Town) -> None:
    case = town.receive()
    bring_to(town, case, "answered")
    callbacks.rate(case, contacted=True, solved=Solved.NO, satisfied=Satisfied.NO, remark="", by=town.resident)
    assert queries.steps_of(case) == {"close", "note", "reopen"}
    with pytest.raises(Refused):
        callbacks.rate(case, contacted=True, solved=Solved.YES, satisfied=Satisfied.YES, remark="", by=town.resident)


def test_reopening_has_its_days_and_its_number(town: Town) -> None:
    case = town.receive()
    bring_to(town, case, "answered")
    with clock.stopped_at(MONDAY + timedelta(days=14)):
        assert "reopen" in queries.steps_of(case)
    with clock.stopped_at(MONDAY + timedelta(days=40)):
        assert "reopen" not in queries.steps_of(case)
        with pytest.raises(Refused):
            actions.reopen(case, text="没有解决。", by=town.resident)
    for _again in range(2):
        actions.reopen(case, text="没有解决。", by=town.resident)
        bring_to(town, case, "answered")
    assert "reopen" not in queries.steps_of(case)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["visitor", "stranger", "resident", "worker", "officer", "outsider"]), east=st.booleans())
def test_list_and_page_agree(town: Town, name: str, east: bool) -> None:
    case = town.receive(place=town.east if east else town.west, phone=STRANGER if east else "13904730001")
    seen = Case.objects.visible_to(who(town, name))
    assert (case in list(seen)) == seen.filter(reference=case.reference).exists() == opens(case, who(town, name))


def opens(case: Case, actor: Actor) -> bool:
    """Whether the door opens, whose question is worded once for all actors of a kind."""
    try:
        return load(Case, actor, reference=case.reference) == case
    except Http404:
        return False


def test_a_co_handler_and_the_city_itself_open_the_page(town: Town) -> None:
    case = town.receive()
    outsider = town.actor("outsider")
    assert (opens(case, outsider), opens(case, SYSTEM)) == (False, True)
    assert outsider.post is not None
    case.ask(Body.objects.get(pk=outsider.post.body))
    assert opens(case, outsider)


def test_only_posts_with_the_power_have_lists_and_the_desk_form(town: Town) -> None:
    names = ["visitor", "stranger", "resident", "worker", "officer"]
    assert [name for name in names if rules.may_work(who(town, name))] == ["worker", "officer"]
    assert [name for name in names if rules.may_register(who(town, name))] == ["worker", "officer"]
    assert [name for name in names if rules.may_list(who(town, name))] == ["stranger", "resident", "worker", "officer"]
