"""Many items at once from a spreadsheet: each row is the form of one item, each fault has its cell; and the same sheet written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from linli.commons.guides.models import Entry, Item, ItemKind, Mode
from linli.ground.core import money
from linli.ground.kinds.fields import SEVEN
from linli.ground.kinds.queries import departments
from linli.ground.ui import sheets

from .items import ItemForm

COLUMNS: Final = [name for _anchor, _title, names in ItemForm.SECTIONS for name in names]
CHOICES: Final = {"field": SEVEN, "kind": ItemKind.choices, "mode": Mode.choices}
MOST: Final = 500
MOST_FAULTS: Final = 100


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Catalogue (.xlsx)"),
        help_text=_("At most 500 items. Items that the sheet does not name stay as they are."),
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={"required": _("Please choose a file"), "empty": _("The file is empty")},
    )


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell."""

    cell: str
    message: str


@dataclass(frozen=True)
class Difference:
    """One item that a sheet would change: the name of each column with what stands there and what would."""

    item: Item
    entry: Entry
    columns: list[tuple[str, str, str]]


@dataclass
class Reading:
    """What a sheet would do."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    @property
    def seen(self) -> str:
        """Which state of the catalogue it was compared with."""
        pairs = sorted((one.item.code, one.item.version) for one in self.changed)
        return f"{len(self.new)}:{self.unchanged}:" + ",".join(f"{code}@{version}" for code, version in pairs)


def read_sheet(content: bytes) -> Reading:
    """Compare a sheet with the catalogue; faults name their cells. Raises ValidationError where the file itself is no such sheet."""
    rows = sheets.read_table(content)
    if len(rows) > MOST + 1:
        raise ValidationError(gettext("The sheet has more than %(most)s items.") % {"most": MOST}, code="file")
    headings = _headings([sheets.text_of(cell) for cell in rows[0]] if rows else [])
    known = {item.code: item for item in Item.objects.prefetch_related("materials", "steps", "opinions")}
    reading = Reading()
    for number, row in enumerate(rows[1:], start=1):
        typed = {name: _typed(name, row, column) for name, column in headings.items()}
        if any(typed.values()) and len(reading.faults) < MOST_FAULTS:
            _read_row(number, typed, headings, known.get(typed["code"]), reading)
    return reading


def _headings(cells: list[str]) -> dict[str, int]:
    """Return which column holds what, by the headings in any of the city's languages; raises ValidationError."""
    names: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            names |= {str(ItemForm.base_fields[name].label): name for name in COLUMNS}
    found = {names[cell]: column for column, cell in enumerate(cells) if cell in names}
    missing = [str(ItemForm.base_fields[name].label) for name in COLUMNS if name not in found]
    if missing:
        text = gettext("These columns are missing in the first row: %(names)s.")
        raise ValidationError(text % {"names": "、".join(missing)}, code="headings")
    return found


def _typed(name: str, row: list[sheets.Cell], column: int) -> str:
    """Return a cell as the form takes it: choices by their code, what looked like a formula without its guard."""
    text = sheets.text_of(row[column]) if column < len(row) else ""
    if text.startswith("'") and sheets.harmless(text[1:]) == text:
        text = text[1:]
    return _codes(name).get(text, text)


def _codes(name: str) -> dict[str, str]:
    """Return the codes of a choice by their names in any of the city's languages."""
    if name == "department":
        return {str(one["name"]): str(one["code"]) for one in departments() if "into" not in one}
    found: dict[str, str] = {}
    for code, _language in settings.LANGUAGES if name in CHOICES else ():
        with override(code):
            found |= {str(label): str(value) for value, label in CHOICES[name]}
    return found


def _read_row(
    number: int,
    typed: Mapping[str, str],
    headings: Mapping[str, int],
    item: Item | None,
    reading: Reading,
) -> None:
    """Take a row into the reading, or its faults."""
    form = ItemForm(typed, item=item)
    if typed["code"] in reading.codes:
        form.add_error("code", gettext("This code stands in the sheet twice."))
    reading.codes.add(typed["code"])
    if not form.is_valid():
        for name, errors in form.errors.items():
            message = f"{form.fields[name].label}：{errors[0]}"
            reading.faults.append(Fault(sheets.name_of(number, headings[name]), message))
        return
    entry = form.entry()
    if item is None:
        reading.new.append(entry)
        return
    before, after = _shown(item.facts()), _shown(entry.written)
    columns = [
        (str(ItemForm.base_fields[name].label), before[name], after[name])
        for name in COLUMNS
        if before[name] != after[name]
    ]
    if columns:
        reading.changed.append(Difference(item, entry, columns))
    else:
        reading.unchanged += 1


def _shown(facts: Mapping[str, object]) -> dict[str, str]:
    """Return facts as the sheet writes them: choices by name, money in yuan, days as 2026-09-14."""
    return {name: _cell(name, facts[name]) for name in COLUMNS}


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "fee":
        return money.yuan(value).replace(",", "")
    if isinstance(value, date):
        return value.isoformat()
    if name in CHOICES or name == "department":
        return next((label for label, code in _names(name) if code == value), str(value))
    return str(value)


def _names(name: str) -> list[tuple[str, str]]:
    if name == "department":
        return [(str(one["name"]), str(one["code"])) for one in departments()]
    return [(str(label), str(value)) for value, label in CHOICES[name]]


def written(facts: Iterable[Mapping[str, object]]) -> bytes:
    """Return a sheet with these items, as `read_sheet` takes it."""
    header = [str(ItemForm.base_fields[name].label) for name in COLUMNS]
    rows = ([_shown(one)[name] for name in COLUMNS] for one in facts)
    return sheets.write_table(gettext("service items"), header, rows)
