"""A resident hands in one application; a department has its say, the resident sees how far it is, the reviewer what it all comes to."""

import re

from .conftest import Visitor

SENIORS = "15030000MZ-JF-0007"
"""社区养老服务设施建设补助申请: led by 民政, with the opinions of 住建 and 卫健."""
AGAINST = "用房没有安全鉴定，请补充后重新提出。"


def test_one_application_is_put_to_the_departments(visitor: Visitor, another: Visitor) -> None:
    resident, staff = visitor, another
    resident.enter_as("neighbour")
    resident.go(f"/guides/{SENIORS}/")
    resident.look("guide-joint")
    assert "牵头并作出决定" in resident.page.locator("main").inner_text()
    resident.press("在线申请")
    resident.press("提交申请")
    address = resident.page.url.removeprefix(resident.city.address)

    staff.enter_as("worker")
    staff.go(address)
    staff.press("受理")
    staff.look("joint-accepted-desk")
    assert "等待回复意见" in staff.page.locator("main").inner_text()

    staff.enter_as("department")
    staff.go("/services/queue/")
    staff.look("joint-queue")
    staff.go(address)
    staff.page.get_by_label("不同意", exact=True).check()
    staff.press("提出意见")
    assert staff.page.get_by_role("alert").is_visible(), "an opinion against it without a reason"
    staff.look("joint-opinion-wrong")
    staff.page.get_by_label(re.compile("^意见说明")).fill(AGAINST)
    staff.press("提出意见")
    staff.look("joint-opinion-given")
    assert AGAINST in staff.page.locator("main").inner_text()
    assert staff.page.get_by_role("button", name="提出意见").count() == 0, "a department has its say once"

    resident.go(address)
    resident.look("joint-own")
    seen = resident.page.locator("main").inner_text()
    assert ("意见已回复" in seen, AGAINST in seen) == (True, False)

    staff.enter_as("reviewer")
    staff.go("/services/rates/")
    staff.look("rates-of-applications")
    staff.page.get_by_role("link", name="按承办单位", exact=True).click()
    staff.look("rates-by-handler")
    staff.go("/services/rates/behind/?of=late")
    staff.look("rates-behind")
