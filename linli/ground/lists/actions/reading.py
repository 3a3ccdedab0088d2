"""Reading a list of residents and comparing it with the register; nothing is written here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from linli.ground.people import identity
from linli.ground.people.actions import Entry
from linli.ground.people.models import Electoral, LegalBasis, Person, Residence, Sex, Source, Verification
from linli.ground.places.models import Place
from linli.ground.residents.queries import entry_of
from linli.ground.ui import sheets

COLUMNS: Final[dict[str, Promise]] = {
    "name": _("name of the person"),
    "id_number": _("identity number"),
    "phone": _("mobile phone"),
    "born_on": _("day of birth"),
    "sex": _("sex"),
    "residence": _("residence"),
    "place": _("community or grid"),
    "address": _("address"),
    "electoral": _("electoral status"),
    "verification": _("how verified"),
}
_CHOICES: Final[dict[str, type[models.TextChoices]]] = {
    "sex": Sex,
    "residence": Residence,
    "electoral": Electoral,
    "verification": Verification,
}
_NEEDED: Final = ("name", "residence", "place")
_MOST_ERRORS: Final = 200


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, e.g. C7."""

    row: int
    column: int
    message: str

    @property
    def cell(self) -> str:
        """The cell's name."""
        return sheets.name_of(self.row, self.column)


@dataclass(frozen=True)
class Line:
    """One row of the list: what would be written, and over which entry (None: a new one)."""

    number: int
    entry: Entry
    person: Person | None
    fields: list[str]
    """Which columns differ from the register, as people read them."""


@dataclass
class Reading:
    """What a list would do."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def new(self) -> list[Line]:
        """Rows that are not in the register."""
        return [line for line in self.lines if line.person is None]

    @property
    def changed(self) -> list[Line]:
        """Rows that differ from the register."""
        return [line for line in self.lines if line.person is not None and line.fields]

    @property
    def unchanged(self) -> int:
        """How many rows the register has just so."""
        return len(self.lines) - len(self.new) - len(self.changed)


def template() -> bytes:
    """Return an empty list with the headings."""
    return sheets.write_table(gettext("residents"), [str(label) for label in COLUMNS.values()], [])


def read_list(content: bytes, *, area: str) -> Reading:
    """Compare a list with the register of an area; faults name their cells. Raises ValidationError where the file itself is no list."""
    rows = sheets.read_table(content)
    headings = _headings([sheets.text_of(cell) for cell in rows[0]] if rows else [])
    reading, places = Reading(), _places(area)
    entries: list[tuple[int, dict[str, object]]] = []
    for number, row in enumerate(rows[1:], start=1):
        if any(sheets.text_of(cell) for cell in row) and len(reading.faults) < _MOST_ERRORS:
            entries.append((number, dict(_values(number, row, headings, places, reading.faults))))
    known = _Known([values for _number, values in entries], area)
    faulty = {fault.row for fault in reading.faults}
    for number, values in entries:
        if number not in faulty:
            _compare(number, values, known, reading)
    return reading


def _headings(cells: list[str]) -> dict[str, int]:
    """Return which column holds what, by the headings in any of the city's languages; raises ValidationError."""
    names: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            names |= {str(label): key for key, label in COLUMNS.items()}
    found = {names[cell]: column for column, cell in enumerate(cells) if cell in names}
    missing = [str(COLUMNS[key]) for key in _NEEDED if key not in found]
    if missing:
        raise ValidationError(
            gettext("These columns are missing in the first row: %(names)s.") % {"names": "、".join(missing)},
            code="headings",
        )
    return found


def _places(area: str) -> dict[str, Place | None]:
    """Return the communities and grids of an area by code and by name; None for a name that two of them have."""
    by_name: dict[str, Place | None] = {}
    for place in Place.objects.current().under(area).filter(level__in=["community", "grid"]):
        for name in {place.path, place.name, place.short_name}:
            by_name[name] = None if name in by_name else place
    return by_name


def _values(
    number: int, row: list[sheets.Cell], headings: dict[str, int], places: dict[str, Place | None], faults: list[Fault]
) -> Iterator[tuple[str, object]]:
    """Yield the filled cells of a row, read; note each fault with its cell."""
    for key, column in headings.items():
        typed = sheets.text_of(row[column]) if column < len(row) else ""
        try:
            if typed or key in _NEEDED:
                yield key, _read(key, typed, places)
        except ValidationError as error:
            faults.append(Fault(number, column, error.messages[0]))


