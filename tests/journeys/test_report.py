"""A pensioner reports that the lamp in front of the house is dark: by phone, in large print, without an account."""

import re

from .conftest import Visitor

PHONE = "13804730777"


def test_report_by_phone_in_large_print(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/")
    visitor.press("长者模式")
    assert page.locator("html").get_attribute("data-mode") == "large"
    visitor.look("portal-large")
    page.get_by_role("link", name=re.compile("我要反映问题")).click()
    visitor.look("report-large")

    page.get_by_label(re.compile("^请用一两句话说清楚")).fill("楼门口的路灯三天不亮了，晚上看不清台阶。")
    visitor.press("下一步：核实手机号")
    assert page.get_by_role("alert").is_visible()
    visitor.look("report-large-wrong")
    assert (
        page.get_by_label(re.compile("^请用一两句话说清楚")).input_value() == "楼门口的路灯三天不亮了，晚上看不清台阶。"
    )

    page.get_by_label("环境与设施", exact=True).check()
    page.get_by_label(re.compile("^发生在哪个社区")).select_option(label="湖东社区")
    page.get_by_label(re.compile("^怎么称呼")).fill("刘阿姨")
    page.get_by_label(re.compile("^手机号")).fill(PHONE)
    visitor.press("改好了，提交")
    visitor.look("confirm-large")

    visitor.press("标准字号")
    page.get_by_role("button", name="English", exact=True).click()
    page.get_by_role("button", name="简体中文", exact=True).click()
    visitor.press("长者模式")
    assert "验证码已于" in page.locator(".c-title").inner_text()
    visitor.press("返回修改")
    told = page.get_by_label(re.compile("^请用一两句话说清楚"))
    assert told.input_value() == "楼门口的路灯三天不亮了，晚上看不清台阶。"
    assert page.get_by_label("环境与设施", exact=True).is_checked()
    visitor.press("下一步：核实手机号")
    assert page.get_by_role("alert").count() == 0, "the code sent a moment ago still counts"

    page.get_by_label(re.compile("^短信验证码")).fill("000000")
    visitor.press("提交")
    assert page.get_by_role("alert").is_visible()
    page.get_by_label(re.compile("^短信验证码")).fill(visitor.city.manage("last_code", PHONE))
    visitor.press("提交")
    visitor.look("receipt-large")
    assert "湖东社区工作站" in page.locator("main").inner_text()

    page.go_back()
    assert "楼门口的路灯三天不亮了" in page.locator("main").inner_text(), "one's matters, and no page that has expired"
    page.go_forward()
    visitor.press("查看进展")
    assert "楼门口的路灯三天不亮了" in page.locator("h1").inner_text()
    visitor.look("case-large")
