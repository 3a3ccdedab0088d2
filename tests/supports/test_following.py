"""The same matter at the same spot is one case: who comes later supports it, who comes again is told how far it is."""

from datetime import timedelta

import pytest
from cases.conftest import MONDAY, PHONE, Town
from hypothesis import given
from hypothesis import strategies as st

from linli.flows.cases import actions as cases
from linli.flows.cases import rules as case_rules
from linli.flows.cases.models import Case, Channel, Status
from linli.flows.supports import actions, queries, rules
from linli.flows.supports.actions import ANOTHER, How
from linli.flows.supports.models import Matter, Support
from linli.ground.authority.actors import Person as Asking
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.people.models import Person

from .conftest import LIU, SUN, bring, resident, seen_by


def verbs(case: Case) -> list[str]:
    about = f"cases.case:{case.pk}"
    found = Event.objects.filter(subject=about).order_by("pk").values_list("verb", flat=True)
    return [one.rpartition(".")[2] for one in found]


def test_a_neighbour_supports_what_is_under_way_and_sees_it(town: Town) -> None:
    first = bring(town)
    second = bring(town, phone=LIU, name="刘先生", text="路灯坏了好几天。", where="东门 附近", by=resident(LIU))
    assert (first.how, second.how, second.case) == (How.NEW, How.SUPPORTED, first.case)
    support = Support.objects.get()
    assert (support.name, support.phone, support.text, support.channel) == ("刘先生", LIU, "路灯坏了好几天。", "web")
    assert (support.masked_name, support.masked_phone) == ("刘某某", "139****0002")
    assert (seen_by(LIU), seen_by(SUN)) == ([first.case.reference], [])
    assert verbs(first.case) == ["receive", "support"]
    assert (Case.objects.count(), Case.objects.get().is_joint) == (1, True)
    assert not case_rules.asked(resident(LIU), second.case), "only who brought it rates it and reopens it"


def test_who_brings_or_supports_it_again_is_told_how_far_it_is(town: Town) -> None:
    first = bring(town)
    bring(town, phone=LIU)
    assert [bring(town).how, bring(town, phone=LIU).how] == [How.REPEATED, How.REPEATED]
    assert (Support.objects.count(), verbs(first.case)) == (1, ["receive", "support", "repeat", "repeat"])


def test_a_resident_who_has_signed_in_is_known_by_person(town: Town) -> None:
    person = Person.objects.create(place=town.east, residence="registered", source="self")
    first = bring(town, person=person, phone="")
    assert bring(town, person=person, phone="").how is How.REPEATED
    other = Person.objects.create(place=town.east, residence="registered", source="self")
    assert [bring(town, person=other, phone="").how for _twice in range(2)] == [How.SUPPORTED, How.REPEATED]
    assert queries.is_supported_by(Case.objects.get(pk=first.case.pk), Asking(person=other.pk))


def test_another_matter_at_the_same_spot_is_a_case_of_its_own_and_may_be_supported_too(town: Town) -> None:
    first, second = bring(town), bring(town, phone=LIU, same=ANOTHER, text="路灯杆歪了。")
    assert (second.how, sorted(Matter.objects.values_list("number", flat=True))) == (How.NEW, [0, 1])
    third = bring(town, phone=SUN, same=second.case.reference)
    assert (third.how, third.case) == (How.SUPPORTED, second.case)
    assert bring(town, phone="13904730004").case == first.case, "unless somebody says which, it is the first"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"where": ""}, {"where": ""}),
        ({}, {"where": "西门"}),
        ({}, {"category": "noise"}),
        ({"category": "surroundings-other"}, {"category": "surroundings-other"}),
    ],
)
def test_what_is_not_the_same_is_a_case_of_its_own(town: Town, first: dict[str, str], second: dict[str, str]) -> None:
    bring(town, **first)
    assert bring(town, phone=LIU, **second).how is How.NEW


def test_elsewhere_it_is_another_matter_but_a_grid_belongs_to_its_community(town: Town) -> None:
    bring(town)
    grid = town.east.draw_grid(name="第一网格", by=town.actor("worker"))
    assert bring(town, place=town.west, phone=LIU).how is How.NEW
    assert bring(town, place=grid, phone=LIU).how is How.SUPPORTED


def test_a_personal_matter_is_the_same_for_its_own_person_alone(town: Town) -> None:
    wages = {"category": "unpaid-wages", "where": "三号工地", "text": "工资拖欠两个月。"}
    first = bring(town, **wages)
    assert bring(town, **wages).case == first.case
    assert bring(town, phone=LIU, **wages).how is How.NEW
    assert [bring(town, phone="", **wages).how for _twice in range(2)] == [How.NEW, How.NEW], "nobody to tell apart"


