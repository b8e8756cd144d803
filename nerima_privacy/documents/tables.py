"""Lists as files: an area declares columns once and offers CSV and Excel from them, both streamed.

`rows` may be a generator or `queryset.iterator(chunk_size=…)`: nothing holds all rows at once. Dates are written as
和暦 text. Text that a spreadsheet would run as a formula is kept as text: in Excel by its type, in CSV by a leading
apostrophe, which the importer takes away again (`plain()`).
"""

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any, Literal

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from nerima_privacy.calendars.eras import wareki, wareki_time
from nerima_privacy.documents.responses import XLSX, disposition

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠].", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINES_A_CHUNK = 500
_EXCEL_LONGEST = 32_767


@dataclass(frozen=True)
class Column:
    """One column: `get` is a function of a row or an attribute path ("unit.name"); `width` is in characters.

    `kind` "number" keeps numbers as numbers in Excel, for sums; "text" writes what is shown.
    """

    title: str
    get: Callable[[Any], Any] | str
    width: int = 20
    kind: Literal["text", "number"] = "text"

    def value(self, row: Any) -> str | int | float | Decimal:
        """What this column says of `row`, ready to be written."""
        value = attrgetter(self.get)(row) if isinstance(self.get, str) else self.get(row)
        if self.kind == "number" and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return value
        return shown(value)


def shown(value: Any) -> str:
    """Text for any value: 和暦 for dates, はい / いいえ, nothing for None; no control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        return wareki_time(value)
    if isinstance(value, date):
        return wareki(value)
    return _CONTROL.sub("", str(value).replace("\r\n", "\n"))


def guarded(value: str | float | Decimal) -> str | float | Decimal:
    """Text that begins like a formula, with an apostrophe before it. A lone sign is harmless."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def plain(text: str) -> str:
    """The text before `guarded()`: for reading back a CSV written here."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


class _Echo:
    """Where csv writes: hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: list[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """The table as UTF-8 with BOM, in chunks of some hundred lines."""
    write = csv.writer(_Echo()).writerow
    yield ("\ufeff" + str(write([guarded(column.title) for column in columns]))).encode()
    left = iter(rows)
    while chunk := list(islice(left, _LINES_A_CHUNK)):
        lines = (str(write([guarded(column.value(row)) for column in columns])) for row in chunk)
        yield "".join(lines).encode()


def csv_response(filename: str, columns: list[Column], rows: Iterable[Any]) -> StreamingHttpResponse:
    """The table as CSV, streamed while the rows are read."""
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = disposition(filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def xlsx_response(filename: str, columns: list[Column], rows: Iterable[Any], *, sheet: str = "一覧") -> FileResponse:
    """The table as Excel, written row by row to a temporary file that is sent and then gone."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # FileResponse closes it after sending
    write_xlsx(file, columns, rows, sheet=sheet)
    file.seek(0)
    response = FileResponse(file, content_type=XLSX)
    response["Content-Disposition"] = disposition(filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def write_xlsx(file: Any, columns: list[Column], rows: Iterable[Any], *, sheet: str = "一覧") -> int:
    """Write the table to an open binary file; answers the number of rows."""
    book = Workbook(write_only=True)
    book.properties.creator = "練馬区 個人情報保護管理"
    page = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "_", sheet)[:31])
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for number, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.append([_heading(page, column.title) for column in columns])
    count = 0
    for row in rows:
        page.append([_cell(page, column.value(row)) for column in columns])
        count += 1
    book.save(file)
    return count


def _heading(page: Any, title: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, title)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EFF9")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(page: Any, value: str | float | Decimal) -> Any:
    """The value, or a cell told to be text where Excel would take it for a formula or an error."""
    if not isinstance(value, str):
        return value
    if value[:1] not in {"=", "#"}:
        return value[:_EXCEL_LONGEST]
    cell = WriteOnlyCell(page, value[:_EXCEL_LONGEST])
    cell.data_type = "s"
    return cell
