"""From tables to rows of values: finds the headers, names those it does not know, and reads each cell."""

from collections.abc import Iterable, Iterator
from typing import Any

from nerima_privacy.imports.kinds import Column, ImportKind, Problem, Row, Sheet
from nerima_privacy.imports.parsing import folded, suggestion
from nerima_privacy.imports.tables import Table, as_text, column_letter

KIND_HEADER = "種別"
HEADER_ROWS = 10


def analyse(kind: ImportKind, tables: Iterable[Table]) -> tuple[list[Row], list[Problem], int]:
    """Every row of every sheet, every problem of the cells themselves, and how many rows hold anything.

    The kind's plan adds problems of its own.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    count = 0
    for table in tables:
        if any(any(as_text(cell) for cell in row) for row in table.rows):
            found, wrong, filled = read_table(kind, table)
            rows += found
            problems += wrong
            count += filled
    if not rows and not problems:
        names = "、".join(sheet.name for sheet in kind.sheets)
        problems.append(Problem("", "", f"取り込む行がありません。{names}の行を書いてください。"))
    return rows, problems, count


def place_of(table: Table) -> str:
    """What stands before a cell's address: 「職員!」, or nothing for CSV."""
    return f"{table.name}!" if table.name else ""


def read_table(kind: ImportKind, table: Table) -> tuple[list[Row], list[Problem], int]:
    """One sheet, as `analyse` answers all. Title lines above the headers are passed over."""
    sheets = candidates(kind, table)
    if not sheets:
        known = "、".join(f"「{sheet.name}」" for sheet in kind.sheets)
        message = f"シート「{table.name}」は取り込みません。取り込むシートの名前は{known}です。"
        return [], [Problem(f"{table.name}!", "", message, warning=True)], 0
    at, headers = header_row(sheets, table)
    if at is None:
        names = "、".join(column.header for column in sheets[0].columns[:4])
        message = f"見出しの行が見つかりません。{names} などの見出しを1行に書いてください。"
        return [], [Problem(f"{place_of(table)}A1", "", message)], 0
    reader = TableReader(kind, sheets, table, at, headers)
    return list(reader.rows()), reader.problems, reader.filled


def candidates(kind: ImportKind, table: Table) -> list[Sheet]:
    """The sheets a table may be: by its name, or any of them for a CSV or a book of one unnamed sheet."""
    named = [sheet for sheet in kind.sheets if folded(sheet.name) == folded(table.name)]
    if named or (table.name and not folded(table.name).startswith("sheet")):
        return named or ([*kind.sheets] if len(kind.sheets) == 1 else [])
    return list(kind.sheets)


def header_row(sheets: list[Sheet], table: Table) -> tuple[int | None, list[str]]:
    """The first of the upper rows that holds two or more known headers."""
    known = {folded(name) for sheet in sheets for column in sheet.columns for name in names_of(column)}
    for index, row in enumerate(table.rows[:HEADER_ROWS]):
        headers = [as_text(cell) for cell in row]
        if sum(folded(header) in known for header in headers) >= 2:
            return index, headers
    return None, []


def names_of(column: Column) -> list[str]:
    """What a column may be called."""
    return [column.header, *column.aliases]


