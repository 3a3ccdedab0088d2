"""An officer's open matters: kept under a name, given on by keyboard alone, taken away as a file; the leader looks from above."""

import re

from .conftest import Visitor


def test_several_cases_are_given_to_another_lead_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("subdistrict")
    visitor.go("/cases/?status=received")
    visitor.look("cases")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    assert page.locator("tr.is-picked").count() == 3
    assert page.locator("[data-picked]").inner_text() == "已选 3 件"
    page.keyboard.press("?")
    assert "改派所选诉求" in page.locator("#keys").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_url("**/cases/together/assign/**")
    visitor.look("cases-assign")
    page.get_by_label(re.compile("^牵头单位")).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.look("cases-assigned")
    assert re.search(r"件", page.locator("h1").inner_text())


def test_a_filter_is_kept_and_its_cases_are_taken_away_as_a_file(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("worker")
    visitor.go("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("路灯")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    visitor.look("cases-found")
    visitor.press("保存此筛选")
    page.get_by_label(re.compile("^筛选名称")).fill("路灯")
    visitor.look("filter-save")
    page.locator("main form button").click()
    page.wait_for_load_state()
    assert (
        page.get_by_role("navigation").get_by_role("link", name="路灯", exact=True).get_attribute("aria-current")
        == "true"
    )
    visitor.press("管理")
    visitor.look("filters")
    visitor.go("/cases/")
    visitor.press("导出")
    page.get_by_label("Excel").or_(page.get_by_label(re.compile("Excel"))).check()
    visitor.look("export")
    visitor.press("生成文件")
    page.get_by_role("link", name="下载", exact=True).wait_for(timeout=30000)
    visitor.look("export-ready")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_the_dispatcher_rules_and_the_leader_looks_from_above(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("reviewer")
    visitor.go("/cases/queue/?heap=returned")
    visitor.look("queue")
    visitor.go("/cases/overview/")
    visitor.look("overview")
    page.get_by_role("link", name="海勃湾区", exact=True).first.click()
    page.wait_for_load_state()
    visitor.look("overview-district")
