"""What the desk takes in and a department decides (报批); what the department is competent for; what is done on somebody's behalf."""

from datetime import date, timedelta

import pytest
from cases.conftest import _staff

from linli.commons.deadlines.models import Todo
from linli.commons.guides.models import Item, Mode
from linli.flows.services import actions, queries, rules
from linli.flows.services.models import Application, Outcome
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.core import clock
from linli.ground.core.registry import ref
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from linli.ground.organisations.queries import department_of

from .conftest import LOW, MONDAY, SPOT, Desk


@pytest.fixture
def officer(desk: Desk) -> Actor:
    """An officer of the city's department of civil affairs."""
    plan = BodyPlan("department", desk.town.places["1503"], date(2020, 1, 1), "乌海市民政局", "民政局", "civil_affairs")
    desk.town.people["department"] = _staff("department", set_up_bodies([plan], by=SYSTEM)[0], "officer")
    return desk.town.actor("department")


def test_what_is_forwarded_is_decided_by_the_department_and_handed_out_at_the_desk(desk: Desk, officer: Actor) -> None:
    one = desk.receive(LOW)
    assert [rules.may_decide(each, one) for each in (desk.worker, officer)] == [True, False]
    actions.accept(one, by=desk.worker)
    assert one.decider is not None
    assert (one.decider.pk, one.handler.kind.code) == (officer.post.body if officer.post else 0, "workstation")
    assert Todo.objects.open().get(about=ref(one)).body_id == one.decider.pk
    assert [rules.may_decide(each, one) for each in (desk.worker, officer)] == [False, True]
    assert [one.pk for one, _left in queries.listed(officer, status=queries.WAITING).rows] == [one.pk]
    client = desk.town.client("department")
    assert "乌海市民政局" in client.get(one.get_absolute_url()).content.decode()
    typed = {"version": one.version, "outcome": "1", "reason": ""}
    assert client.post(f"/services/{one.reference}/decide/", typed).status_code == 302
    one = Application.objects.select_related("handler").get(pk=one.pk)
    assert (one.outcome, Todo.objects.open().get(about=ref(one)).body_id) == (Outcome.GRANTED, one.handler_id)
    assert client.post(f"/services/{one.reference}/deliver/", {"version": one.version}).status_code == 403
    assert "乌海市民政局" in [each.who for each in queries.history_of(one, [], None, None)]


def test_what_nobody_answered_is_forwarded_too(desk: Desk, officer: Actor) -> None:
    one = desk.receive(LOW)
    with clock.stopped_at(MONDAY + timedelta(days=30)):
        assert actions.deem_accepted(by=SYSTEM) == 1
    assert Application.objects.get(pk=one.pk).decider_id == (officer.post.body if officer.post else 0)


def test_without_a_department_the_desk_decides(desk: Desk) -> None:
    one = desk.receive(LOW)
    actions.accept(one, by=desk.worker)
    assert (one.decider, rules.may_decide(desk.worker, one)) == (None, True)


def test_a_department_sees_what_it_is_competent_for_in_its_area_and_nothing_else(desk: Desk, officer: Actor) -> None:
    mine, other = desk.receive(LOW), desk.receive(SPOT)
    assert list(Application.objects.visible_to(officer)) == [mine]
    assert [rules.may_work(each) for each in (officer, desk.resident)] == [True, False]
    assert (rules.may_unmask(officer, mine), rules.may_register(officer, mine.item)) == (False, False)
    client = desk.town.client("department")
    assert [client.get(one.get_absolute_url()).status_code for one in (mine, other)] == [200, 404]
    assert mine.reference in client.get("/services/queue/?status=").content.decode()


def test_the_nearest_department_counts(desk: Desk, officer: Actor) -> None:
    plan = BodyPlan(
        "department", desk.town.places["150302"], date(2020, 1, 1), "海勃湾区民政局", "民政局", "civil_affairs"
    )
    near = set_up_bodies([plan], by=SYSTEM)[0]
    assert department_of("civil_affairs", "150302006001") == near
    assert department_of("civil_affairs", "1504") is None


def test_on_somebodys_behalf_the_desk_brings_what_is_missing(desk: Desk) -> None:
    one = desk.receive()
    assert (rules.may_complete(desk.worker, one), rules.may_withdraw(desk.worker, one)) == (False, False)
    Item.objects.filter(pk=one.item_id).update(mode=Mode.AGENCY)
    one.item.refresh_from_db()
    assert (rules.may_complete(desk.worker, one), rules.may_withdraw(desk.worker, one)) == (True, True)
