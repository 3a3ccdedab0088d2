"""What a support says about its person: copied, erased, forgotten in time, kept under a hold, moved when entries become one."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, Town

from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case
from linli.flows.supports import actions, tasks
from linli.flows.supports.models import Support
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.doubles import actions as doubles
from linli.ground.people import actions as people
from linli.ground.people.models import Person, Residence, Source
from linli.ground.residents import actions as residents
from linli.ground.residents.models import HoldBasis

from .conftest import LIU, SUN, bring, seen_by


def enter(town: Town, phone: str = LIU) -> Person:
    entry = people.Entry(name="刘先生", residence=Residence.LIVING, source=Source.DESK, place=town.east, phone=phone)
    return people.enter_person(entry, by=SYSTEM)


def closed(town: Town) -> Case:
    case, worker = bring(town).case, town.actor("worker")
    bring(town, phone=LIU, name="刘先生", text="我家窗外。")
    cases.accept(case, by=worker)
    cases.answer(case, text="已修好。", by=worker)
    cases.close(case, text="回访满意。", by=worker)
    return case


def said() -> tuple[str, str, str]:
    one = Support.objects.get()
    return one.name, one.phone, one.text


def test_a_person_has_a_copy_and_is_erased_and_the_support_still_counts(town: Town) -> None:
    person, case = enter(town), closed(town)
    reference, *_when_and_what, text, name, phone = actions.copy_for(person)[0].values()
    assert (reference, text, name, phone) == (case.reference, "我家窗外。", "刘先生", LIU)
    actions.erase_for(person)
    assert (said(), case.supports.count(), seen_by(LIU)) == (("", "", ""), 1, [])


def test_after_its_time_it_is_forgotten_the_phone_without_account_sooner(town: Town) -> None:
    closed(town)
    with clock.stopped_at(MONDAY + timedelta(days=370)):
        tasks.forget(0)
        assert said() == ("刘先生", "", "我家窗外。")
    with clock.stopped_at(MONDAY + timedelta(days=5 * 366)):
        assert [actions.forget_old(by=SYSTEM) for _night in range(2)] == [1, 0]
    assert (said(), Event.objects.filter(verb="supports.support.forget").count()) == (("", "", ""), 2)


def test_what_is_kept_by_law_is_not_forgotten(town: Town) -> None:
    person = enter(town)
    closed(town)
    review = clock.today() + timedelta(days=30)
    hold = residents.hold(person, basis=HoldBasis.LAWSUIT, reason="法院来函", review_on=review, by=SYSTEM)
    with clock.stopped_at(MONDAY + timedelta(days=5 * 366)):
        assert actions.forget_old(by=SYSTEM) == 0
        residents.lift(hold, reason="已结案", by=SYSTEM)
        assert actions.forget_old(by=SYSTEM) == 1


@pytest.mark.parametrize("both", [False, True])
def test_when_two_entries_become_one_a_support_follows_and_stands_once(town: Town, *, both: bool) -> None:
    kept, lost = enter(town), enter(town, SUN)
    bring(town)
    bring(town, phone="", person=lost)
    if both:
        bring(town, phone="", person=kept)
    doubles.merge(kept, lost, picks={}, reason="电话核实", by=SYSTEM)
    assert sorted(Support.objects.values_list("person", flat=True)) == sorted([kept.pk, lost.pk] if both else [kept.pk])
