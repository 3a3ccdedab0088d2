"""Spreadsheets in and out: bounded when read, harmless when opened. Reads through calamine, writes through openpyxl."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 50
MAX_BYTES: Final = 10_000_000
MAX_UNPACKED: Final = 200_000_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Cell = str | float | bool | date | datetime | time | timedelta


def read_table(content: bytes) -> list[list[Cell]]:
    """Return the rows of the first sheet; raises ValidationError for what is no workbook or too big a one."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB; please split it."), code="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MAX_UNPACKED:
            raise ValidationError(_("The file unpacks to more than 200 MB; please split it."), code="file")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (zipfile.BadZipFile, CalamineError, IndexError) as error:
        raise ValidationError(
            _("This is not an Excel workbook (.xlsx). Please start from the template."), code="file"
        ) from error
    if sheet.height > MAX_ROWS + 1 or sheet.width > MAX_COLUMNS:
        raise ValidationError(_("The sheet has more than 20,000 rows or 50 columns; please split it."), code="file")
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    return rows


def text_of(cell: Cell) -> str:
    """Return a cell as text; a whole number loses the `.0` that spreadsheets give it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def name_of(row: int, column: int) -> str:
    """Return the name of a cell counted from 0: (6, 2) → C7."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def harmless(value: object) -> object:
    """Return a value that a spreadsheet takes as text even where it looks like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(list(header))
    for row in rows:
        sheet.append([harmless(value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@contextmanager
def writer_of(path: Path, *, is_csv: bool, header: Sequence[str]) -> Iterator[Callable[[Sequence[object]], None]]:
    """Write a long table into a file row by row, in constant memory: a workbook with one sheet, or text that spreadsheets read as UTF-8."""
    if is_csv:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(header)
            yield lambda row: lines.writerow([harmless(value) for value in row])
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(header))
    yield lambda row: sheet.append([harmless(value) for value in row])
    book.save(path)


def answer(content: bytes, name: str) -> HttpResponse:
    """Hand a spreadsheet out as a file of this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


def stored(path: str, *, name: str, is_csv: bool) -> FileResponse:
    """Hand out a table that stands in the storage, to whoever asked and nobody between; raises Http404 where it is not there."""
    if not path or not default_storage.exists(path):
        raise Http404
    media = "text/csv; charset=utf-8" if is_csv else XLSX
    answer = FileResponse(default_storage.open(path), as_attachment=True, filename=name, content_type=media)
    answer["Cache-Control"] = "private, no-store"
    return answer
