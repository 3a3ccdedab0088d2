"""How dates, money, titles and shares read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from linli.ground.core.clock import stopped_at
from linli.ground.ui.templatetags import ui

SUNDAY = date(2026, 9, 20)
IN_2026 = datetime(2026, 9, 18, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _september_2026() -> Iterator[None]:
    with stopped_at(IN_2026):
        yield


def test_a_day_is_said_with_its_weekday() -> None:
    with override("zh-hans"):
        assert ui.zh_date(SUNDAY) == "9月20日（周日）"
        assert ui.short_date(SUNDAY) == "9月20日 周日"
        assert (ui.month(SUNDAY), ui.weekday(SUNDAY)) == ("9月", "周日")
    with override("en"):
        assert ui.zh_date(SUNDAY) == "Sun 20 Sep"
        assert (ui.month(SUNDAY), ui.weekday(SUNDAY)) == ("Sep", "Sun")


def test_the_year_is_said_only_when_it_is_another_one() -> None:
    with override("zh-hans"):
        assert ui.zh_date(date(2025, 9, 20)) == "2025年9月20日（周六）"
    with override("en"):
        assert ui.zh_date(date(2025, 9, 20)) == "Sat 20 Sep 2025"


def test_a_moment_is_said_in_the_time_of_the_city() -> None:
    late = datetime(2026, 9, 19, 17, 5, tzinfo=UTC)
    with override("zh-hans"):
        assert ui.zh_datetime(late) == "9月20日（周日）01:05"
        assert ui.zh_date(late) == "9月20日（周日）"
    with override("en"):
        assert ui.zh_datetime(late) == "Sun 20 Sep, 01:05"
        assert ui.long_datetime(late) == "Sun 20 Sep 2026, 01:05"


def test_no_day_no_words() -> None:
    assert (ui.zh_date(None), ui.zh_datetime(None), ui.long_datetime(None), ui.money(None)) == ("", "", "", "")


def test_money_is_said_in_yuan_with_its_unit() -> None:
    with override("en"):
        assert ui.money(10_215_000) == "102,150.00 yuan"


def test_a_title_breaks_between_phrases() -> None:
    keep = '<span class="u-keep">{}</span>'.format
    assert ui.phrases("有 3 处需要修改，还没有提交") == keep("有 3 处需要修改，") + keep("还没有提交")
    assert ui.phrases("加装电梯：“采光”、噪声。") == keep("加装电梯：") + keep("“采光”、") + keep("噪声。")
    assert ui.phrases("我的任务") == "我的任务"


def test_a_title_that_somebody_typed_cannot_carry_markup() -> None:
    assert ui.phrases("<b>灯，坏了") == '<span class="u-keep">&lt;b&gt;灯，</span><span class="u-keep">坏了</span>'
    assert ui.phrases("<script>") == "&lt;script&gt;"
    escaped_before = mark_safe("A &amp; B，C")  # what a template hands on
    assert ui.phrases(escaped_before) == '<span class="u-keep">A &amp; B，</span><span class="u-keep">C</span>'
    assert ui.phrases(mark_safe("<a title='甲，乙'>丙</a>")) == "<a title='甲，乙'>丙</a>"


def test_sections_are_counted_as_official_forms_count() -> None:
    with override("zh-hans"):
        assert [ui.numeral(n) for n in (1, 10, 11)] == ["一", "十", "11"]
    with override("en"):
        assert ui.numeral(1) == "1"


def test_shares_stay_between_nothing_and_everything() -> None:
    assert [ui.share(20, 35), ui.share(40, 35), ui.share(-1, 35), ui.share(1, 0)] == ["57.1", "100.0", "0.0", "0.0"]
    assert ui.whole_share(20, 35) == 57
    assert (ui.short_of(3, 5), ui.short_of(6, 5)) == (2, 0)
    assert ui.megabytes(14_889_779) == "14.2 MB"


def test_status_is_never_colour_alone() -> None:
    assert ui.status_icon("late") == "alert-triangle"
    assert ui.status_icon("unheard of") == "circle"
    assert (ui.notice_icon("done"), ui.notice_icon("")) == ("circle-check", "info-circle")
    assert [ui.message_kind(tag) for tag in ("error", "warning", "success", "info")] == ["act", "wait", "done", ""]


def test_attributes_are_escaped_and_false_ones_left_out() -> None:
    given = {"title": 'a" onclick="x', "hidden": False, "lang": None, "data-x": True, "id": mark_safe("&amp;")}
    assert ui.attributes(given) == ' title="a&quot; onclick=&quot;x" data-x id="&amp;"'
