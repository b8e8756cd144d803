import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from nerima_privacy.documents.tables import Column, csv_response, guarded, plain, write_xlsx, xlsx_response


@dataclass
class Row:
    name: str = "税務課"
    count: int = 3
    since: date | None = date(2026, 11, 23)


COLUMNS = [
    Column("名称", "name", 40),
    Column("件数", "count", kind="number"),
    Column("届出日", "since"),
    Column("特定個人情報", lambda row: row.count > 1),
]
FORMULAS = ["=1+1", '=HYPERLINK("http://x")', "+81", "-1+1", "@SUM(A1)", "\t=1", "＝1", "#REF!"]


def from_csv(*rows, columns=COLUMNS):
    content = b"".join(csv_response("一覧.csv", columns, rows).streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def from_xlsx(*rows, columns=COLUMNS):
    response = xlsx_response("一覧.xlsx", columns, rows)
    return load_workbook(BytesIO(b"".join(response.streaming_content))).active


def test_dates_are_written_in_the_era_numbers_stay_numbers():
    expected = ["税務課", 3, "令和8年11月23日", "はい"]
    assert from_csv(Row())[1] == [str(value) for value in expected]
    assert [cell.value for cell in from_xlsx(Row())[2]] == expected
    assert from_csv(Row(since=datetime(2026, 11, 23, 0, 5, tzinfo=UTC)))[1][2] == "令和8年11月23日 9時05分"
    assert from_csv(Row(since=None, count=0))[1] == ["税務課", "0", "", "いいえ"]


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_looks_like_a_formula_stays_text(typed):
    cell = from_xlsx(Row(name=typed))["A2"]
    assert (cell.value, cell.data_type) == (typed, "s")
    written = from_csv(Row(name=typed))[1][0]
    assert written == (typed if typed.startswith("#") else f"'{typed}")
    assert plain(written) == typed


@pytest.mark.parametrize("typed", ["-", "―", "税=務", "'=1", "1-2"])
def test_what_is_no_formula_is_left_alone(typed):
    assert from_csv(Row(name=typed))[1][0] == typed


@given(st.text(max_size=40))
def test_guarding_can_be_undone(text):
    assert plain(str(guarded(text))) == text or text.startswith("'")


def test_control_characters_are_dropped_and_rare_characters_kept():
    assert from_csv(Row(name="𠮷\x00田\x0b髙😀"))[1][0] == "𠮷田髙😀"
    assert from_xlsx(Row(name="𠮷\x00田\x0b髙😀"))["A2"].value == "𠮷田髙😀"


def test_lines_and_commas_stay_in_their_cell():
    assert from_csv(Row(name='1氏名,\r\n"2"住所'))[1][0] == '1氏名,\n"2"住所'


def test_the_heading_is_bold_frozen_and_filtered():
    sheet = from_xlsx(Row(), Row())
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D1"
    assert sheet.column_dimensions["A"].width == 40
    assert sheet.max_row == 3


def test_a_table_without_rows_still_has_its_heading():
    assert from_csv() == [["名称", "件数", "届出日", "特定個人情報"]]
    assert from_xlsx().max_row == 1


def test_rows_are_taken_as_they_are_sent():
    taken = []

    def rows():
        for number in range(5000):
            taken.append(number)
            yield Row()

    stream = iter(csv_response("一覧.csv", COLUMNS, rows()).streaming_content)
    next(stream)
    next(stream)
    assert 0 < len(taken) <= 500


def test_the_name_of_the_sheet_may_hold_what_excel_forbids():
    file = BytesIO()
    assert write_xlsx(file, COLUMNS, [Row()], sheet="令和8/11/23:一覧[全部]" + "あ" * 40) == 1
    assert len(load_workbook(file).active.title) == 31
