"""Deadlines in words, as an official would explain them."""

from datetime import date

import pytest
from django.utils import translation

from linli.commons.calendar import queries
from linli.commons.calendar.actions import announce
from linli.commons.calendar.models import DayKind
from linli.ground.authority.actors import SYSTEM

from .conftest import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "amount", "unit", "sentence"),
    [
        (
            "2026-09-14",
            5,
            "working_day",
            "5 个工作日：从次日 9月15日起数，跳过 9月19日（周六），9月20日（周日）因国庆节调休上班算工作日，到 9月20日 18:00。",
        ),
        (
            "2026-09-21",
            10,
            "calendar_day",
            "10 个自然日：从次日 9月22日起数，最后一日 10月1日（国庆节）是休息日，顺延到节假日后第一个工作日，到 10月8日 24:00。",
        ),
        (
            "2026-09-18T17:00",
            4,
            "working_hour",
            (
                "4 个工作小时：从 9月18日 17:00 起数，按办公时间 08:30–12:00 14:30–18:00 计，"
                "跳过 9月19日（周六），9月20日（周日）因国庆节调休上班算工作日，到 9月20日 11:30。"
            ),
        ),
        (
            "2026-09-18T19:00",
            1,
            "working_hour",
            (
                "1 个工作小时：从 9月18日 19:00 起数，按办公时间 08:30–12:00 14:30–18:00 计，"
                "跳过 9月19日（周六），9月20日（周日）因国庆节调休上班算工作日，到 9月20日 09:30。"
            ),
        ),
        ("2026-09-18T17:00", 24, "clock_hour", "24 小时：从 9月18日 17:00 起数，到 9月19日 17:00。"),
        (
            "2025-12-31",
            1,
            "month",
            (
                "1 个月：从次日 2026年1月1日起数，最后一日 2026年1月31日（周六）是休息日，顺延到节假日后第一个工作日，"
                "到 2026年2月2日 24:00。"
            ),
        ),
        (
            "2026-01-04",
            60,
            "working_day",
            (
                "60 个工作日：从次日 1月5日起数，跳过 28 个休息日，2月14日（周六）因春节调休上班算工作日，"
                "2月28日（周六）因春节调休上班算工作日，到 4月2日 18:00。"
            ),
        ),
        (
            "2026-12-31",
            1,
            "working_day",
            (
                "1 个工作日：从次日 2027年1月1日起数，跳过 2027年1月1日至2027年1月3日（元旦、周六、周日），"
                "到 2027年1月4日 18:00。当年调休安排尚未公布，这一日期可能调整。"
            ),
        ),
    ],
)
def test_a_deadline_explains_itself(start: str, amount: int, unit: str, sentence: str) -> None:
    assert queries.due(queries.parse_start(start), amount, unit).sentence == sentence


def test_a_long_term_names_neither_every_weekend_nor_every_swapped_day() -> None:
    sentence = queries.due(date(2024, 1, 1), 300, "working_day").sentence
    assert ("个休息日" in sentence, "调休上班" in sentence) == (True, False)


def test_a_swapped_day_without_a_name_is_swapped_for_a_holiday() -> None:
    announce(place_path="", days=[date(2026, 9, 19)], kind=DayKind.SWAPPED_WORKDAY, reason="x", source="y", by=SYSTEM)
    assert "9月19日（周六）因节假日调休上班算工作日" in queries.due(at("2026-09-18T10:00"), 1, "working_day").sentence


def test_the_sentence_is_there_in_english() -> None:
    with translation.override("en"):
        found = queries.due(date(2026, 9, 14), 5, "working_day").sentence
    assert found == (
        "5 working days: counted from the next day, 15/9, skipping 19/9 (Sat.), "
        "20/9 (Sun.) counts as a working day, swapped for 国庆节, until 20/9 18:00."
    )
