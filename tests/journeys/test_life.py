"""The whole life of a matter: sent back, ruled on, prolonged, answered, called back, reopened, closed; and what never becomes a case."""

import re

from playwright.sync_api import Page

from .conftest import Visitor

PIPE = "五号楼地下室的排污管裂了，污水渗到楼道里，气味很大。"
LAMP = "小区东门的路灯不亮，晚上进出看不清。"


def brings(visitor: Visitor, text: str, where: str) -> None:
    """Fill in a need up to the button."""
    page = visitor.page
    visitor.go("/cases/report/")
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill(text)
    page.get_by_label("环境与设施", exact=True).check()
    page.get_by_label(re.compile("^发生在哪个社区")).select_option(label="湖东社区")
    page.get_by_label(re.compile("^具体位置")).fill(where)
    page.get_by_label(re.compile("^怎么称呼")).fill("赵师傅")


def folded(page: Page, title: str) -> None:
    """Open a step that stands folded among the others."""
    page.locator("summary").filter(has_text=re.compile(f"^{title}$")).click()


def names_the_lamp(page: Page, number: str) -> None:
    """Choose the category, which asks how many are out and for the number on the pole."""
    page.get_by_label(re.compile("^具体类别")).select_option(label="路灯照明")
    page.get_by_label("一盏", exact=True).check()
    page.get_by_label(re.compile("^灯杆编号")).fill(number)


def says(page: Page, question: str, answer: str) -> None:
    """Answer one of the three questions."""
    page.get_by_role("group", name=re.compile(f"^{question}")).get_by_label(answer, exact=True).check()


def takes_on_and_answers(visitor: Visitor, reference: str, answer: str) -> None:
    """The lead accepts and answers."""
    visitor.go(f"/cases/{reference}/")
    visitor.press("受理")
    visitor.page.get_by_label(re.compile("^给居民的答复")).fill(answer)
    visitor.press("提交答复")


def sends_back(worker: Visitor, reference: str) -> None:
    """The station says why it is not its own."""
    worker.enter_as("worker")
    worker.go(f"/cases/{reference}/")
    folded(worker.page, "退回")
    worker.page.get_by_label(re.compile("^退回理由和应办单位")).fill("管网维修不在社区职责清单内，应由街道办事处办理。")
    worker.press("退回")
    worker.look("life-returned")


def rules(dispatcher: Visitor) -> None:
    """The dispatcher rules, once and for all."""
    dispatcher.enter_as("reviewer")
    dispatcher.go("/cases/queue/?heap=returned")
    page = dispatcher.page
    page.get_by_role("link", name=re.compile(f"^{PIPE[:10]}")).first.click()
    page.wait_for_load_state()
    dispatcher.press("裁定牵头单位")
    page.get_by_label(re.compile("^牵头单位")).select_option(label="滨河街道办事处")
    page.get_by_label(re.compile("^终局裁定")).check()
    page.get_by_label(re.compile("^裁定理由")).fill("公共管网由街道办事处统筹维修，社区协助。")
    dispatcher.look("life-ruling")
    dispatcher.press("发出裁定")


def takes_longer(officer: Visitor, reference: str) -> None:
    """The sub-district cannot send it back, accepts it and needs three more days."""
    officer.enter_as("subdistrict")
    officer.go(f"/cases/{reference}/")
    page = officer.page
    assert page.locator("summary").filter(has_text=re.compile("^退回$")).count() == 0, "the ruling is final"
    officer.press("受理")
    folded(page, "延期")
    page.get_by_label(re.compile("^延长几个工作日")).fill("3")
    page.get_by_label(re.compile("^延期理由")).fill("管件要从外地调货，预计三个工作日到货。")
    officer.press("延期")
    officer.look("life-extended")
    page.get_by_label(re.compile("^给居民的答复")).fill("排污管已经更换，楼道已冲洗消毒。")
    officer.press("提交答复")


def calls_back(caller: Visitor, reference: str) -> None:
    """Somebody outside the lead calls: it is not solved, and goes on at once."""
    caller.enter_as("reviewer")
    caller.go(f"/cases/{reference}/")
    caller.press("回访诉求人")
    caller.look("life-call")
    for question, answer in (
        ("联系方式", "电话"),
        ("承办单位是否在承诺时间内联系了居民", "有"),
        ("问题解决了吗", "没有解决"),
        ("居民对办理是否满意", "不满意"),
    ):
        says(caller.page, question, answer)
    caller.page.get_by_label(re.compile("^居民原话")).fill("接口还在滴水，地下室还有味道。")
    caller.page.get_by_label(re.compile("^没有解决，立即重新办理")).check()
    caller.press("保存回访结果")