def test_what_is_answered_or_old_is_followed_no_longer(town: Town) -> None:
    first, worker = bring(town).case, town.actor("worker")
    with clock.stopped_at(MONDAY + timedelta(days=31)):
        second = bring(town, phone=LIU)
        assert (second.how, Matter.objects.get().case) == (How.NEW, second.case)
        assert bring(town, phone=SUN).case == second.case
        cases.accept(second.case, by=worker)
        cases.answer(second.case, text="已修好。", by=worker)
        third = bring(town, phone=SUN)
    assert (third.how, third.case not in {first, second.case}) == (How.NEW, True)


def test_a_reopened_case_is_followed_again_unless_another_has_its_matter(town: Town) -> None:
    case, worker = bring(town).case, town.actor("worker")
    cases.accept(case, by=worker)
    cases.answer(case, text="已修好。", by=worker)
    cases.reopen(case, text="又不亮了。", by=town.resident)
    assert bring(town, phone=LIU).case == case
    assert seen_by(LIU) == [case.reference]


def test_a_form_that_is_sent_twice_is_one_support_or_one_case(town: Town) -> None:
    assert [bring(town, sending="A").how for _twice in range(2)] == [How.NEW, How.NEW]
    by_desk = {"phone": "", "name": "无名", "channel": Channel.DESK, "sending": "B"}
    assert [bring(town, **by_desk).how for _twice in range(2)] == [How.SUPPORTED, How.SUPPORTED]
    again = {"phone": LIU, "same": ANOTHER, "sending": "C"}
    assert [bring(town, **again).how for _twice in range(2)] == [How.NEW, How.NEW]
    assert (Case.objects.count(), Support.objects.count()) == (2, 1)


def test_the_desk_takes_support_down_and_the_resident_takes_it_back(town: Town) -> None:
    case, worker = bring(town).case, town.actor("worker")
    said = {"name": "刘先生", "phone": LIU, "text": "晚上看不见路。"}
    actions.support(case, **said, by=worker)
    for phone in (LIU, PHONE):
        with pytest.raises(Refused):
            actions.support(case, **said | {"phone": phone}, by=worker)
    actions.support(case, name="无电话", phone="", text="同样。", by=worker)
    assert [one.name for one in queries.supports_of(case)] == ["刘先生", "无电话"]
    assert (rules.may_leave(resident(LIU), case), rules.may_leave(town.resident, case)) == (True, False)
    actions.leave(case, by=resident(LIU))
    assert (seen_by(LIU), Support.objects.count()) == ([], 1)
    with pytest.raises(Refused):
        actions.leave(case, by=resident(LIU))
    cases.refuse(case, ground="court", text="已进入诉讼。", by=worker)
    with pytest.raises(Refused):
        actions.support(case, **said, by=worker)
    assert case.status == Status.REFUSED


def test_supporters_are_told_of_the_news(town: Town) -> None:
    case = bring(town).case
    bring(town, phone=LIU)
    bring(town, phone="", name="无电话", channel=Channel.DESK)
    event = Event.objects.get(verb="cases.case.receive")
    assert [(one.contact, one.phone) for one in queries.who_supports(event)] == [(resident(LIU).contact, LIU)]
    assert case.supports.count() == 2


def test_who_looked_is_on_record_once_a_day(town: Town) -> None:
    case, worker = bring(town).case, town.actor("worker")
    for _twice in range(2):
        actions.unmask(case, by=worker)
    assert verbs(case).count("unmask_supports") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三号楼 2 单元", "3栋2单元"),
        ("十二号楼", "12 幢"),
        ("二十一号楼旁边", "21号楼"),
        ("东门附近", "东门"),
        ("Ａ座（北侧）", "a座 北侧"),
        ("3-2-501", "3－2－501"),
    ],
)
def test_a_spot_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert queries.spot_of(one) == queries.spot_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("3号楼", "13号楼"), ("3-2-501", "32-501"), ("东门", "西门"), ("五一路", "51路")]
)
def test_other_spots_are_told_apart(one: str, other: str) -> None:
    assert queries.spot_of(one) != queries.spot_of(other)


@given(st.text(max_size=100))
def test_a_spot_said_again_is_the_same(where: str) -> None:
    spot = queries.spot_of(where)
    assert queries.spot_of(spot) == queries.spot_of(f" {spot} ") == spot
