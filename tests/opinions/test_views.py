"""The page of a joint application as the lead, a department and the applicant see it; the API beside it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.flows.opinions import actions
from linli.flows.services.models import Application
from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.models import ApiToken

from .conftest import Desk, accepted


def post(desk: Desk, who: str, one: Application, verb: str, **typed: object) -> tuple[int, str]:
    fresh = Application.objects.get(pk=one.pk)
    answer = desk.town.client(who).post(f"/services/{one.reference}/{verb}/", {"version": fresh.version} | typed)
    return answer.status_code, answer.content.decode()


def page(desk: Desk, who: str, one: Application) -> str:
    client = desk.browser() if who == "resident" else desk.town.client(who)
    return client.get(one.get_absolute_url()).content.decode()


def test_a_department_has_its_say_on_the_page(manned: Desk) -> None:
    one = accepted(manned)
    assert one.reference in manned.town.client("market").get("/services/queue/").content.decode()
    assert "待提出意见" in manned.town.client("market").get("/desk/").content.decode()
    shown = page(manned, "market", one)
    assert all(word in shown for word in ("提出本部门意见", "电梯设备和安装检验要求", "代应急管理局提出意见"))
    status, back = post(manned, "market", one, "give-opinion", agrees="no")
    assert (status, "请写明不同意的理由" in back, 'value="no"' in back) == (422, True, True)
    assert post(manned, "market", one, "give-opinion", agrees="no", text="图纸不全。")[0] == 302
    status, back = post(manned, "market", one, "give-opinion", agrees="yes", text="又同意。")
    assert (status, "又同意。" in back) == (409, True)
    assert post(manned, "worker", one, "give-opinion", agrees="yes")[0] == 403


def test_the_lead_reads_what_was_said_and_decides_when_all_are_heard(manned: Desk) -> None:
    one = accepted(manned)
    post(manned, "market", one, "give-opinion", agrees="no", text="图纸不全。")
    shown = page(manned, "housing", one)
    assert all(word in shown for word in ("不同意", "图纸不全。", "意见全部回复后", "已回复 1 个，共 3 个"))
    assert "登记决定" not in shown
    status, back = post(manned, "housing", one, "decide", outcome="1", reason="")
    assert (status, "意见全部回复后" in back) == (409, True)
    for who in ("city_management", "housing"):
        assert post(manned, who, one, "give-opinion", agrees="yes")[0] == 302
    assert post(manned, "housing", one, "decide", outcome="0", reason="通道被占用。")[0] == 302
    assert "不予办理" in page(manned, "resident", one)


def test_the_applicant_sees_who_has_a_say_and_how_far_not_what_is_said(manned: Desk) -> None:
    one = accepted(manned)
    post(manned, "market", one, "give-opinion", agrees="no", text="图纸不全。")
    shown = page(manned, "resident", one)
    assert all(word in shown for word in ("乌海市市场监督管理局", "意见已回复", "等待回复意见"))
    assert [word in shown for word in ("图纸不全。", "不同意")] == [False, False]


@pytest.mark.parametrize("who", ["market", "housing", "worker"])
def test_the_page_costs_the_same_for_one_opinion_and_for_many(manned: Desk, who: str) -> None:
    one = accepted(manned)
    client, counts = manned.town.client(who), []
    for _turn in range(2):
        client.get(one.get_absolute_url())
        with CaptureQueriesContext(connection) as found:
            client.get(one.get_absolute_url())
        counts.append(len([each for each in found if "database_change" not in each["sql"]]))
        actions.give_opinion(
            Application.objects.get(pk=one.pk), agrees=True, by=manned.town.actor("city_management")
        ) if (_turn == 0) else None
    assert max(counts) <= 23


def test_a_program_of_a_department_has_its_say_through_the_api(manned: Desk) -> None:
    one = accepted(manned)
    secret = ApiToken.issue(post=manned.town.actor("market").post_ref, label="局内系统", by=SYSTEM)[1]

    def call(**said: Any) -> tuple[int, dict[str, Any]]:
        version = Application.objects.get(pk=one.pk).version
        answer = Client().post(
            f"/api/services/{one.reference}/give_opinion",
            {"version": version} | said,
            content_type="application/json",
            headers={"authorization": f"Bearer {secret}"},
        )
        return answer.status_code, answer.json()

    assert call(agrees=False, text=" ")[0] == 422
    assert call(agrees=False, text="图纸不全。")[1]["status"] == "accepted"
    assert call(agrees=True)[0] == 409
    listed = (
        Client().get(f"/api/services/{one.reference}/opinions", headers={"authorization": f"Bearer {secret}"}).json()
    )
    assert [(each["stand"], each["text"]) for each in listed] == [
        ("disagrees", "图纸不全。"), ("awaited", ""), ("awaited", ""),
    ]  # fmt: skip
    own = manned.browser().get(f"/api/services/{one.reference}/opinions")
    assert own.status_code in {200, 401}
