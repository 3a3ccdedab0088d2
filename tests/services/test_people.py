"""Who applied: seen by whom, told, copied, erased; the desk helps those who cannot."""

import pytest
from django.utils.timezone import localtime

from linli.commons.notices import templates
from linli.flows.services import actions, queries, rules
from linli.flows.services.models import Application, ApplicationChannel
from linli.flows.services.tasks import deem_accepted
from linli.ground.authority.actors import VISITOR
from linli.ground.core.models import Event

from .conftest import PHONE, SPOT, Desk


def test_scope_is_who_applied_the_handler_and_who_watches_over_the_place(desk: Desk) -> None:
    one = desk.receive()
    seen = {name: one in Application.objects.visible_to(desk.town.actor(name)) for name in desk.town.people}
    assert seen == {"worker": True, "mate": True, "officer": True, "outsider": False, "reviewer": True}
    assert one in Application.objects.visible_to(desk.resident)
    assert one not in Application.objects.visible_to(VISITOR)
    assert one not in Application.objects.visible_to(desk.town.stranger)


def test_who_may_what(desk: Desk) -> None:
    one, town = desk.receive(), desk.town
    worker, officer, reviewer = (town.actor(name) for name in ("worker", "officer", "reviewer"))
    steps = (rules.may_accept, rules.may_ask_papers, rules.may_decide, rules.may_deliver, rules.may_settle)
    assert [[may(actor, one) for may in steps] for actor in (worker, officer, reviewer, desk.resident)] == [
        [True] * 5, [False] * 5, [False] * 5, [False] * 5,
    ]  # fmt: skip
    assert [rules.may_extend(actor, one) for actor in (worker, officer, reviewer)] == [False, True, False]
    assert [rules.may_unmask(actor, one) for actor in (worker, officer, reviewer)] == [True, True, False]
    own = (rules.may_complete, rules.may_withdraw, rules.may_rate)
    assert [[may(actor, one) for may in own] for actor in (desk.resident, worker)] == [[True] * 3, [False] * 3]


def test_the_desk_applies_for_somebody_without_a_phone_and_that_is_on_record(desk: Desk) -> None:
    one = desk.receive(phone="", person=None, channel=ApplicationChannel.DESK, is_helped=True, by=desk.worker)
    assert (one.helped_by, one.applicant.contact, rules.may_complete(desk.worker, one)) == (
        desk.worker.post_ref,
        "",
        True,
    )
    assert queries.who_applied(Event(subject=f"services.application:{one.pk}")) == []


def test_the_applicant_is_told_by_account_else_by_phone(desk: Desk) -> None:
    one, other = desk.receive(), desk.receive(phone="13904730055", person=None)
    to = [queries.who_applied(Event(subject=f"services.application:{each.pk}"))[0] for each in (one, other)]
    assert (to[0].account, to[1].phone) == (desk.account.pk, "13904730055")
    words = templates.of("services.application.ask_papers")[0].words(Event(), "临时救助申请")
    assert words.title == "需要补正材料：临时救助申请"
    assert queries.who_applied(Event(subject="services.application:0")) == []


def test_a_look_at_who_applied_is_on_record_once_a_day(desk: Desk) -> None:
    one = desk.receive()
    for _look in range(2):
        assert actions.unmask(one, by=desk.worker).phone == PHONE
    assert Event.objects.filter(verb="services.application.unmask").count() == 1
    assert queries.looked(one, desk.worker, since=localtime(one.received_at))


@pytest.mark.usefixtures("desk")
def test_the_clock_knocks_and_nothing_is_late() -> None:
    deem_accepted(0)


def test_what_waits_for_the_body_comes_most_urgent_first(desk: Desk) -> None:
    first, second = desk.receive(), desk.receive(SPOT)
    actions.accept(first, by=desk.worker)  # ten working days from now on; the other one five
    listed = queries.listed(desk.worker, status=queries.WAITING)
    assert [one.pk for one, _left in listed.rows] == [second.pk, first.pk]
    assert {choice.value: str(choice.count) for choice in listed.choices}["waiting"] == "2"
    assert [one.pk for one, _left in queries.listed(desk.town.actor("reviewer"), status="").rows] == [
        second.pk,
        first.pk,
    ]
    assert [one.pk for one, _left in queries.mine(desk.resident).rows] == [second.pk, first.pk]
    assert queries.mine(desk.town.stranger).rows == []
