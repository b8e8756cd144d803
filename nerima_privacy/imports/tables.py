"""From bytes to tables: Excel (xlsx) and CSV in UTF-8 (with or without BOM), UTF-16 or Shift_JIS."""

import csv
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from defusedxml.ElementTree import iterparse
from django.conf import settings
from python_calamine import CalamineError, CalamineWorkbook

# Measured: 30,000 rows of forty columns are 71 MB unpacked as lists of accounts are, 108 MB with a long text of its own
# in each cell; 100,000 rows of the table of people are 55 MB. The largest that pass took 540 to 580 MB to read.
UNPACKED_MAX = 160 * 1024 * 1024
CELLS_MAX = 2_000_000  # of all sheets; the reader takes memory for all cells up to the last that is used
TEXT_MAX = UNPACKED_MAX  # bytes of shared text of all cells: a book keeps it once, however many cells it stands in
CHUNK = 1024 * 1024
TOO_LARGE = (
    f"ファイルが大きすぎます（開くと{UNPACKED_MAX // 1024**2}MBをこえます）。使わない列やシートを消すか、"
    "いくつかに分けてください。"
)
BROKEN = "Excel のファイルとして開けません。壊れていないか確かめ、保存し直してください。"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Unreadable(Exception):
    """The file cannot be read at all; the sentence says why and what to do."""


@dataclass(frozen=True)
class Table:
    """One sheet: its name ("" for CSV) and its rows of plain values, the first row being row 1."""

    name: str
    rows: list[list[Any]]


