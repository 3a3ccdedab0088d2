"""A bad file is refused by line, and nothing of it is loaded."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from linli.ground.authority.actors import SYSTEM
from linli.ground.places import actions
from linli.ground.places.actions import reading
from linli.ground.places.models import Place

Write = Callable[..., Path]
GOOD = ["15,内蒙古自治区", "1503,乌海市", "150302,海勃湾区", "150302007,滨河街道"]


def _faults(file: Path) -> list[str]:
    with pytest.raises(actions.BadFile) as refused, translation.override("en"):
        actions.load_places(file=file, by=SYSTEM)
    assert not Place.objects.exists()
    with translation.override("en"):
        return [str(fault) for fault in refused.value.faults]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1503020,短", "line 6: code 1503020 has 7 digits; 2, 4, 6, 9 or 12 are expected"),
        ("150302007009001,网格", "line 6: code 150302007009001 has 15 digits; 2, 4, 6, 9 or 12 are expected"),
        ("15030200700x,湖东", "line 6: code “15030200700x” must be digits only"),
        ("１５０３,乌海市", "line 6: code “１５０３” must be digits only"),
        (",湖东", "line 6: the code is missing"),
        ("1503,乌海市", "line 6: code 1503 stands in line 3 already"),
        ("150302008001,大庆社区居委会", "line 6: the place above, 150302008, is not in the file"),
        ("150302007009,", "line 6: the name is missing"),
        ("150302007009,   ", "line 6: the name is missing"),
        ("150302007009," + "长" * 61, "line 6: the name has 61 characters; at most 60 fit"),
        ("150302007009,湖\x07东", "line 6: the name holds characters that can't be printed"),
        (
            "150302007600,湖东",
            "line 6: code 150302007600 ends with a number outside 001—599, which names no kind of community",
        ),
        (
            "150302007000,湖东",
            "line 6: code 150302007000 ends with a number outside 001—599, which names no kind of community",
        ),
        ("150302007009,湖东,1", "line 6: 3 columns in place of 2"),
        ('150302007009,"湖东', "line 6: this line is not CSV: unexpected end of data"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("\n".join(["code,name", *GOOD, line]) + "\n", encoding="utf-8")
    assert _faults(file) == [fault]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("150302007009", "湖东社区", "1503"), "line 6: a place can only go over to one of its own level, not to 1503"),
        (("150302007009", "湖东社区", "150302007008"), "line 6: its successor 150302007008 is not in the file"),
        (("150302007009", "湖东社区", "abc"), "line 6: code “abc” must be digits only"),
        (("150302007009", "湖东社区", "150302007009"), "line 6: its successor 150302007009 is not in the file"),
    ],
)
def test_a_successor_must_live(write: Write, row: tuple[str, ...], fault: str) -> None:
    rows = [(*line.split(","), "") for line in GOOD]
    assert _faults(write([*rows, row], header="code,name,successor")) == [fault]


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "name", "code,title", "code,name,population", "code,name,name", "1503,乌海市"])
def test_a_header_names_the_columns(tmp_path: Path, header: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("\n".join([header, *GOOD]), encoding="utf-8")
    assert _faults(file) == [
        "line 1: the first line must name the columns: code,name (and at most level,kind,parent_code,successor)"
    ]


@pytest.mark.django_db
def test_a_file_in_another_encoding_names_the_first_such_line(tmp_path: Path) -> None:
    file = tmp_path / "gbk.csv"
    file.write_bytes("code,name\n15,x\n1503,乌海市\n".encode("gb18030"))
    assert _faults(file) == ["line 3: this is not UTF-8 text; save the file as “CSV UTF-8”"]


@pytest.mark.django_db
def test_a_file_that_is_no_gzip_or_half_of_one(tmp_path: Path) -> None:
    plain, half = tmp_path / "plain.csv.gz", tmp_path / "half.csv.gz"
    plain.write_text("code,name\n15,x\n", encoding="utf-8")
    half.write_bytes(gzip.compress(b"code,name\n" + bytes(range(48, 58)) * 999)[:40])
    assert _faults(plain) == ["plain.csv.gz is not a whole gzip file"]
    assert _faults(half) == ["half.csv.gz is not a whole gzip file"]


@pytest.mark.django_db
def test_a_missing_an_empty_and_a_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("code,name\n", encoding="utf-8")
    assert _faults(tmp_path / "none.csv") == ["none.csv can't be read: No such file or directory"]
    assert _faults(empty) == ["the file holds no places"]
    monkeypatch.setattr(reading, "BYTES_MAX", 5)
    assert _faults(empty) == ["empty.csv is too big to be a list of places"]


@pytest.mark.django_db
def test_twenty_faults_are_named_and_the_others_counted(write: Write) -> None:
    with pytest.raises(actions.BadFile) as refused:
        actions.load_places(file=write([(f"x{number}", "名") for number in range(25)]), by=SYSTEM)
    assert (len(refused.value.faults), refused.value.more) == (20, 5)
    assert [fault.line for fault in refused.value.faults] == list(range(2, 22))


def test_excel_marks_blank_lines_and_any_order_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "excel.csv"
    file.write_bytes(
        ("\ufeffname,code\r\n" + "\r\n\r\n".join(",".join(line.split(",")[::-1]) for line in reversed(GOOD))).encode()
    )
    statistics = reading.read(file)
    assert [row.path for row in statistics.rows] == ["150302007", "150302", "1503", "15"]
    assert statistics.covers == "150302007"


def test_rare_characters_of_names_are_kept(write: Write) -> None:
    statistics = reading.read(write([("15", "\ue08b尾村")]))
    assert statistics.rows[0].name == "\ue08b尾村"
