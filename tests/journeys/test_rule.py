"""The reviewing office changes a custom of the city, with a reason and from a date; law stays locked."""

from datetime import timedelta

from django.utils.timezone import localdate

from .conftest import Visitor


def test_change_a_rule_with_a_reason(visitor: Visitor) -> None:
    page = visitor.page
    visitor.enter_as("reviewer")
    visitor.go("/rulebook/ju.assembly.quorum/")
    visitor.look("rule-law")
    assert page.get_by_role("link", name="更改这条规则").count() == 0
    visitor.go("/rulebook/cases.limit.normal/")
    visitor.look("rule-custom")
    visitor.press("更改这条规则")
    visitor.look("rule-change")
    page.locator("form [name=value]").fill("4")
    page.locator("form [name=effective_from]").fill((localdate() + timedelta(days=30)).isoformat())
    page.locator("form:has([name=value]) button.c-button--primary").click()
    assert page.get_by_role("alert").is_visible()
    page.locator("form [name=reason]").fill("人员到位，缩短一般诉求的办理期限。")
    page.locator("form:has([name=value]) button.c-button--primary").click()
    page.wait_for_load_state()
    visitor.look("rule-changed")
    assert "缩短一般诉求的办理期限" in page.locator("main").inner_text()
