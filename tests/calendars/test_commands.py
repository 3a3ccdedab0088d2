"""`manage deadline` answers in JSON, refuses in one line; `manage load_calendar` may be run again."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from linli.commons.calendar import queries
from linli.ground.places.models import Place

pytestmark = pytest.mark.django_db


def test_a_deadline_explains_itself_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("deadline", "2026-09-14", "5", "working_day")
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "due": "2026-09-20T18:00:00+08:00",
        "counted": ["2026-09-15", "2026-09-16", "2026-09-17", "2026-09-18", "2026-09-20"],
        "skipped": ["2026-09-19"],
        "why_skipped": {"2026-09-19": "周六"},
        "sentence": "5 个工作日：从次日 9月15日起数，跳过 9月19日（周六），9月20日（周日）因国庆节调休上班算工作日，到 9月20日 18:00。",
        "provisional": False,
    }


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-09-14T10:40", "2", "clock_hour", "2026-09-14T12:40:00+08:00"),
        ("2026-09-14T02:40Z", "2", "working_hour", "2026-09-14T15:10:00+08:00"),
        ("2026-09-14 10:40", "10", "calendar_day", "2026-09-24T23:59:59+08:00"),
        ("2026-01-31", "1", "month", "2026-02-28T23:59:59+08:00"),
        ("2026-12-31", "1", "working_day", "2027-01-04T18:00:00+08:00"),
    ],
)
def test_every_unit_has_its_end(
    start: str, amount: str, unit: str, due: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("deadline", start, amount, unit)
    assert json.loads(capsys.readouterr().out)["due"] == due


def test_a_place_is_named_by_its_code_with_or_without_zeros(capsys: pytest.CaptureFixture[str]) -> None:
    Place.objects.create(path="15", name="内蒙古", level="province", begun_on=date(2020, 1, 1))
    for code in ("15", "150000000000"):
        call_command("deadline", "2026-09-14", "5", "working_day", "--place", code)
        assert json.loads(capsys.readouterr().out)["due"] == "2026-09-20T18:00:00+08:00"


@pytest.mark.parametrize(
    "typed",
    [
        ["soon", "5", "working_day"],
        ["2026-02-30", "5", "working_day"],
        ["2026-09-14T25:00", "5", "working_day"],
        ["2026-09-14", "0", "working_day"],
        ["2026-09-14", "-1", "working_day"],
        ["2026-09-14", "五", "working_day"],
        ["2026-09-14", "1.5", "working_day"],
        ["2026-09-14", "99999999999", "month"],
        ["2026-09-14", "5", "fortnight"],
        ["2040-01-01", "5", "working_day"],
        ["9999-12-31", "5", "month"],
        ["2026-09-14", "5", "working_day", "--place", "乌海"],
        ["2026-09-14", "5", "working_day", "--place", "150302999999"],
        ["2026-09-14", "5", "working_day", "--place", "1" * 40],
    ],
)
def test_bad_input_is_exit_2_and_one_line(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("deadline", *typed)
    said = capsys.readouterr()
    assert (left.value.code, said.out, said.err.count("\n")) == (2, "", 1)


def test_a_word_missing_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("deadline", "2026-09-14")


def test_a_city_without_a_calendar_is_told_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE calendar_calendar SET place_path = '99'")
    with pytest.raises(SystemExit):
        call_command("deadline", "2026-09-14", "5", "working_day")
    assert capsys.readouterr().err == "this city has no calendar yet: run `manage load_calendar`\n"


def test_loading_the_calendar_again_says_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_calendar")
    assert capsys.readouterr().out.endswith(" 0 changed, 0 clocks counted again\n")


def test_the_start_may_be_a_date_a_moment_or_text() -> None:
    assert queries.parse_start("2026-09-14") == date(2026, 9, 14)
    with pytest.raises(ValueError, match="2026-9-14T"):
        queries.parse_start("2026-9-14T")
