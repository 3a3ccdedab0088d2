"""The catalogue and a guide as everybody sees them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.commons.guides.models import Item

from .conftest import LIFT, LOW, Town


def test_a_visitor_finds_an_item_by_two_characters_and_reads_its_guide(town: Town) -> None:
    client = Client()
    found = client.get("/guides/", {"q": "低保"}).content.decode()
    assert ("最低生活保障申请" in found, "失业登记" in found) == (True, False)
    guide = client.get(f"/guides/{LOW}/").content.decode()
    assert all(word in guide for word in ("暂行办法第十一条", "20 个工作日", "公安部门数据共享", "登录后申请"))


def test_the_guide_of_a_joint_item_says_who_has_a_say(town: Town) -> None:
    guide = Client().get(f"/guides/{LIFT}/").content.decode()
    assert all(word in guide for word in ("联办部门", "城市管理综合执法局", "占用公共通道、绿地情况", "牵头并作出决定"))
    assert "联办部门" not in Client().get(f"/guides/{LOW}/").content.decode()
    asked = Client().get(f"/api/guides/{LIFT}").json()["opinions"]
    assert [(one["department"], one["days"]) for one in asked] == [
        ("market", 8), ("city_management", 5), ("emergency", 8),
    ]  # fmt: skip


def test_an_empty_catalogue_says_whom_to_ask(town: Town) -> None:
    Item.objects.all().delete()
    assert "12345" in Client().get("/guides/").content.decode()
    assert "从草案开始" in town.client("reviewer").get("/guides/").content.decode()
    assert "从草案开始" in town.client("reviewer").get("/guides/keep/").content.decode()


@pytest.mark.parametrize("client", [Client(), None])
def test_the_catalogue_costs_the_same_for_one_item_and_for_all(town: Town, client: Client | None) -> None:
    browser = client or town.client("reviewer")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get("/guides/")
        counts.append(len(asked))
        Item.objects.exclude(code=LOW).delete()
    assert abs(counts[0] - counts[1]) <= 1
    assert counts[0] <= 12


def test_programs_read_the_catalogue_without_a_token(town: Town) -> None:
    found = Client().get("/api/guides/", {"q": "低保"}).json()
    assert {one["code"] for one in found} >= {LOW}
    one = Client().get(f"/api/guides/{LOW}").json()
    assert (one["name"], one["materials"][0]["source"], one["steps"][0]["is_counted"]) == (
        "最低生活保障申请",
        "desk",
        True,
    )
    assert Client().get("/api/guides/15030000MZ-JF-9999").status_code == 404
