"""A neighbour's matter from the report to the rating, and back again when it is not solved."""

import re

from .conftest import Visitor

TEXT = "三号楼二单元的楼道灯坏了，从周一开始，老人上下楼看不见台阶。"


def report(visitor: Visitor) -> str:
    """The neighbour, signed in, reports; the phone is known and no code is asked for again. Returns the reference."""
    page = visitor.page
    visitor.go("/cases/report/")
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill(TEXT)
    page.get_by_label("环境与设施", exact=True).check()
    page.get_by_label(re.compile("^发生在哪个社区")).select_option(label="湖东社区")
    page.get_by_label(re.compile("^怎么称呼")).fill("赵师傅")
    assert "139****0003" in page.locator("main").inner_text()
    visitor.press("提交")
    return page.locator(".c-reference").inner_text()


def test_answer_close_rate_and_reopen(visitor: Visitor, another: Visitor) -> None:
    neighbour, worker = visitor, another
    neighbour.enter_as("neighbour")
    reference = report(neighbour)

    worker.enter_as("worker")
    worker.look("desk")
    worker.go(f"/cases/{reference}/")
    worker.look("case-received-desk")
    worker.press("受理")
    worker.page.get_by_label(re.compile("^给居民的答复")).fill("灯")
    worker.press("提交答复")
    assert worker.page.get_by_role("alert").is_visible()
    worker.page.get_by_label(re.compile("^给居民的答复")).fill("灯泡和声控开关已经更换，今晚亮灯后再去看一遍。")
    worker.look("case-answering-desk")
    worker.press("提交答复")

    neighbour.go(f"/cases/{reference}/")
    assert "灯泡和声控开关已经更换" in neighbour.page.locator("main").inner_text()
    neighbour.look("case-answered")
    neighbour.page.get_by_role("group", name=re.compile("^有没有在说好的时间内联系您")).get_by_label(
        "有", exact=True
    ).check()
    neighbour.page.get_by_role("group", name=re.compile("^问题解决了吗")).get_by_label("没有解决", exact=True).check()
    neighbour.page.get_by_role("group", name=re.compile("^您对办理满意吗")).get_by_label("不满意", exact=True).check()
    neighbour.press("提交评价")
    neighbour.page.get_by_label(re.compile("^还有什么没有解决")).fill("昨晚又不亮了。")
    neighbour.press("没解决，重新办理")
    assert "昨晚又不亮了。" in neighbour.page.locator("main").inner_text()
    neighbour.look("case-reopened")

    worker.go(f"/cases/{reference}/")
    worker.press("受理")
    worker.page.get_by_label(re.compile("^给居民的答复")).fill("线路接头松动，电工已经重新压接，连看三晚正常。")
    worker.press("提交答复")
    worker.page.get_by_label(re.compile("^办结情况")).fill("电话回访，居民说灯亮了。")
    worker.press("办结")
    assert "已办结" in worker.page.locator("main").inner_text()
    worker.look("case-closed-desk")

    neighbour.go("/cases/mine/")
    neighbour.look("mine")
    assert "三号楼二单元的楼道灯坏了" in neighbour.page.locator("main").inner_text()


def test_two_at_once_lose_nothing(visitor: Visitor, another: Visitor) -> None:
    visitor.enter_as("neighbour")
    reference = report(visitor)
    visitor.enter_as("worker")
    another.enter_as("worker")
    visitor.go(f"/cases/{reference}/")
    visitor.press("受理")
    for worker in (visitor, another):
        worker.go(f"/cases/{reference}/")
        worker.page.get_by_label(re.compile("^给居民的答复")).fill(
            f"{'一' if worker is visitor else '二'}号窗口的答复内容。"
        )
    visitor.press("提交答复")
    another.press("提交答复")
    text = another.page.locator("main").inner_text()
    assert "刚才有人改动了这件诉求" in text
    assert "一号窗口的答复内容" in text
    assert "二号窗口的答复内容" in another.page.locator("main").inner_html()


def test_what_is_typed_outlives_a_session_that_has_ended(visitor: Visitor) -> None:
    visitor.enter_as("neighbour")
    reference = report(visitor)
    visitor.enter_as("worker")
    visitor.go(f"/cases/{reference}/")
    visitor.press("受理")
    answer = visitor.page.get_by_label(re.compile("^给居民的答复"))
    for gone in ({"name": "sessionid"}, {}):  # the session alone, then every cookie
        answer.fill("已联系电工，今天下午更换灯泡。")
        visitor.context.clear_cookies(**gone)
        visitor.press("提交答复")
        told = visitor.page.get_by_role("alert")
        assert "您填写的内容没有丢失" in told.inner_text()
        assert told.evaluate("one => one === document.activeElement")
        assert "已联系电工，今天下午更换灯泡。" in visitor.page.locator("main").inner_text()
        visitor.look("session-ended")
        visitor.press("重新登录")
        assert f"next=/cases/{reference}/" in visitor.page.url
        visitor.enter_as("worker")
        visitor.go(f"/cases/{reference}/")
        assert answer.input_value() == "已联系电工，今天下午更换灯泡。"
        visitor.go(f"/cases/{reference}/")
        assert answer.input_value() == "已联系电工，今天下午更换灯泡。"  # until it is sent, cleared or signed out

    answer.fill("只给自己看的半句话。")
    visitor.context.clear_cookies(name="sessionid")
    visitor.press("提交答复")
    visitor.enter_as("chair")  # another person at the same computer
    visitor.go(f"/cases/{reference}/")
    assert "只给自己看的半句话。" not in visitor.page.locator("main").inner_html()
    visitor.enter_as("worker")
    visitor.go(f"/cases/{reference}/")
    assert answer.input_value() == ""
