"""Somebody without a phone comes to the desk; the worker takes the need down and hands over a receipt."""

import re

from .conftest import Visitor


def test_register_for_a_person_without_a_phone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("worker")
    visitor.press("代居民登记")
    visitor.look("register")
    page.get_by_label(re.compile("^请用一两句话说清楚")).fill("高龄津贴还没有领到，不会用手机。")
    page.get_by_label("社会保障", exact=True).check()
    page.get_by_label(re.compile("^发生在哪个社区")).select_option(label="湖东社区")
    page.get_by_label(re.compile("^居民姓名")).fill("孙大爷")
    visitor.press("登记并出回执")
    visitor.look("receipt-desk")
    reference = page.locator(".c-reference").inner_text()
    visitor.go("/desk/")
    assert "高龄津贴还没有领到" in page.locator("main").inner_text()
    visitor.go(f"/cases/{reference}/")
    assert "未留手机号" in page.locator("main").inner_text()