def read(name: str, content: bytes) -> list[Table]:
    """The tables of an uploaded file. Raises Unreadable with a sentence in Japanese."""
    if not content:
        raise Unreadable("ファイルが空です。内容のあるファイルを選んでください。")
    if content[:4] == b"PK\x03\x04":
        return read_excel(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(
            "古い形式（.xls）か、パスワードのかかったファイルです。パスワードを外し、"
            ".xlsx か CSV で保存し直してください。"
        )
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise Unreadable(BROKEN)
    return [Table("", read_csv(content))]


def read_excel(content: bytes) -> list[Table]:
    """Every sheet. Columns are not shifted when the first ones are empty."""
    refuse_unsafe(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Table(sheet, [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)])
            for sheet in book.sheet_names
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(BROKEN) from error


def refuse_unsafe(content: bytes) -> None:
    """Refuse what unpacks to something huge, and formulas that were never calculated: they would read as empty.

    Other kinds of books (.ods, .xlsb) are refused too: in them a few bytes may stand for millions of cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            refuse_what_unpacks_too_far(archive, entries)
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable("Excel（.xlsx）のファイルではありません。.xlsx か CSV で保存し直してください。")
            lengths: list[int] = []
            sheets = []
            for entry in entries:
                with archive.open(entry) as part:
                    head = part.read(1_000).removeprefix(b"\xef\xbb\xbf")
                    if head.startswith(b"<") and b"worksheet" in head:  # wherever in the book it lies
                        sheets.append(entry)
                    elif head.startswith(b"<") and b"<sst" in head:
                        part.seek(0)
                        lengths += text_lengths(part)
            extent = Extent(lengths)
            for entry in sheets:
                with archive.open(entry) as sheet:
                    refuse_unsafe_cells(sheet, extent)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError, ValueError) as error:
        raise Unreadable(BROKEN) from error


def refuse_what_unpacks_too_far(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    """By what the archive says first, then by what comes out: a part that says too little is read no further either."""
    claimed = sum(entry.file_size for entry in entries)
    if claimed > UNPACKED_MAX:
        raise Unreadable(TOO_LARGE)
    unpacked = 0
    for entry in entries:
        entry.file_size, claim = UNPACKED_MAX + 1, entry.file_size  # else zipfile reads as far as was claimed, no more
        size = 0
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                size += len(chunk)
                if unpacked + size > UNPACKED_MAX:
                    raise Unreadable(TOO_LARGE)
        if size != claim:
            raise Unreadable(BROKEN)
        entry.file_size = claim
        unpacked += size


def text_lengths(part: Any) -> list[int]:
    """How many bytes each of the texts has that cells share."""
    lengths = []
    events = iterparse(part, events=("start", "end"))
    _, root = next(events)
    for event, item in events:
        if event == "end" and item.tag == f"{SPREADSHEET}si":
            lengths.append(sum(len(text.encode()) for text in item.itertext()))
            root.clear()  # the texts so far, of which there may be millions
    return lengths


class Extent:
    """How much a book would take in memory: cells up to the last one of each sheet, and the text of all cells."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = lengths
        self.cells = self.text = 0

    def refuse_text(self, cell: Any) -> None:
        """Count the shared text of a cell; refuse once it is too much."""
        if cell.get("t") == "s":
            index = int(cell.findtext(f"{SPREADSHEET}v") or 0)
            self.text += self.lengths[index] if index < len(self.lengths) else 0
            if self.text > TEXT_MAX:
                raise Unreadable(TOO_LARGE)

    def refuse_cells(self, rows: int, columns: int) -> None:
        """Refuse a sheet of that size beside those before it."""
        if self.cells + rows * columns > CELLS_MAX:
            raise Unreadable(
                f"表が大きすぎます（{rows:,}行、{columns:,}列まで使われています）。"
                "表から離れたところの文字を消して、使わない列やシートも除き、保存し直してください。"
            )


def refuse_unsafe_cells(sheet: Any, extent: Extent) -> None:
    """Name the first cell that holds a formula without its value; refuse a sheet whose last cell lies too far out."""
    rows = columns = 0
    for _, row in iterparse(sheet):
        if row.tag != f"{SPREADSHEET}row":
            continue
        rows = max(rows + 1, int(row.get("r") or 0))
        place = 0
        for cell in row.iter(f"{SPREADSHEET}c"):
            where = cell.get("r") or ""
            place = max(place + 1, column_number(where))
            if cell.find(f"{SPREADSHEET}f") is not None and not calculated(cell):
                raise Unreadable(
                    f"セル {where} の数式が計算されていません。Excel で開いて保存し直すか、値として貼り付けてください。"
                )
            extent.refuse_text(cell)
        columns = max(columns, place)
        if place:
            extent.refuse_cells(rows, columns)
        row.clear()
    extent.cells += rows * columns


def calculated(cell: Any) -> bool:
    """Whether a formula has its value; an empty one is a value where the cell says that it is text."""
    value = cell.find(f"{SPREADSHEET}v")
    return value is not None and (bool(value.text) or cell.get("t") == "str")


def column_number(where: str) -> int:
    """A1 → 1, AA7 → 27; 0 for none."""
    number = 0
    for letter in where.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def read_csv(content: bytes) -> list[list[Any]]:
    """Rows of a CSV or tab-separated text."""
    text = decode(content)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise Unreadable('CSV として読めません。引用符（"）が閉じているか確かめてください。') from error


def decode(content: bytes) -> str:
    """UTF-8 with or without BOM, else Shift_JIS as Windows writes it; UTF-16 with its mark, as Excel's Unicode text."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} and len(content) % 2 == 0:
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise Unreadable("文字のファイルではありません。Excel（.xlsx）か CSV を選んでください。")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp932")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"{line}行目の文字を読めません。UTF-8 または Shift_JIS の CSV で保存し直してください。"
        ) from error


def as_text(value: Any) -> str:
    """A cell as its reader sees it: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "○" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


@cache
def column_letter(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def refuse_too_many(tables: list[Table]) -> None:
    """More rows than IMPORT_MAX_ROWS are refused before any of them is looked at."""
    rows = sum(len(table.rows) for table in tables)
    if rows > settings.IMPORT_MAX_ROWS:
        raise Unreadable(
            f"{rows:,}行あります。一度に取り込めるのは{settings.IMPORT_MAX_ROWS:,}行までです。分けてください。"
        )
