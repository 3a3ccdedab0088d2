"""Cases about one matter are merged by link, and split again; nobody who brought or supported one is ever lost."""

from itertools import count

import pytest
from cases.conftest import PHONE, Town
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.commons.deadlines.models import Todo
from linli.commons.notices import templates
from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Status
from linli.flows.cases.queries import clock_of
from linli.flows.supports import actions, queries
from linli.flows.supports.models import Matter, Support
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref

from .conftest import LIU, SUN, bring, resident, seen_by

GATES = ("东门", "大门东侧", "门卫室外")


def three(town: Town) -> list[Case]:
    """张女士, 刘先生 and 孙大爷 each report the same lamp in other words."""
    phones = (PHONE, LIU, SUN)
    return [
        bring(town, where=gate, phone=phone, name=f"居民{phone[-1]}").case
        for gate, phone in zip(GATES, phones, strict=True)
    ]


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_merged_case_is_answered_by_the_other_one(town: Town) -> None:
    one, other, _third = three(town)
    actions.merge(one, into=other, by=town.actor("officer"))
    one = fresh(one)
    assert (one.status, one.merged_into, bool(one.closed_at)) == (Status.MERGED, other, True)
    assert not Todo.objects.open().filter(about=ref(one)).exists()
    assert clock_of(one).stopped_at is not None
    assert seen_by(PHONE) == sorted([one.reference, other.reference])
    brought = Support.objects.get()
    assert (brought.is_reporter, brought.origin, brought.case) == (True, one, other)
    assert bring(town, phone="13904730004").case == other, "its matter leads to the other one"
    with pytest.raises(Refused):
        actions.merge(one, into=other, by=town.actor("officer"))


def test_whoever_came_with_it_is_told_where_it_goes_on(town: Town) -> None:
    one, other, _third = three(town)
    bring(town, phone="13904730004")
    actions.merge(one, into=other, by=town.actor("officer"))
    event = Event.objects.get(verb="cases.case.merge")
    told = {recipient.phone for found in templates.of(event.verb) for recipient in found.audience(event)}
    assert told == {PHONE, "13904730004"}
    assert {found.about(event) for found in templates.of(event.verb)} == {ref(other)}


def test_it_is_split_again_with_what_came_with_it(town: Town) -> None:
    one, other, _third = three(town)
    bring(town, phone="13904730004")
    bring(town, where=GATES[1], phone="13904730005")
    actions.merge(one, into=other, by=town.actor("officer"))
    one = fresh(one)
    actions.split(one, by=town.actor("officer"))
    assert (one.status, one.merged_into, clock_of(one).stopped_at) == (Status.RECEIVED, None, None)
    assert sorted((one.case_id, one.phone) for one in Support.objects.all()) == [
        (one.pk, "13904730004"),
        (other.pk, "13904730005"),
    ]
    assert set(Matter.objects.values_list("case", "origin")) >= {(one.pk, one.pk), (other.pk, other.pk)}
    assert seen_by(PHONE) == [one.reference]
    with pytest.raises(Refused):
        actions.split(one, by=town.actor("officer"))


def test_what_is_merged_further_is_split_from_the_end(town: Town) -> None:
    one, other, third = three(town)
    officer = town.actor("officer")
    actions.merge(one, into=other, by=officer)
    actions.merge(other, into=third, by=officer)
    with pytest.raises(Refused):
        actions.split(fresh(one), by=officer)
    assert seen_by(PHONE) == sorted([one.reference, third.reference])
    assert Case.objects.visible_to(resident(PHONE)).filter(pk=third.pk).exists()
    actions.split(fresh(other), by=officer)
    actions.split(fresh(one), by=officer)
    assert not Support.objects.exists()


def test_nothing_is_merged_into_itself_or_into_what_has_ended(town: Town) -> None:
    one, other, _third = three(town)
    cases.refuse(other, ground="court", text="已进入诉讼。", by=town.actor("worker"))
    for into in (one, other):
        with pytest.raises(Refused):
            actions.merge(fresh(one), into=into, by=town.actor("officer"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=one.pk).update(merged_into=one)


def test_whoever_changed_it_meanwhile_is_not_overruled(town: Town) -> None:
    one, other, _third = three(town)
    cases.accept(fresh(one), by=town.actor("worker"))
    with pytest.raises(Conflict):
        actions.merge(one.as_seen(1), into=other, by=town.actor("officer"))


def test_who_belongs_to_both_is_there_once_and_stays_when_they_are_split(town: Town) -> None:
    one, other, _third = three(town)
    for gate in GATES[:2]:
        bring(town, where=gate, phone="13904730004")
    bring(town, where=GATES[1], phone=PHONE)
    bring(town, phone=LIU)
    actions.merge(one, into=other, by=town.actor("officer"))
    assert sorted(other.supports.values_list("contact", flat=True)) == sorted(
        resident(phone).contact for phone in (PHONE, "13904730004")
    )
    actions.split(fresh(one), by=town.actor("officer"))
    assert {one.reference, other.reference} == {*seen_by("13904730004")} == {*seen_by(LIU)}
    actions.merge(fresh(one), into=other, by=town.actor("officer"))
    actions.leave(other, by=resident("13904730004"))
    assert seen_by("13904730004") == []


def test_two_cases_of_one_person_are_merged_without_a_support_of_their_own(town: Town) -> None:
    one, other = bring(town).case, bring(town, where="大门").case
    actions.merge(one, into=other, by=town.actor("officer"))
    assert not Support.objects.exists()
    assert queries.company_of(fresh(other)).merged == [one]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["merge", "split", "support"]), st.integers(0, 3), st.integers(0, 3)), max_size=9
    )
)
def test_a_support_is_never_lost_whatever_is_merged_and_split(town: Town, steps: list[tuple[str, int, int]]) -> None:
    """Whoever brought or supported a case sees it and the case at the end of its chain."""
    with transaction.atomic():
        phones = (f"1390473{number:04}" for number in count(100))
        officer, who = town.actor("officer"), {}
        made = []
        for gate in ("甲门", "乙门", "丙门", "丁门"):
            phone = next(phones)
            made.append(bring(town, where=gate, phone=phone).case)
            who[phone] = made[-1]
        for verb, at, to in steps:
            case, other = fresh(made[at]), fresh(made[to])
            try:
                if verb == "merge":
                    actions.merge(case, into=other, by=officer)
                elif verb == "split":
                    actions.split(case, by=officer)
                else:
                    phone = next(phones)
                    actions.support(case, name="某", phone=phone, text="同样。", by=officer)
                    who[phone] = case
            except Refused:
                continue
        for phone, case in who.items():
            end = fresh(case)
            while end.merged_into:
                end = end.merged_into
            assert end.reference in seen_by(phone), (phone, steps)
        transaction.set_rollback(True)
