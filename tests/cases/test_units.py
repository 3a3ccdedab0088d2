"""A property provider, a unit or an association leads a case as a station does, without the acts of an authority."""

from datetime import date

import pytest
from django.test import Client

from linli.commons.deadlines.models import Todo
from linli.flows.cases import rules
from linli.flows.cases.models import Case, Status
from linli.flows.dispatch import actions as dispatch
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.roles import RoleCode
from linli.ground.organisations.actions import BodyPlan, set_up_bodies
from linli.ground.organisations.models import Body
from tests.factories.people import in_post

from .conftest import Town, _staff


@pytest.fixture
def provider(town: Town) -> Body:
    """The property provider of 湖东, with its manager."""
    body = set_up_bodies(
        [BodyPlan("property_provider", town.east, date(2020, 1, 1), "安居物业", "安居物业")], by=SYSTEM
    )[0]
    town.people["manager"] = _staff("manager", body, "manager")
    return body


@pytest.fixture
def given(town: Town, provider: Body) -> Case:
    """A case that the sub-district has given to the provider."""
    case = town.receive()
    dispatch.assign(case, body=provider, by=town.actor("officer"))
    return case


def press(client: Client, case: Case, verb: str, **typed: str) -> int:
    version = str(Case.objects.get(pk=case.pk).version)
    return client.post(f"/cases/{case.reference}/{verb}/", {"version": version} | typed).status_code


def test_the_manager_accepts_answers_and_closes(town: Town, given: Case) -> None:
    manager = town.client("manager")
    assert "路灯" in manager.get("/desk/").text, "it waits at the manager's desk"
    steps = [("accept", {}), ("answer", {"text": "路灯已经修好，今晚试灯。"}), ("close", {"text": "住户说亮了。"})]
    assert [press(manager, given, verb, **typed) for verb, typed in steps] == [302, 302, 302]
    assert Case.objects.get().status == Status.CLOSED


def test_neither_the_reporter_nor_a_refusal_is_the_manager_s(town: Town, given: Case) -> None:
    manager, page = town.client("manager"), town.client("manager").get(given.get_absolute_url()).text
    assert ("张女士" in page, "张某某" in page, "不予受理" in page, "退回" in page) == (False, True, False, True)
    assert press(manager, given, "refuse", ground="market", text="不归我们。") == 403
    assert press(manager, given, "unmask") == 403
    assert press(manager, given, "send_back", text="路灯归市政管护，不在物业合同内。") == 302
    assert Case.objects.get().status == Status.RETURNED


def test_whoever_has_no_part_in_cases_is_told_of_none(given: Case, provider: Body) -> None:
    seen = {
        role: Todo.objects.visible_to(in_post(role, provider.place_path, body=provider.pk)).count()
        for role in (RoleCode.DELEGATE, RoleCode.MEMBER, RoleCode.ADMINISTRATOR)
    }
    assert seen == {RoleCode.DELEGATE: 1, RoleCode.MEMBER: 0, RoleCode.ADMINISTRATOR: 0}
    assert not rules.may_refuse(in_post(RoleCode.DELEGATE, provider.place_path, body=provider.pk), given)
