"""The line is cut while somebody reports: what they typed is still there, nothing is sent twice, and no name stays on the machine."""

import re

from .conftest import Visitor

TOLD = "三号楼门口的井盖松了，骑车经过会响，怕有人摔倒。"
PHONE = "13804730778"


def test_a_need_outlives_a_lost_line(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/cases/report/")
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill(TOLD + f"我的电话{PHONE}。煤气味很大。")
    page.locator("#hints a[href='tel:119']").wait_for()
    assert "手机号" in page.locator("#hints").inner_text()
    visitor.look("report-hints")
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill(TOLD)
    page.get_by_label("环境与设施", exact=True).check()
    page.get_by_label(re.compile("^发生在哪个社区")).select_option(label="湖东社区")
    page.get_by_label(re.compile("^怎么称呼")).fill("刘阿姨")
    page.get_by_label(re.compile("^手机号")).fill(PHONE)

    visitor.context.set_offline(True)
    page.get_by_role("button", name="下一步：核实手机号").click()
    page.get_by_text("现在没有网络，内容还没有提交。").wait_for()
    page.wait_for_timeout(1500)  # for the hints that are asked for in vain
    visitor.problems.clear()  # the browser says itself that there is no line
    visitor.look("report-offline")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert (TOLD in kept, PHONE in kept, "刘阿姨" in kept) == (True, False, False)
    visitor.context.set_offline(False)
    page.get_by_text("网络已恢复").wait_for()

    visitor.go("/")
    visitor.go("/cases/report/")
    page.get_by_text("上次没有提交的内容已恢复").wait_for()
    visitor.look("report-restored")
    assert page.get_by_label(re.compile("^请用一两句话说清楚")).input_value() == TOLD
    assert page.get_by_label("环境与设施", exact=True).is_checked()
    assert page.get_by_label(re.compile("^怎么称呼")).input_value() == ""
    page.get_by_label(re.compile("^怎么称呼")).fill("刘阿姨")
    page.get_by_label(re.compile("^手机号")).fill(PHONE)
    visitor.press("下一步：核实手机号")
    page.get_by_label(re.compile("^短信验证码")).fill(visitor.city.manage("last_code", PHONE))
    visitor.press("提交")
    assert "/receipt/" in page.url
    assert TOLD not in page.evaluate("JSON.stringify(localStorage)"), "what was sent is let go of"

    visitor.go("/cases/report/")
    assert page.get_by_label(re.compile("^请用一两句话说清楚")).input_value() == ""
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill("另一件事：路灯不亮。")
    visitor.go("/cases/report/")
    visitor.press("清除")
    assert page.get_by_label(re.compile("^请用一两句话说清楚")).input_value() == ""
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_call_is_taken_down_with_the_keys_alone_and_answered_by_a_template(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("worker")
    visitor.go("/cases/register/?channel=phone")
    visitor.look("register-call")
    page.get_by_label(re.compile("^联系电话")).focus()
    for typed in ("0473-2020133", "\t", "王大爷", "\t", "楼道灯坏了，晚上看不见。"):
        if typed == "\t":
            page.keyboard.press("Tab")
        else:
            page.keyboard.insert_text(typed)
    page.get_by_label("环境与设施", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/receipt/")
    visitor.press("查看进展")
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_role("link", name="选用模板").first.click()
    visitor.look("fill")
    page.get_by_role("link", name="用这个").first.click()
    visitor.look("filled")
    told = page.get_by_label(re.compile("^给居民的答复"))
    assert "楼道灯坏了" in told.input_value()
    told.fill(told.input_value() + "\n已换新灯。")
    visitor.press("提交答复")
    assert "已换新灯" in page.locator("main").inner_text()


def test_sign_out_lets_go_of_what_was_typed(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("worker")
    visitor.go("/cases/register/")
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill("还没有写完")
    assert "还没有写完" in page.evaluate("JSON.stringify(localStorage)")
    visitor.go("/residents/me/")
    visitor.press("退出登录")
    assert "还没有写完" not in page.evaluate("JSON.stringify(localStorage)")
