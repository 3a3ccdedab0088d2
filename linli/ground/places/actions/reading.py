"""Reading a file of the statistics: every row is checked before the database hears of any."""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from unicodedata import category

from django.utils.translation import gettext as _

from linli.ground.places.divisions import LEVELS, Level, kind_of, parent_of
from linli.ground.places.models import Place

FAULTS_SHOWN: Final = 20
BYTES_MAX: Final = 256 * 1024 * 1024  # the whole country is 20 MB unpacked; a file beyond this is no list of places
COLUMNS: Final = ("code", "name")
OTHER_COLUMNS: Final = frozenset({"level", "kind", "parent_code", "successor"})
STATE_LEVELS: Final = frozenset(LEVELS) - {15}
CONTROL: Final = frozenset(
    {"Cc", "Zl", "Zp"}
)  # rare characters of names stand in Unicode's private area (Co): they are meant
NAME_MAX: Final = Place._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line of a file; line 0 is the file as a whole."""

    line: int
    what: str

    def __str__(self) -> str:
        """Say the line and what is wrong with it."""
        return _("line %(line)d: %(what)s") % {"line": self.line, "what": self.what} if self.line else self.what


class BadFile(Exception):
    """The file can't be loaded; nothing was. Holds the first faults by line."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the first of the faults."""
        self.faults = faults[:FAULTS_SHOWN]
        self.more = len(faults) - len(self.faults)
        super().__init__("\n".join(map(str, self.faults)))


class Row(NamedTuple):  # a tuple, not a dataclass: there are 665,276 of them
    """One place of the file; `successor` is the code that it was merged into, and then the place no longer exists."""

    path: str
    name: str
    level: Level
    kind: str
    successor: str


@dataclass(frozen=True)
class Statistics:
    """A checked file: its rows, the smallest place that holds them all, and its fingerprint."""

    rows: list[Row]
    covers: str
    digest: str


def read(file: Path) -> Statistics:
    """Read a .csv or .csv.gz with the columns code and name; raises BadFile naming the lines."""
    content = _content(file)
    text = _text(content)
    rows: dict[str, Row] = {}
    lines: dict[str, int] = {}
    faults: list[Fault] = []
    for line, cells in _cells(text):
        try:
            row = _row(cells)
        except ValueError as error:
            faults.append(Fault(line, str(error)))
            continue
        if row.path in rows:
            what = _("code %(code)s stands in line %(line)d already") % {"code": row.path, "line": lines[row.path]}
            faults.append(Fault(line, what))
        else:
            rows[row.path], lines[row.path] = row, line
    faults += _misplaced(rows, lines)
    if not rows and not faults:
        faults.append(Fault(0, _("the file holds no places")))
    if faults:
        raise BadFile(sorted(faults, key=lambda fault: fault.line))
    return Statistics(list(rows.values()), covered(rows), hashlib.sha256(content).hexdigest())


def covered(rows: dict[str, Row]) -> str:
    """Return the path of the smallest place that holds all rows: a file about one city says nothing about its neighbours."""
    children: dict[str, list[str]] = {}
    for path, row in rows.items():
        if not row.successor:
            children.setdefault(parent_of(path), []).append(path)
    at = ""
    while len(children.get(at, ())) == 1:
        at = children[at][0]
    return at


def _content(file: Path) -> bytes:
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            content: bytes = stream.read(BYTES_MAX + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadFile([Fault(0, _("%(file)s is not a whole gzip file") % {"file": file.name})]) from error
    except OSError as error:
        raise BadFile(
            [Fault(0, _("%(file)s can't be read: %(why)s") % {"file": file.name, "why": error.strerror})]
        ) from error
    if len(content) > BYTES_MAX:
        raise BadFile([Fault(0, _("%(file)s is too big to be a list of places") % {"file": file.name})])
    return content


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile([Fault(line, _("this is not UTF-8 text; save the file as “CSV UTF-8”"))]) from error


def _cells(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its line; raises BadFile for a header that names other columns or a line that is no CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if not set(COLUMNS) <= set(header) <= set(COLUMNS) | OTHER_COLUMNS or len(set(header)) != len(header):
            raise BadFile(
                [
                    Fault(
                        1,
                        _(
                            "the first line must name the columns: code,name (and at most level,kind,parent_code,successor)"
                        ),
                    )
                ]
            )
        for cells in reader:
            if len(cells) == len(header):
                yield reader.line_num, dict(zip(header, cells, strict=True))
            elif cells:
                what = _("%(found)d columns in place of %(expected)d") % {"found": len(cells), "expected": len(header)}
                raise BadFile([Fault(reader.line_num, what)])
    except csv.Error as error:
        raise BadFile([Fault(reader.line_num, _("this line is not CSV: %(why)s") % {"why": error})]) from error


def _row(cells: dict[str, str]) -> Row:
    """Check one row by itself; raises ValueError with what is wrong."""
    path, name, successor = cells["code"].strip(), cells["name"].strip(), cells.get("successor", "").strip()
    _check_code(path)
    _check_name(name)
    if successor:
        _check_code(successor)
        if len(successor) != len(path):
            raise ValueError(
                _("a place can only go over to one of its own level, not to %(code)s") % {"code": successor}
            )
    level = LEVELS[len(path)]
    kind = kind_of(path) if level == Level.COMMUNITY else None
    if kind is None and level == Level.COMMUNITY:
        raise ValueError(
            _("code %(code)s ends with a number outside 001—599, which names no kind of community") % {"code": path}
        )
    return Row(path, name, level, kind.value if kind else "", successor)


def _check_code(code: str) -> None:
    if not code:
        raise ValueError(_("the code is missing"))
    if not (code.isascii() and code.isdigit()):
        raise ValueError(_("code “%(code)s” must be digits only") % {"code": code[:20]})
    if len(code) not in STATE_LEVELS:
        what = _("code %(code)s has %(digits)d digits; 2, 4, 6, 9 or 12 are expected")
        raise ValueError(what % {"code": code[:20], "digits": len(code)})


def _check_name(name: str) -> None:
    if not name:
        raise ValueError(_("the name is missing"))
    if len(name) > NAME_MAX:
        raise ValueError(
            _("the name has %(length)d characters; at most %(most)d fit") % {"length": len(name), "most": NAME_MAX}
        )
    if not name.isprintable() and any(category(letter) in CONTROL for letter in name):
        raise ValueError(_("the name holds characters that can't be printed"))


def _misplaced(rows: dict[str, Row], lines: dict[str, int]) -> Iterator[Fault]:
    """Yield the rows whose parent is missing or gone, and those that went over to a place that the file does not hold."""
    for path, row in rows.items():
        parent = parent_of(path)
        above = rows.get(parent)
        if parent and not row.successor and (above is None or above.successor):
            yield Fault(lines[path], _("the place above, %(code)s, is not in the file") % {"code": parent})
        target = rows.get(row.successor)
        if row.successor and (target is None or target.successor):
            yield Fault(lines[path], _("its successor %(code)s is not in the file") % {"code": row.successor})