def _read(key: str, typed: str, places: dict[str, Place | None]) -> object:
    """Return one cell's value; raises ValidationError."""
    if not typed:
        raise ValidationError(gettext("This must be filled in."))
    if key in _CHOICES:
        return _choice(_CHOICES[key], typed)
    if key == "place":
        if places.get(typed) is None:
            raise ValidationError(
                gettext("“%(name)s” is no community or grid of this place, or two have this name: use the code.")
                % {"name": typed}
            )
        return places[typed]
    if key == "born_on":
        try:
            return date.fromisoformat(typed.replace("/", "-").replace(".", "-"))
        except ValueError as error:
            raise ValidationError(gettext("Write the day like 1960-05-01.")) from error
    readers: dict[str, Callable[[str], str]] = {
        "phone": identity.normal_phone,
        "id_number": identity.normal_id,
        "name": identity.normal_name,
    }
    return readers.get(key, str)(typed)


def _choice(choices: type[models.TextChoices], typed: str) -> str:
    """Return the code of a choice written as code or as its name in any of the city's languages."""
    names = _names_of(choices)
    if typed in names:
        return names[typed]
    allowed = "、".join(f"“{label}”" for value, label in choices.choices if value)
    raise ValidationError(gettext("Write one of: %(allowed)s.") % {"allowed": allowed})


@cache
def _names_of(choices: type[models.TextChoices]) -> dict[str, str]:
    names: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            names |= {name: str(value) for value, label in choices.choices if value for name in (value, str(label))}
    return names


class _Known:
    """The entries of the register that a list may mean: by identity number, else by name with phone, else by name with day of birth."""

    def __init__(self, rows: list[dict[str, object]], area: str) -> None:
        names = {identity.name_index(str(row["name"])) for row in rows if "name" in row}
        numbers = {identity.id_index(str(row["id_number"])) for row in rows if "id_number" in row}
        found = Person.objects.filter(merged_into__isnull=True).select_related("personal", "place", "household")
        self.by_number = {one.personal.id_index: one for one in found.filter(personal__id_index__in=numbers)}
        self.by_name: dict[tuple[str, object], Person] = {}
        for one in found.under(area).filter(personal__name_index__in=names).order_by("-pk"):
            self.by_name[one.personal.name_index, one.personal.phone_index] = one
            self.by_name[one.personal.name_index, one.born_on] = one
        self.seen: set[object] = set()
        self.area = area

    def match(self, row: dict[str, object]) -> Person | None:
        """Return the entry that a row means."""
        if "id_number" in row:
            one = self.by_number.get(identity.id_index(str(row["id_number"])))
            if one is not None:
                return one
        name = identity.name_index(str(row["name"]))
        keys = [identity.phone_index(str(row["phone"]))] if "phone" in row else []
        if "born_on" in row:
            keys.append(row["born_on"])  # type: ignore[arg-type]
        return next((self.by_name[name, key] for key in keys if (name, key) in self.by_name), None)

    def is_repeated(self, row: dict[str, object]) -> bool:
        """Say whether the list has had this person already."""
        key = row.get("id_number") or (row["name"], row.get("phone"), row.get("born_on"), row["place"])
        repeated = key in self.seen
        self.seen.add(key)
        return repeated


def _compare(number: int, row: dict[str, object], known: _Known, reading: Reading) -> None:
    """Add what a row would do: a filled cell replaces, an empty one leaves what is there."""
    if known.is_repeated(row):
        reading.faults.append(Fault(number, 0, gettext("This person stands in the list twice.")))
        return
    person = known.match(row)
    if person is not None and not person.place_path.startswith(known.area):
        message = gettext("This identity number stands in the register of another place; ask the sub-district.")
        reading.faults.append(Fault(number, 0, message))
        return
    if person is None:
        entry = Entry(source=Source.IMPORT, basis=LegalBasis.DUTY, **row).normal()  # type: ignore[arg-type]
        reading.lines.append(Line(number, entry, None, []))
        return
    before = entry_of(person)
    entry = replace(before, **row).normal()  # type: ignore[arg-type]
    differs = [str(label) for key, label in COLUMNS.items() if getattr(entry, key) != getattr(before, key)]
    reading.lines.append(Line(number, entry, person, differs))
