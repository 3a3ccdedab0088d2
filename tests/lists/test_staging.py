"""Lists of residents: read, compared, shown, taken over whole; loading the same list twice changes nothing."""

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from people.town import GOOD_ID, WOMAN_ID, Town, enter

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock
from linli.ground.core.lifecycle import Refused
from linli.ground.core.models import Event
from linli.ground.lists import actions, queries, tasks
from linli.ground.lists.models import StagedList
from linli.ground.people.models import Household, Person

HEAD = [
    "name of the person",
    "identity number",
    "mobile phone",
    "day of birth",
    "sex",
    "residence",
    "community or grid",
    "address",
]
HERE = "household registered here"
ROWS = [
    ["王秀兰", WOMAN_ID, "139 0000 0001", None, None, HERE, "湖东社区居委会", "3号楼501"],
    ["李明", None, 13900000002, datetime.combine(date(1980, 2, 3), time.min), "male", "living", "湖东社区", "3号楼501"],
    ["赵刚", None, None, "1975/06/07", None, HERE, 150302005001001, None],
]


def book(*rows: list[Any], head: list[str] | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    for row in [head or HEAD, *rows]:
        workbook.active.append(row)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def load(content: bytes, town: Town) -> actions.Reading:
    staged, reading = actions.stage_list(content, area=town.town.path, by=SYSTEM)
    assert (staged is None) is bool(reading.faults)
    return actions.apply_list(staged, by=SYSTEM) if staged else reading


def test_a_list_is_taken_over_and_the_second_time_changes_nothing(town: Town) -> None:
    done: list[tuple[int, int]] = []
    staged, _reading = actions.stage_list(book(*ROWS), area=town.town.path, by=SYSTEM)
    assert (staged.new, staged.changed, staged.unchanged, str(staged)) == (3, 0, 0, staged.reference)
    actions.apply_list(staged, by=SYSTEM, progress=lambda one, of: done.append((one, of)))
    assert (Person.objects.count(), Household.objects.count(), done) == (3, 1, [(3, 3)])
    zhao = Person.objects.get(place=town.grid)
    assert (zhao.name, zhao.born_on, zhao.source) == ("赵刚", date(1975, 6, 7), "import")
    assert Event.objects.filter(verb="people.person.enter").count() == 3
    staged.refresh_from_db()
    assert (staged.status, staged.content) == ("applied", "")
    with pytest.raises(Refused):
        staged.drop(by=SYSTEM)
    again = load(book(*ROWS), town)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 3)
    assert Event.objects.filter(verb__contains="correct").count() == 0


def test_a_filled_cell_corrects_and_an_empty_one_leaves(town: Town) -> None:
    load(book(*ROWS), town)
    changed = [[*ROWS[0][:2], None, None, None, "living", "湖西社区", None]]
    staged, reading = actions.stage_list(book(*changed), area=town.town.path, by=SYSTEM)
    [line] = reading.changed
    assert line.fields == ["residence", "community or grid"]
    [row] = queries.preview_rows(reading, 10)
    assert (row.number, row.name, row.phone, row.is_new, row.fields) == (2, "王某某", "139****0001", False, line.fields)
    actions.apply_list(staged, by=SYSTEM)
    person = Person.objects.get(place=town.west)
    assert (person.personal.phone, person.residence) == ("13900000001", "living")


@pytest.mark.parametrize(
    ("row", "cell", "says"),
    [
        ([None, None, None, None, None, HERE, "湖东社区", None], "A2", "This must be filled in."),
        (
            ["王", "1", None, None, None, HERE, "湖东社区", None],
            "B2",
            "The identity number has 1 characters; it should have 18.",
        ),
        (
            ["王", None, "139", None, None, HERE, "湖东社区", None],
            "C2",
            "The mobile number is short by 8; it should have 11 digits.",
        ),
        (["王", None, None, "昨天", None, HERE, "湖东社区", None], "D2", "Write the day like 1960-05-01."),
        (["王", None, None, None, "?", HERE, "湖东社区", None], "E2", "Write one of: “female”、“male”."),
        (["王", None, None, None, None, "", "湖东社区", None], "F2", "This must be filled in."),
        (
            ["王", None, None, None, None, HERE, "湖南社区", None],
            "G2",
            "“湖南社区” is no community or grid of this place, or two have this name: use the code.",
        ),
        (
            ["王", None, None, None, None, HERE, "第一网格", None],
            "G2",
            "“第一网格” is no community or grid of this place, or two have this name: use the code.",
        ),
    ],
)
def test_a_fault_names_its_cell_and_nothing_is_loaded(town: Town, row: list[Any], cell: str, says: str) -> None:
    staged, reading = actions.stage_list(book(row, ROWS[0]), area=town.town.path, by=SYSTEM)
    assert (staged, [(fault.cell, fault.message) for fault in reading.faults]) == (None, [(cell, says)])
    assert (Person.objects.count(), StagedList.objects.count()) == (0, 0)


