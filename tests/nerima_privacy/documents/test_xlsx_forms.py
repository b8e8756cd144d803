from io import BytesIO

import pytest
from openpyxl import load_workbook

from nerima_privacy.documents.xlsx_forms import register_entry_xlsx
from tests.nerima_privacy.documents import samples


def sheet_of(**values):
    content = register_entry_xlsx(samples.cells(**values), published="令和8年11月23日", edition="第3版")
    return load_workbook(BytesIO(content)).active


def rows_of(sheet):
    return {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}


def test_every_cell_of_the_form_is_there():
    sheet = sheet_of()
    rows = rows_of(sheet)
    labels = [cell["label"] for cell in samples.CELLS if cell["no"] != 14]
    assert list(rows) == labels
    assert rows["記録項目"] == "1氏名、2住所、3生年月日、4個人番号、5所得の額"
    texts = [cell.value or "" for row in sheet.iter_rows() for cell in row]
    assert "（名称）総務部 情報公開課" in texts
    assert "（所在地）東京都練馬区豊玉北6丁目12番1号" in texts
    assert "☑ 法第60条第2項第1号\n（電算処理ファイル）" in texts
    assert "□ 法第60条第2項第2号\n（マニュアル処理ファイル）" in texts
    assert "令第21条第7項に該当するファイル\n☑ 有　□ 無" in texts
    assert "□ 該当　☑ 非該当" in texts


def test_it_prints_on_a4_with_rules_around_every_cell():
    sheet = sheet_of()
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$1:$1"
    assert "第3版" in sheet.oddFooter.left.text
    for row in sheet.iter_rows(min_row=2):
        assert row[0].border.left.style == row[1].border.left.style == row[2].border.right.style == "thin"


def test_a_long_text_makes_its_row_taller():
    short, tall = (sheet_of(c5=text).row_dimensions[6].height for text in ("1氏名", "1氏名、" * 100))
    assert tall > 3 * short


@pytest.mark.parametrize("long", ["個人情報" * 2500, "1氏名\n" * 300, "x" * 10_000])
def test_a_text_taller_than_excel_allows_goes_on_in_the_next_rows(long):
    sheet = sheet_of(c5=long)
    label = next(area for area in sheet.merged_cells.ranges if area.coord.startswith("A6:"))
    parts = [sheet.cell(row, 2).value for row in range(label.min_row, label.max_row + 1)]
    assert "".join(parts).replace("\n", "") == long.replace("\n", "")
    assert all(sheet.row_dimensions[row].height < 409 for row in range(label.min_row, label.max_row + 1))


@pytest.mark.parametrize("typed", ["=1+1", "@x", "#REF!", "𠮷\x00"])
def test_nothing_typed_becomes_a_formula(typed):
    cell = sheet_of(c1=typed)["B2"]
    assert cell.data_type == "s"
    assert cell.value == typed.replace("\x00", "")