class TableReader:
    """Reads the rows of one table whose headers are known."""

    def __init__(self, kind: ImportKind, sheets: list[Sheet], table: Table, at: int, headers: list[str]) -> None:
        self.table, self.at, self.place = table, at, place_of(table)
        self.problems: list[Problem] = []
        self.filled = 0
        self.kind_column = next((i for i, h in enumerate(headers) if folded(h) == KIND_HEADER), None)
        if self.kind_column is None and len(sheets) > 1:
            sheets = [max(sheets, key=lambda sheet: self.fit(sheet, headers))]
        self.sheets = {folded(sheet.name): sheet for sheet in sheets}
        self.headers = headers
        self.maps = {sheet.key: self.match(sheet) for sheet in sheets}
        self.name_unknown_headers(sheets)

    def fit(self, sheet: Sheet, headers: list[str]) -> int:
        """How many of a sheet's headers a table has."""
        known = {folded(name) for column in sheet.columns for name in names_of(column)}
        return sum(folded(header) in known for header in headers)

    def match(self, sheet: Sheet) -> list[tuple[int, Column]]:
        """(index, column) for each header the sheet knows; a required one that is missing is a problem."""
        by_name = {folded(name): column for column in sheet.columns for name in names_of(column)}
        pairs = [(i, by_name[folded(h)]) for i, h in enumerate(self.headers) if folded(h) in by_name]
        keys = [column.key for _, column in pairs]
        for index, column in pairs:
            if keys.count(column.key) > 1 and keys.index(column.key) != pairs.index((index, column)):
                self.add(index, self.at, column.header, "同じ見出しが二つあります。一つにしてください。")
        for column in sheet.columns:
            if column.required and column.key not in keys and self.kind_column is None:
                message = f"見出し「{column.header}」がありません。この列は必要です。"
                self.problems.append(Problem(f"{self.place}{self.at + 1}行目", column.header, message))
        return pairs

    def name_unknown_headers(self, sheets: list[Sheet]) -> None:
        """Headers nobody knows are named, with the nearest known one; their columns are not read."""
        known = [name for sheet in sheets for column in sheet.columns for name in names_of(column)]
        folded_known = {folded(name) for name in known} | {KIND_HEADER}
        for index, header in enumerate(self.headers):
            if header and folded(header) not in folded_known:
                hint = suggestion(header, known) if len(known) > 8 else ""
                message = f"見出し「{header[:30]}」は分かりません。この列は読みません。{hint}"
                self.add(index, self.at, header, message, warning=not hint)

    def add(self, index: int, row: int, header: str, message: str, *, warning: bool = False) -> None:
        """Note a problem at a cell."""
        cell = f"{self.place}{column_letter(index)}{row + 1}"
        self.problems.append(Problem(cell, header, message, warning))

    def rows(self) -> Iterator[Row]:
        """Every row that holds something and whose cells can all be read."""
        for number, cells in enumerate(self.table.rows[self.at + 1 :], start=self.at + 1):
            if any(as_text(cell) for cell in cells):
                self.filled += 1
                sheet = self.sheet_of(number, cells)
                row = self.read_row(sheet, number, cells) if sheet else None
                if row:
                    yield row

    def sheet_of(self, number: int, cells: list[Any]) -> Sheet | None:
        """What sort of row this is."""
        if self.kind_column is None:
            return next(iter(self.sheets.values()))
        value = as_text(cells[self.kind_column]) if self.kind_column < len(cells) else ""
        sheet = self.sheets.get(folded(value))
        if sheet is None:
            names = "、".join(s.name for s in self.sheets.values())
            message = f"種別「{value[:20]}」は分かりません。{names}のどれかにしてください。"
            self.add(self.kind_column, number, KIND_HEADER, message)
        return sheet

    def read_row(self, sheet: Sheet, number: int, cells: list[Any]) -> Row | None:
        """The values of one row, or None when a cell is wrong."""
        before = len(self.problems)
        values: dict[str, Any] = {}
        columns: dict[str, str] = {}
        for index, column in self.maps[sheet.key]:
            text = as_text(cells[index]) if index < len(cells) else ""
            columns[column.key] = column_letter(index)
            if column.required and not text:
                example = f"例　{column.example}" if column.example else ""
                self.add(index, number, column.header, f"「{column.header}」を書いてください。{example}")
                continue
            try:
                values[column.key] = column.parse(text)
            except ValueError as error:
                self.add(index, number, column.header, str(error))
        if self.kind_column is not None:
            for column in sheet.columns:
                if column.required and column.key not in columns:
                    self.add(self.kind_column, number, column.header, f"「{column.header}」の列がありません。")
        if any(not problem.warning for problem in self.problems[before:]):
            return None
        return Row(sheet, number + 1, self.place, values, columns)