def test_the_same_person_twice_in_a_list_is_a_fault(town: Town) -> None:
    reading = actions.read_list(book(ROWS[0], ["另名", *ROWS[0][1:]]), area=town.town.path)
    assert [(fault.cell, fault.message) for fault in reading.faults] == [
        ("A3", "This person stands in the list twice.")
    ]


def test_a_list_may_come_in_any_order_of_columns_and_with_empty_rows(town: Town) -> None:
    head = ["residence", "note", "community or grid", "name of the person"]
    rows = [[HERE, "x", "湖东社区", "王秀兰"], [None, " ", None, None], [HERE, None, "湖东社区", "李明"]]
    reading = actions.read_list(book(*rows, head=head), area=town.town.path)
    assert [(line.number, line.entry.name) for line in reading.new] == [(1, "王秀兰"), (3, "李明")]


def test_a_list_without_the_needed_columns_says_which(town: Town) -> None:
    for content in (book(head=["name of the person"]), book(head=["x"])):
        with pytest.raises(ValidationError, match="These columns are missing in the first row"):
            actions.read_list(content, area=town.town.path)


def test_people_elsewhere_are_neither_matched_by_name_nor_shown(town: Town) -> None:
    enter(town.west, "李明", phone="13900000002")
    reading = actions.read_list(book(ROWS[1]), area=town.east.path)
    assert [line.person for line in reading.lines] == [None]


def test_somebody_who_is_registered_elsewhere_is_a_fault_not_a_leak(town: Town) -> None:
    enter(town.west, "李明", id_number=GOOD_ID)
    reading = actions.read_list(book(["李明", GOOD_ID, None, None, None, HERE, "湖东社区", None]), area=town.east.path)
    assert [(fault.cell, fault.message) for fault in reading.faults] == [
        ("A2", "This identity number stands in the register of another place; ask the sub-district.")
    ]


def test_a_preview_that_the_register_has_overtaken_is_refused(town: Town) -> None:
    staged, _reading = actions.stage_list(book(*ROWS), area=town.town.path, by=SYSTEM)
    enter(town.east, "李明", phone="13900000002")
    with pytest.raises(ValidationError, match="has changed since this preview"):
        actions.apply_list(staged, by=SYSTEM)
    assert Person.objects.count() == 1


def test_a_list_that_nobody_takes_over_is_forgotten_after_a_day(town: Town) -> None:
    staged, _reading = actions.stage_list(book(*ROWS), area=town.town.path, by=SYSTEM)
    tasks.drop_lists(timestamp=0)
    staged.refresh_from_db()
    assert staged.status == "staged"
    with clock.stopped_at(staged.staged_at.replace(year=staged.staged_at.year + 1)):
        tasks.drop_lists(timestamp=0)
    staged.refresh_from_db()
    assert (staged.status, staged.content) == ("dropped", "")


def test_the_template_is_read_back_as_an_empty_list(town: Town) -> None:
    reading = actions.read_list(actions.template(), area=town.town.path)
    assert (reading.lines, reading.faults) == ([], [])


def test_the_command_loads_and_says_what_it_did(town: Town, tmp_path: Path) -> None:
    file, out, err = tmp_path / "名册.xlsx", io.StringIO(), io.StringIO()
    file.write_bytes(book(*ROWS))
    call_command("load_residents", str(file), stdout=out)
    assert out.getvalue().strip() == "3 new, 0 changed, 0 unchanged"
    file.write_bytes(book([None, *ROWS[0][1:]]))
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_residents", str(file), stderr=err)
    assert err.getvalue().strip() == "A2: This must be filled in."
    file.write_bytes(b"x")
    for wrong in (file, tmp_path / "missing.xlsx"):
        with pytest.raises(CommandError):
            call_command("load_residents", str(wrong))


def test_the_command_draws_a_bar_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    from linli.ground.lists.management.commands.load_residents import Command

    err = io.StringIO()
    monkeypatch.setattr("sys.stderr", type("Tty", (io.StringIO,), {"isatty": lambda _self: True})())
    Command(stderr=err).progress(5, 10)
    assert err.getvalue().endswith("5/10")
