"""The reviewing office changes a custom of the city, with a reason and from a date; law stays locked."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from .conftest import Visitor

RULE = "cases.limit.normal"


def value_on(visitor: Visitor, day: date) -> str:
    """The value that programs are told for a day."""
    answer = visitor.page.request.get(f"{visitor.city.address}/api/rulebook/{RULE}?on={day.isoformat()}")
    return str(answer.json()["value"])


def test_change_a_rule_with_a_reason(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("reviewer")
    visitor.go("/rulebook/ju.assembly.quorum/")
    visitor.look("rule-law")
    assert page.get_by_role("link", name="更改这条规则").count() == 0
    begins = localdate() + timedelta(days=30)
    before = value_on(visitor, begins)
    assert before != "4"
    visitor.go(f"/rulebook/{RULE}/")
    visitor.look("rule-custom")
    visitor.press("更改这条规则")
    visitor.look("rule-change")
    page.locator("form [name=value]").fill("4")
    page.locator("form [name=effective_from]").fill(begins.isoformat())
    page.locator("form:has([name=value]) button.c-button--primary").click()
    assert page.get_by_role("alert").is_visible()
    page.locator("form [name=reason]").fill("人员到位，缩短一般诉求的办理期限。")
    page.locator("form:has([name=value]) button.c-button--primary").click()
    page.wait_for_load_state()
    visitor.look("rule-changed")
    assert "缩短一般诉求的办理期限" in page.locator("main").inner_text()
    days = (localdate(), begins - timedelta(days=1), begins, begins + timedelta(days=400))
    assert [value_on(visitor, day) for day in days] == [before, before, "4", "4"]
    changed = page.locator("tr", has_text="缩短一般诉求的办理期限")
    assert f"{begins.year}年{begins.month}月{begins.day}日" in changed.inner_text()
    assert "4" in changed.locator("b").inner_text()
