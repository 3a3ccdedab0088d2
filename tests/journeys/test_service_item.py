"""A pensioner finds a service by two characters, applies in large print, completes the papers once, and rates the result."""

import re

from playwright.sync_api import FilePayload

from tests.faults.papers import picture

from .conftest import Visitor

SHEET: FilePayload = {"name": "申请表.jpg", "mimeType": "image/jpeg", "buffer": picture().read()}


def search(visitor: Visitor) -> None:
    """From the portal by its large door to the catalogue; what nobody offers is said so, with a way on."""
    page = visitor.page
    visitor.go("/")
    visitor.press("长者模式")
    page.get_by_role("link", name=re.compile("^办事服务")).filter(visible=True).first.click()
    visitor.look("services-large")
    box = page.get_by_role("searchbox", name="搜索事项")
    box.fill("火箭")
    box.press("Enter")
    page.wait_for_load_state()
    assert "没有找到相符的事项" in page.locator("main").inner_text()
    visitor.look("services-none-large")
    box.fill("临时")
    box.press("Enter")
    page.get_by_role("link", name="临时救助申请", exact=True).click()
    visitor.look("guide-large")
    assert "社会救助暂行办法" in page.locator("main").inner_text()


def apply(visitor: Visitor) -> str:
    """Apply online: the form comes back with what was typed where the name is missing. Returns the application's address."""
    page = visitor.page
    visitor.press("在线申请")
    visitor.look("apply-large")
    assert "居民身份证" in page.locator(".c-notice").first.inner_text()
    name = page.get_by_label(re.compile("^申请人姓名"))
    name.fill("")
    page.get_by_label(re.compile("^临时救助申请表")).set_input_files(SHEET)
    visitor.press("提交申请")
    assert page.get_by_role("alert").is_visible()
    assert SHEET["name"] in page.locator("main").inner_text()
    visitor.look("apply-large-wrong")
    name.fill("刘桂芳")
    visitor.press("改好了，提交")
    visitor.look("application-received-large")
    return page.url.removeprefix(visitor.city.address)


def test_from_two_characters_to_the_rating(visitor: Visitor, another: Visitor) -> None:
    elder, worker = visitor, another
    elder.enter_as("elder")
    search(elder)
    address = apply(elder)

    worker.enter_as("worker")
    worker.go("/services/queue/")
    worker.look("services-queue")
    worker.go(address)
    worker.look("application-received-desk")
    worker.press("一次性告知")
    assert worker.page.get_by_role("alert").is_visible(), "a notice that names nothing"
    worker.page.get_by_label(re.compile("^遭遇困难的说明或者票据")).fill("缺医院收费票据")
    worker.press("一次性告知")
    assert "缺医院收费票据" in worker.page.locator("main").inner_text()

    elder.go("/services/mine/")
    elder.look("applications-mine-large")
    elder.go(address)
    assert "一次性告知，需要补正" in elder.page.locator("main").inner_text()
    elder.look("application-returned-large")
    elder.page.get_by_label(re.compile("^补充说明")).fill("票据已经交到窗口。")
    elder.press("提交补正")

    worker.go(address)
    assert worker.page.get_by_role("button", name="一次性告知").count() == 0, "the gaps are named once"
    worker.press("受理")
    worker.look("application-deciding-desk")
    worker.page.get_by_label("准予办理", exact=True).check()
    worker.press("提交决定")
    worker.press("送达结果")
    worker.look("application-delivered-desk")

    elder.go(address)
    elder.look("application-delivered-large")
    elder.page.get_by_label("满意", exact=True).check()
    elder.press("提交评价")
    assert (
        "谢谢您" in elder.page.locator("body").inner_text() or "申请人已评价" in elder.page.locator("main").inner_text()
    )
    elder.look("application-rated-large")


def test_the_catalogue_is_kept_by_form_and_by_sheet(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("reviewer")
    visitor.go("/guides/keep/")
    visitor.look("catalogue-keep")
    visitor.go("/guides/15030000MZ-JF-0003/edit/")
    page.get_by_label(re.compile("^承诺时限")).fill("0")
    visitor.press("保存修改")
    assert page.get_by_role("alert").is_visible()
    visitor.look("catalogue-edit-wrong")
    page.get_by_label(re.compile("^承诺时限")).fill("8")
    visitor.press("保存修改")
    assert "8 个工作日" in page.locator("main").inner_text()
    visitor.go("/guides/keep/load/")
    visitor.look("catalogue-load")
    visitor.press("查看草案")
    visitor.look("catalogue-preview")
    assert "承诺时限（工作日）" in page.locator("main").inner_text()
    visitor.press("不导入")
