"""Keeping the catalogue by form and by sheet: all or nothing, each fault with its cell."""

import io
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook, load_workbook

from linli.commons.guides.forms import ItemForm, read_sheet, written
from linli.commons.guides.forms.sheet import MOST
from linli.commons.guides.models import Item
from linli.ground.core.models import Event

from .conftest import LIFT, LOW, Town


def keeper(town: Town) -> Client:
    return town.client("reviewer")


def typed(item: Item, **changed: object) -> dict[str, Any]:
    form = ItemForm.of(item)
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields} | changed


def sheet(*changes: tuple[str, str, object]) -> bytes:
    """The exported catalogue with some cells changed: (code, heading, value)."""
    content = written(item.facts() for item in Item.objects.prefetch_related("materials", "steps", "opinions"))
    book = load_workbook(io.BytesIO(content))
    page = book.active
    headings = [cell.value for cell in page[1]]
    rows = {row[0].value: row for row in page.iter_rows(min_row=2)}
    for code, heading, value in changes:
        rows[code][headings.index(heading)].value = value
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def load(client: Client, content: bytes) -> HttpResponse:
    return client.post("/guides/keep/load/", {"file": SimpleUploadedFile("事项.xlsx", content)})


def test_an_item_is_changed_by_its_form_and_the_change_is_on_record(town: Town, item: Item) -> None:
    answer = keeper(town).post(f"/guides/{LOW}/edit/", typed(item, promised_days=15, aliases="低保 困难补助"))
    fresh = Item.objects.get(pk=item.pk)
    assert (answer.status_code, fresh.promised_days, fresh.version, fresh.materials.count()) == (302, 15, 2, 6)
    assert "困难" in fresh.grams
    assert Event.objects.latest("pk").verb == "guides.item.edit"


def test_who_has_a_say_is_written_by_form_and_by_sheet(town: Town, item: Item) -> None:
    lines = "市场监督管理局 | 设备要求 | 5\npublic_security | 户籍 | 3"
    answer = keeper(town).post(f"/guides/{LOW}/edit/", typed(item, mode="joint", opinions=lines))
    fresh = Item.objects.get(pk=item.pk)
    assert (answer.status_code, [str(one.line) for one in fresh.opinions.all()]) == (
        302,
        ["市场监督管理局 | 设备要求 | 5", "公安局 | 户籍 | 3"],
    )
    content = sheet((LIFT, "征求意见的部门", "应急管理局 | 安全要求 | 4"))
    (one,) = read_sheet(content).changed
    assert [(label, after) for label, _before, after in one.columns] == [
        ("征求意见的部门", "应急管理局 | 安全要求 | 4")
    ]
    faults = read_sheet(sheet((LIFT, "征求意见的部门", "电梯局 | 安全要求 | 4"))).faults
    assert [fault.message for fault in faults] == ["征求意见的部门：第 1 行：“电梯局”不是现有部门"]


def test_days_stand_in_the_form_as_browsers_read_them(town: Town) -> None:
    page = keeper(town).get(f"/guides/{LOW}/edit/").content.decode()
    assert re.search(r'type="date"[^>]*value="2026-01-01"|value="2026-01-01"[^>]*type="date"', page)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"promised_days": "31"}, "承诺时限不能长于法定时限。"),
        ({"promised_days": "0"}, "即办件的承诺时限为 0 个工作日，其他事项至少 1 个工作日。"),
        ({"fee": "20"}, "收费必须写明依据。"),
        ({"fee": "二十"}, "金额请按元填写"),
        ({"fee": "-1"}, "收费不能小于 0 元"),
        ({"valid_until": "2025-01-01"}, "失效日期不能早于生效日期。"),
        ({"materials": "户口簿"}, "第 1 行"),
        ({"code": "15030000MZ-JF-0002"}, "已经有事项使用这个编码。"),
        ({"mode": "joint"}, "联办件至少写一个征求意见的部门，其他事项不写。"),
        ({"opinions": "market | 设备要求 | 5"}, "联办件至少写一个征求意见的部门，其他事项不写。"),
        ({"mode": "joint", "opinions": "civil_affairs | 收入 | 5"}, "主管部门牵头并作出决定，不再列为征求意见的部门。"),
        ({"mode": "joint", "opinions": "market | 设备要求 | 21"}, "提出意见的期限不能长于承诺时限。"),
        ({"mode": "joint", "opinions": "market | 设备要求"}, "竖线隔开的有 2 段，需要 3 段"),
        ({"mode": "joint", "opinions": "market | 设备要求 | 5", "promised_days": ""}, "承诺时限"),
    ],
)
def test_what_makes_no_sense_comes_back_with_what_to_mend(
    town: Town, item: Item, changed: dict[str, str], told: str
) -> None:
    answer = keeper(town).post(f"/guides/{LOW}/edit/", typed(item, **changed))
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_two_keepers_at_once_do_not_overwrite_each_other(town: Town, item: Item) -> None:
    seen = typed(item, promised_days=15)
    item.edit(facts=item.facts(), materials=[], steps=[], by=town.actor("reviewer"))
    answer = keeper(town).post(f"/guides/{LOW}/edit/", seen)
    assert (answer.status_code, Item.objects.get(pk=item.pk).promised_days) == (409, 20)


def test_the_sheet_that_was_handed_out_changes_nothing_when_it_comes_back(town: Town) -> None:
    content = keeper(town).get("/guides/keep/export/").content
    reading = read_sheet(content)
    assert (reading.new, reading.changed, reading.faults, reading.unchanged) == ([], [], [], 35)


