"""Official forms as Excel sheets that print on A4 as the paper form does."""

import re
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from nerima_privacy.documents.forms import FormCell
from nerima_privacy.documents.tables import shown

_FONT = "BIZ UDゴシック"
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LABEL_FILL = PatternFill("solid", fgColor="EFEFEF")
_WIDTHS = {"A": 32, "B": 32, "C": 32}
_TALLEST = 409  # points, Excel's limit
_ROWS_A_PART = 25


@dataclass(frozen=True)
class Block:
    """A label with one or more lines to its right; a line holds one cell across, or two side by side."""

    label: str
    lines: tuple[tuple[str, ...], ...]


def form(title: str, blocks: list[Block], *, footer: str = "") -> bytes:
    """A workbook of one sheet: title, then ruled rows of label and text."""
    book = Workbook()
    book.properties.creator = "練馬区"
    book.properties.title = title
    sheet: Worksheet = book.active
    sheet.title = re.sub(r"[\\/*?:\[\]]", "_", title)[:31]
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.merge_cells("A1:C1")
    _write(sheet, 1, 1, title, size=14, bold=True, horizontal="center")
    sheet.row_dimensions[1].height = 30
    row = 2
    for block in blocks:
        row = _block(sheet, row, block)
    _page(sheet, row - 1, footer)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _block(sheet: Worksheet, row: int, block: Block) -> int:
    last = row + len(block.lines) - 1
    _write(sheet, row, 1, block.label, fill=_LABEL_FILL)
    for number, line in enumerate(block.lines, start=row):
        for place, text in enumerate(line, start=2):
            _write(sheet, number, place, text)
        for place in (1, 2, 3):
            sheet.cell(number, place).border = _BOX
        if len(line) == 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=3)
        sheet.row_dimensions[number].height = _height(block.label if len(block.lines) == 1 else "", line)
    if last > row:
        sheet.merge_cells(start_row=row, end_row=last, start_column=1, end_column=1)
    return last + 1


def _height(label: str, line: tuple[str, ...]) -> float:
    """Points for the tallest cell of a line: full-width characters count two."""
    across = sum(_WIDTHS[letter] for letter in "BC") if len(line) == 1 else _WIDTHS["B"]
    wanted = max(_rows(label, _WIDTHS["A"]), *(_rows(text, across) for text in line))
    return min(_TALLEST, 8 + 14 * wanted)


def _rows(text: str, width: int) -> int:
    def columns(row: str) -> int:
        return sum(1 if character.isascii() else 2 for character in row)

    return sum(max(1, ceil(columns(row) / (width - 2))) for row in text.split("\n"))


def _write(sheet: Worksheet, row: int, column: int, text: str, **look: Any) -> None:
    cell = sheet.cell(row, column)
    cell.value = shown(text)
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.font = Font(name=_FONT, size=look.get("size", 10), bold=look.get("bold", False))
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=look.get("horizontal", "left"))
    if "fill" in look:
        cell.fill = look["fill"]


def _page(sheet: Worksheet, last_row: int, footer: str) -> None:
    sheet.print_area = f"A1:C{last_row}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "&P／&N"


def register_entry_xlsx(cells: list[FormCell], *, published: str = "", edition: str = "") -> bytes:
    """個人情報ファイル簿（単票）, cell by cell as `register_entry.typ` lays it out."""
    value = {cell["no"]: cell["value"] for cell in cells}
    label = {cell["no"]: cell["label"] for cell in cells}
    blocks = []
    lines: tuple[tuple[str, ...], ...]
    for number in sorted(value):
        if number == 11:
            lines = tuple((part,) for part in _name_and_address(value[11]))
        elif number == 13:
            lines = _kind(value[13], label.get(14, ""), value.get(14, ""))
        elif number == 14 and 13 in value:
            continue
        elif number == 15 and value[15] in {"該当", "非該当"}:
            lines = ((_ticks(value[15], "該当", "非該当"),),)
        else:
            lines = tuple((part,) for part in _parts(value[number]))
        blocks.append(Block(label[number], lines))
    published = f"{published}公表" if published else ""
    footer = "　".join(filter(None, ["練馬区　個人情報ファイル簿", edition, published]))
    return form("個人情報ファイル簿（単票）", blocks, footer=footer)


def _name_and_address(text: str) -> tuple[str, str]:
    name, _, address = text.partition("（所在地）")
    return f"（名称）{name.replace('（名称）', '').strip()}", f"（所在地）{address.strip()}"


def _parts(text: str) -> list[str]:
    """A text too tall for one row of Excel, cut into several."""
    across = sum(_WIDTHS[letter] for letter in "BC")
    parts = [""]
    for row in text.rstrip().split("\n"):
        for piece in (row[at : at + 200] for at in range(0, max(len(row), 1), 200)):
            if _rows(parts[-1] + piece, across) > _ROWS_A_PART:
                parts.append("")
            parts[-1] += piece
        parts[-1] += "\n"
    return [part.removesuffix("\n") for part in parts]


def _ticks(chosen: str, *words: str) -> str:
    return "　".join(f"{'☑' if word == chosen else '□'} {word}" for word in words)


def _kind(kind: str, twin_label: str, twin: str) -> tuple[tuple[str, ...], ...]:
    first, second = ("☑" if mark in kind else "□" for mark in ("第1号", "第2号"))
    return (
        (
            f"{first} 法第60条第2項第1号\n（電算処理ファイル）",
            f"{second} 法第60条第2項第2号\n（マニュアル処理ファイル）",
        ),
        (f"{twin_label}\n{_ticks(twin, '有', '無')}", ""),
    )
