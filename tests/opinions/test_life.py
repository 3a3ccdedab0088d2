"""A joint application is put to every department that has a say, and decided when all are heard or their time is over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.commons.deadlines.actions import chase
from linli.commons.deadlines.models import Todo
from linli.commons.guides.models import Item, Mode
from linli.commons.notices import templates
from linli.flows.opinions import actions, queries, rules
from linli.flows.opinions.models import Opinion
from linli.flows.opinions.queries import Stand
from linli.flows.services import actions as services
from linli.flows.services.models import Application, ApplicationStatus, Outcome
from linli.flows.services.queries import GIVE_OPINION, facts_of, listed
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.core.lifecycle import Conflict, Refused
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.organisations.models import Body

from .conftest import LIFT, MONDAY, Desk, accepted, asked

GRANT = {"outcome": Outcome.GRANTED, "reason": ""}


def fresh(one: Application) -> Application:
    return Application.objects.select_related("item", "place", "handler", "decider").get(pk=one.pk)


def waits(one: Application) -> list[str]:
    """Who owes an opinion."""
    open_ones = Todo.objects.open().filter(about=ref(one), verb=GIVE_OPINION)
    return list(open_ones.order_by("due_at", "pk").values_list("body__short_name", flat=True))


def stands(one: Application, actor: Actor) -> dict[str, Stand]:
    return {said.opinion.body.short_name: said.stand for said in queries.said_on(one, actor)}


def test_once_accepted_every_department_is_asked_with_a_time_of_its_own(manned: Desk) -> None:
    one = accepted(manned)
    assert one.decider is not None
    assert one.decider.short_name == "住房和城乡建设局"
    found = asked(one)
    days = {name: localdate(each.due_at).isoformat() for name, each in found.items()}
    assert days == {
        "市场监督管理局": "2026-09-23",
        "城市管理综合执法局": "2026-09-20",
        "住房和城乡建设局": "2026-09-23",
    }
    assert waits(one) == ["城市管理综合执法局", "市场监督管理局", "住房和城乡建设局"]
    assert {name: each.stands_in for name, each in found.items() if each.stands_in} == {
        "住房和城乡建设局": "应急管理局"
    }
    assert Event.objects.filter(verb=actions.ASK_OPINIONS, subject=ref(one)).count() == 1


def test_what_counts_as_accepted_by_law_is_put_to_them_too(manned: Desk) -> None:
    one = manned.receive(LIFT)
    with clock.stopped_at(MONDAY + timedelta(days=30)):
        assert services.deem_accepted(by=SYSTEM) == 1
        assert {each.asked_at for each in asked(one).values()} == {clock.now()}
        assert queries.is_awaited(fresh(one))


def test_what_is_not_joint_is_put_to_nobody(manned: Desk) -> None:
    one = manned.receive()
    services.accept(one, by=manned.worker)
    assert (waits(one), queries.shown_on(one, manned.worker), queries.is_awaited(one)) == ([], None, False)


def test_without_a_lead_the_desk_decides_and_stands_in_for_whoever_is_missing(desk: Desk) -> None:
    one = accepted(desk)
    (only,) = asked(one).values()
    assert (one.decider, only.body_id, only.stands_in.count("、")) == (None, one.handler_id, 2)
    assert only.about.count("；") == 2
    assert localdate(only.due_at).isoformat() == "2026-09-23"
    actions.give_opinion(one, agrees=True, by=desk.worker)
    services.decide(fresh(one), **GRANT, by=desk.worker)


def test_it_is_decided_once_all_are_heard(manned: Desk) -> None:
    one, lead = accepted(manned), manned.town.actor("housing")
    actions.give_opinion(one, agrees=True, by=manned.town.actor("market"))
    actions.give_opinion(one, agrees=False, text="占用消防通道。", by=manned.town.actor("city_management"))
    assert waits(one) == ["住房和城乡建设局"]
    with pytest.raises(Refused):
        services.decide(one, **GRANT, by=lead)
    assert "decide" not in facts_of(fresh(one))["allowed"]
    actions.give_opinion(one, agrees=True, text="符合要求。", by=lead)
    assert "decide" in facts_of(fresh(one))["allowed"]
    services.decide(fresh(one), **GRANT, by=lead)
    assert stands(fresh(one), lead) == {
        "市场监督管理局": Stand.AGREES,
        "城市管理综合执法局": Stand.DISAGREES,
        "住房和城乡建设局": Stand.AGREES,
    }
    verbs = Event.objects.filter(subject=ref(one)).order_by("pk").values_list("verb", flat=True)
    assert [verb.rpartition(".")[2] for verb in verbs] == [
        "receive", "accept", "ask_opinions", "give_opinion", "give_opinion", "give_opinion", "decide",
    ]  # fmt: skip


def test_silence_is_shown_and_is_no_consent_yet_the_lead_may_decide(manned: Desk) -> None:
    one, lead = accepted(manned), manned.town.actor("housing")
    last = max(each.due_at for each in asked(one).values())
    with clock.stopped_at(last):
        assert queries.is_awaited(one)
    with clock.stopped_at(last + timedelta(seconds=1)):
        assert chase(by=SYSTEM)[1] >= 3
        assert set(stands(one, lead).values()) == {Stand.SILENT}
        told = [(str(turn.words), turn.who) for turn in facts_of(one)["timeline"]]
        assert ("未按时回复意见", "乌海市市场监督管理局") in told
        actions.give_opinion(one, agrees=True, by=manned.town.actor("market"))  # late, and still heard
        services.decide(fresh(one), **GRANT, by=lead)
    found = asked(one)
    assert (found["市场监督管理局"].is_late, found["城市管理综合执法局"].agrees) == (True, None)
    assert stands(fresh(one), lead)["城市管理综合执法局"] == Stand.SILENT
    told = [str(turn.words) for turn in facts_of(fresh(one))["timeline"]]
    assert [told.count(words) for words in ("未按时回复意见", "逾期回复意见")] == [3, 1]
    assert not Todo.objects.open().filter(about=ref(one), verb__startswith=GIVE_OPINION).exists()


def test_withdrawn_it_waits_for_no_opinion(manned: Desk) -> None:
    one = accepted(manned)
    services.withdraw(one, by=manned.resident)
    assert (waits(one), set(stands(fresh(one), manned.worker).values())) == ([], {Stand.ENDED})
    with pytest.raises(Refused):
        actions.give_opinion(fresh(one), agrees=True, by=manned.town.actor("market"))


def test_an_opinion_is_given_once_by_who_was_asked_and_against_it_with_a_reason(manned: Desk) -> None:
    one, market = accepted(manned), manned.town.actor("market")
    for wrong in (
        {"agrees": False, "by": market},
        {"agrees": True, "by": manned.worker},
        {"agrees": True, "by": SYSTEM},
    ):
        with pytest.raises(Refused):
            actions.give_opinion(fresh(one), **wrong)  # type: ignore[arg-type]
    actions.give_opinion(fresh(one), agrees=True, by=market)
    with pytest.raises(Refused):
        actions.give_opinion(fresh(one), agrees=True, by=market)


def test_who_decides_has_read_the_latest_opinion(manned: Desk) -> None:
    one = accepted(manned)
    seen = fresh(one).as_seen(one.version)
    actions.give_opinion(one, agrees=False, text="不符合要求。", by=manned.town.actor("market"))
    with pytest.raises(Conflict):
        services.decide(seen, **GRANT, by=manned.town.actor("housing"))


def test_who_is_asked_sees_it_and_may_have_a_say(manned: Desk) -> None:
    one = manned.receive(LIFT)
    market, lead, worker = (*map(manned.town.actor, ("market", "housing")), manned.worker)
    assert [one in Application.objects.visible_to(actor) for actor in (market, lead)] == [False, True]
    services.accept(one, by=worker)
    assert [one in Application.objects.visible_to(actor) for actor in (market, lead)] == [True, True]
    assert [rules.may_give_opinion(actor, one) for actor in (market, lead, worker, manned.resident)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [(each.pk, left is not None) for each, left in listed(market, status="waiting").rows] == [(one.pk, True)]
    actions.give_opinion(one, agrees=True, by=market)
    assert (rules.may_give_opinion(market, one), rules.owes_opinion(market, one)) == (True, False)
    assert list(listed(market, status="waiting").rows) == []
    assert one in Application.objects.visible_to(market)


def test_the_departments_the_applicant_and_the_lead_are_told(manned: Desk) -> None:
    one = accepted(manned)
    event = Event.objects.get(verb=actions.ASK_OPINIONS)
    departments, applicant = templates.of(actions.ASK_OPINIONS)
    assert len(list(departments.audience(event))) == 3
    assert [each.account for each in applicant.audience(event)] == [manned.account.pk]
    actions.give_opinion(one, agrees=True, by=manned.town.actor("market"))
    (lead,) = templates.of("services.application.give_opinion")
    event = Event.objects.latest("pk")
    told = Event.objects.filter(verb="services.application.give_opinion").get()
    assert [each.post for each in lead.audience(told)] == [manned.town.actor("housing").post_ref]
    assert queries.who_leads(Event(subject="services.application:0")) == []


def test_what_an_item_asks_later_does_not_reach_back(manned: Desk) -> None:
    one = accepted(manned)
    Item.objects.filter(code=LIFT).update(mode=Mode.PROMISED)
    assert len(queries.said_on(fresh(one), manned.worker)) == 3


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"agrees": True}, "opinion_given_by_somebody"),
        ({"given_at": MONDAY}, "opinion_given_by_somebody"),
        ({"given_at": MONDAY, "agrees": True}, "opinion_given_by_somebody"),
        ({"text": "不同意"}, "opinion_given_by_somebody"),
        ({"given_at": MONDAY, "agrees": False, "given_by": "x"}, "opinion_against_has_its_reason"),
        ({"due_at": MONDAY - timedelta(1)}, "opinion_in_order"),
        ({"given_at": MONDAY - timedelta(1), "agrees": True, "given_by": "x"}, "opinion_in_order"),
    ],
)
def test_the_database_refuses_an_opinion_that_makes_no_sense(
    manned: Desk, wrong: dict[str, object], constraint: str
) -> None:
    one = accepted(manned)
    first = asked(one)["市场监督管理局"]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Opinion.objects.filter(pk=first.pk).update(**wrong)


def test_a_body_is_asked_once(manned: Desk) -> None:
    one = accepted(manned)
    again = {"body": Body.objects.get(slot="market"), "asked_at": MONDAY, "due_at": MONDAY, "about": "再问"}
    with pytest.raises(IntegrityError, match="opinion_of_a_body_once"), transaction.atomic():
        Opinion.objects.create(application=one, **again)
    assert one.status == ApplicationStatus.ACCEPTED