def test_returned_ruled_extended_answered_called_back_reopened_closed(visitor: Visitor, another: Visitor) -> None:
    visitor.enter_as("neighbour")
    brings(visitor, PIPE, "5号楼地下室")
    visitor.press("提交")
    reference = visitor.page.locator(".c-reference").inner_text()
    sends_back(another, reference)
    rules(another)
    takes_longer(another, reference)

    visitor.go(f"/cases/{reference}/")
    told = visitor.page.locator("main").inner_text()
    assert ("管件要从外地调货" in told, "不在社区职责清单内" in told) == (True, False), (
        "why it was sent back stays inside"
    )
    visitor.look("life-answered")

    calls_back(another, reference)
    another.enter_as("subdistrict")
    takes_on_and_answers(another, reference, "接口已重新热熔，连续两天无渗漏，并请居民到场看过。")
    another.page.get_by_label(re.compile("^办结情况")).fill("居民到场确认，不再渗漏。")
    another.press("办结")
    another.look("life-closed")

    visitor.go(f"/cases/{reference}/")
    story = visitor.page.locator(".c-timeline").first.inner_text()
    found = [story.index(turn) for turn in ("退回", "裁定", "延期", "答复", "回访", "重新办理", "办结")]
    assert found == sorted(found), story
    visitor.look("life-told")


def test_an_emergency_is_named_while_it_is_written_and_refused_with_the_number_to_call(
    visitor: Visitor, another: Visitor
) -> None:
    visitor.enter_as("neighbour")
    brings(visitor, "三号楼有人晕倒了，叫不醒，快来人。", "3号楼门口")
    visitor.page.get_by_label(re.compile("^怎么称呼")).focus()
    call = visitor.page.get_by_role("link", name=re.compile("120"))
    call.first.wait_for()
    assert call.first.get_attribute("href") == "tel:120"
    visitor.look("emergency-named")
    visitor.press("提交")
    reference = visitor.page.locator(".c-reference").inner_text()

    another.enter_as("worker")
    another.go(f"/cases/{reference}/")
    folded(another.page, "不予受理")
    another.page.get_by_label(re.compile("^紧急")).check()
    another.page.get_by_label(re.compile("^给居民的说明")).fill("已电话提醒您拨打120，急救车正在赶来。")
    another.press("发出不予受理")
    another.look("emergency-refused")

    visitor.go(f"/cases/{reference}/")
    told = visitor.page.locator("main").inner_text()
    assert all(word in told for word in ("不予受理", "120", "急救车正在赶来"))
    visitor.look("emergency-told")


def test_what_is_known_already_is_supported_and_not_reported_twice(visitor: Visitor, another: Visitor) -> None:
    visitor.enter_as("neighbour")
    brings(visitor, LAMP, "小区东门")
    names_the_lamp(visitor.page, "LD-7731")
    visitor.press("提交")
    reference = visitor.page.locator(".c-reference").inner_text()

    another.enter_as("elder")
    brings(another, "路口那盏灯坏了，我晚上不敢出门。", "幼儿园对面")
    names_the_lamp(another.page, "ld 7731")
    another.press("提交")
    same = another.page.get_by_role("group", name=re.compile("^附近已有相同的诉求"))
    assert "小区东门的路灯不亮" in same.inner_text()
    another.look("same-known")
    same.get_by_label(re.compile("^小区东门的路灯不亮")).check()
    another.page.get_by_role("button", name=re.compile("提交")).filter(visible=True).first.click()
    another.page.wait_for_load_state()
    another.look("same-supported")
    told = another.page.locator("main").inner_text()
    assert (f"您已附议这件事，编号 {reference}" in told, "您也在其中" in told) == (True, True)

    visitor.go(f"/cases/{reference}/")
    assert re.search(r"附议", visitor.page.locator("main").inner_text())
    takes = another
    takes.enter_as("worker")
    takes_on_and_answers(takes, reference, "东门路灯的线路已经修复，今晚亮灯。")
    takes.enter_as("elder")
    takes.go(f"/cases/{reference}/")
    assert "东门路灯的线路已经修复" in takes.page.locator("main").inner_text(), "who supports it reads the answer too"
