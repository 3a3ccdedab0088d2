"""Spreadsheets in and out: bounded when read, harmless when opened."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from linli.ground.ui import sheets


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This is not an Excel workbook"),
        (b"PK\x03\x04", "This is not an Excel workbook"),
        (b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        sheets.read_table(content)


def test_a_bomb_and_an_endless_sheet_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = sheets.write_table("x", ["a"], [[1], [2], [3]])
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with pytest.raises(ValidationError, match="more than 20,000 rows"):
        sheets.read_table(content)
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 100)
    with pytest.raises(ValidationError, match="unpacks to more than 200 MB"):
        sheets.read_table(content)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ValidationError, match="This is not an Excel workbook"):
        sheets.read_table(packed.getvalue())


def test_cells_are_read_as_people_see_them() -> None:
    assert [
        sheets.text_of(cell)
        for cell in (13900000001.0, 1.5, datetime.combine(date(2026, 5, 1), time.min), date(2026, 5, 1), True, " x ")
    ] == [
        "13900000001",
        "1.5",
        "2026-05-01",
        "2026-05-01",
        "True",
        "x",
    ]
    assert (sheets.name_of(0, 0), sheets.name_of(6, 2), sheets.name_of(99, 27)) == ("A1", "C7", "AB100")


def test_a_formula_in_a_name_stays_text_in_every_sheet_that_leaves() -> None:
    content = sheets.write_table("x", ["a"], [['=HYPERLINK("http://evil")'], ["+1"], ["-1"], ["@x"], ["王"], [7]])
    assert [row[0] for row in sheets.read_table(content)] == [
        "a",
        '\'=HYPERLINK("http://evil")',
        "'+1",
        "'-1",
        "'@x",
        "王",
        7.0,
    ]