def test_a_sheet_is_shown_first_and_taken_over_whole(town: Town) -> None:
    client = keeper(town)
    content = sheet((LOW, "承诺时限（工作日）", 12), (LOW, "服务领域", "就业"), (LOW, "群众叫法", "=1+1"))
    assert load(client, content).status_code == 302
    page = client.get("/guides/keep/load/preview/").content.decode()
    assert "0 项新增" in page or "新增 0" in page or "承诺时限（工作日）" in page
    assert Item.objects.get(code=LOW).promised_days == 20
    answer = client.post("/guides/keep/load/take/", {"seen": read_sheet(content).seen})
    item = Item.objects.get(code=LOW)
    assert (answer.status_code, item.promised_days, item.field) == (302, 12, "employment")
    assert client.get("/guides/keep/load/preview/").status_code == 302


def test_a_value_that_looks_like_a_formula_leaves_as_text_and_comes_back_as_it_was(town: Town, item: Item) -> None:
    facts = item.facts() | {"aliases": "=HYPERLINK(1)"}
    book = load_workbook(io.BytesIO(written([facts])))
    assert "'=HYPERLINK(1)" in [cell.value for cell in book.active[2]]
    assert read_sheet(written([facts])).changed[0].entry.facts["aliases"] == "=HYPERLINK(1)"


def test_one_fault_stops_the_whole_sheet_and_names_its_cell(town: Town) -> None:
    content = sheet((LOW, "承诺时限（工作日）", 99), ("15030000MZ-JF-0003", "承诺时限（工作日）", 9))
    answer = load(keeper(town), content)
    row = next(at for at, one in enumerate(Item.objects.all(), start=2) if one.code == LOW)
    page = answer.content.decode()
    assert (answer.status_code, f"{row}</b> 承诺时限（工作日）：承诺时限不能长于法定时限。" in page) == (422, True)
    assert Item.objects.get(code="15030000MZ-JF-0003").promised_days == 10


def test_an_item_that_stands_nowhere_yet_is_new(town: Town, item: Item) -> None:
    reading = read_sheet(written([item.facts() | {"code": "15030000MZ-JF-0777"}]))
    assert ([one.facts["code"] for one in reading.new], reading.faults) == (["15030000MZ-JF-0777"], [])


def test_a_code_that_stands_twice_is_a_fault(town: Town, item: Item) -> None:
    reading = read_sheet(written([item.facts(), item.facts()]))
    assert [fault.message for fault in reading.faults] == ["事项编码：表中有重复的事项编码。"]


def test_a_sheet_of_more_items_than_anybody_reads_is_not_taken(town: Town, item: Item) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_sheet(written([item.facts()] * (MOST + 1)))
    assert refusal.value.messages == ["表中的事项超过 500 个。"]


def test_after_a_hundred_faults_the_rest_is_not_read(town: Town, item: Item) -> None:
    reading = read_sheet(written([item.facts() | {"name": ""}] * 130))
    assert len(reading.faults) in range(100, 103)  # the last row read may have more than one


def test_a_file_that_is_no_such_sheet_says_so(town: Town) -> None:
    book = Workbook()
    book.active.append(["事项编码"])
    body = io.BytesIO()
    book.save(body)
    answers = [load(keeper(town), content) for content in (b"x", body.getvalue())]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "缺少" in answers[1].content.decode()


def test_a_catalogue_that_changed_since_the_preview_is_looked_at_again(town: Town, item: Item) -> None:
    client = keeper(town)
    content = sheet((LOW, "承诺时限（工作日）", 12))
    seen = read_sheet(content).seen
    load(client, content)
    item.edit(facts=item.facts() | {"result": "改了"}, materials=[], steps=[], by=town.actor("reviewer"))
    answer = client.post("/guides/keep/load/take/", {"seen": seen})
    assert (answer["Location"], Item.objects.get(code=LOW).promised_days) == ("/guides/keep/load/preview/", 20)


def test_the_shipped_draft_can_be_looked_at_and_dropped(town: Town) -> None:
    client = keeper(town)
    assert client.post("/guides/keep/load/", {"shipped": "1"}).status_code == 302
    assert "事项库中已经全部都有" in client.get("/guides/keep/load/preview/").content.decode()
    client.post("/guides/keep/load/take/", {"drop": "1"})
    assert client.get("/guides/keep/load/preview/").status_code == 302


def test_an_item_is_added_and_ended_by_form(town: Town, item: Item) -> None:
    client = keeper(town)
    new = typed(item, code="15030000MZ-QT-0099", name="社区用房预约", version="")
    assert [client.get("/guides/keep/add/").status_code, client.post("/guides/keep/add/", new).status_code] == [
        200,
        302,
    ]
    added = Item.objects.get(code="15030000MZ-QT-0099")
    url = f"/guides/{added.code}/end/"
    answers = [client.post(url, {"on": on, "version": 1}).status_code for on in ("2020-01-01", "2026-09-30")]
    assert answers == [422, 302]
    assert str(Item.objects.get(pk=added.pk).valid_until) == "2026-09-30"
    assert client.post(url, {"on": "2026-10-01", "version": 1}).status_code == 409


def test_the_draft_is_loaded_by_a_command_once(town: Town) -> None:
    said = io.StringIO()
    for _time in range(2):
        call_command("load_items", stderr=said)
    assert said.getvalue().splitlines()[-1] == "0 items added"
