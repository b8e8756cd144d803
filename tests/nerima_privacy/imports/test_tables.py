"""A book is refused for what it would take in memory before it takes it, and an honest large one is read."""

import io
import struct
import zipfile
import zlib

import pytest
from openpyxl import Workbook

from nerima_privacy.imports import tables
from nerima_privacy.imports.tables import UNPACKED_MAX, Unreadable, read

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
LARGE = "ファイルが大きすぎます（開くと160MBをこえます）"


def book(*sheets):
    """A book of sheets, each a list of rows."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_parts(content, parts):
    """The book with other parts in place of its own, or beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def claiming(content, name, size, told=None):
    """The archive, with another size told of one part, in its own header and in the list at the end."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(name)
        crc = zlib.crc32(archive.read(name)[:size]) if told is None else entry.CRC
    changed = bytearray(content)
    end = changed.rfind(name.encode()) - 46
    for place, offset in ((entry.header_offset, 14), (end, 16)):
        struct.pack_into("<I", changed, place + offset, crc)
        struct.pack_into("<I", changed, place + offset + 8, size if told is None else told)
    return bytes(changed)


@pytest.fixture
def unpacked(monkeypatch):
    """How many bytes were unpacked so far."""
    counted = []
    true_read = zipfile.ZipExtFile.read

    def counting(self, n=-1):
        found = true_read(self, n)
        counted.append(len(found))
        return found

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counting)
    return counted


def test_a_book_that_says_it_is_too_large_is_refused_without_unpacking_anything(unpacked):
    content = claiming(book([["a", "b"]]), SHEET, 0, told=UNPACKED_MAX + 1)
    unpacked.clear()
    with pytest.raises(Unreadable, match=LARGE):
        read("a.xlsx", content)
    assert unpacked == []


def test_a_book_that_hides_how_large_it_is_is_unpacked_no_further_than_the_bound(unpacked, monkeypatch):
    monkeypatch.setattr(tables, "UNPACKED_MAX", 3_000_000)
    monkeypatch.setattr(tables, "CHUNK", 100_000)
    sheet = f"<worksheet {NAMESPACE}>{' ' * 30_000_000}</worksheet>"
    content = claiming(with_parts(book([["a"]]), {SHEET: sheet}), SHEET, 2_000)
    unpacked.clear()
    with pytest.raises(Unreadable, match="ファイルが大きすぎます"):
        read("a.xlsx", content)
    assert sum(unpacked) <= 3_200_000


def test_a_book_that_hides_its_size_within_the_bound_is_refused_too():
    sheet = f"<worksheet {NAMESPACE}>{' ' * 30_000}</worksheet>"
    with pytest.raises(Unreadable, match="開けません"):
        read("a.xlsx", claiming(with_parts(book([["a"]]), {SHEET: sheet}), SHEET, 2_000))


def test_thirty_thousand_lines_of_the_widest_list_fit_with_room():
    content = book([[f"{row:05}{column:02}架空の長い名称と所属の説明" for column in range(40)] for row in range(600)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    assert size * 50 * 1.3 < UNPACKED_MAX
    assert tables.CELLS_MAX > 30_000 * 40 * 1.3


def test_a_text_kept_once_and_shown_in_many_cells_counts_as_often_as_it_is_shown(monkeypatch):
    monkeypatch.setattr(tables, "TEXT_MAX", 100_000)
    cell = '<c t="s"><v>0</v></c>'
    texts = f"<si><t>{'x' * 3_000}</t></si><si><r><t>{'y' * 6_000}</t></r></si>"
    parts = {
        SHEET: f"<worksheet {NAMESPACE}><sheetData><row>{cell * 20}</row></sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {NAMESPACE}>{texts}</sst>",
    }
    assert len(read("a.xlsx", with_parts(book([["a"]]), parts))[0].rows[0]) == 20
    parts[SHEET] = parts[SHEET].replace("<v>0</v>", "<v>1</v>")
    with pytest.raises(Unreadable, match=LARGE):
        read("a.xlsx", with_parts(book([["a"]]), parts))


def test_the_cells_of_all_sheets_count_together(monkeypatch):
    monkeypatch.setattr(tables, "CELLS_MAX", 100)
    rows = [["a"] * 6] * 9
    assert len(read("a.xlsx", book(rows))) == 1
    with pytest.raises(Unreadable, match=r"表が大きすぎます（\d行、6列まで使われています）"):
        read("a.xlsx", book(rows, rows))


def test_a_second_part_of_the_same_name_is_looked_at_too():
    out = io.BytesIO(book([["a"]]))
    formula = f'<worksheet {NAMESPACE}><sheetData><row><c r="A1"><f>1+1</f></c></row></sheetData></worksheet>'
    plain = f"<worksheet {NAMESPACE}><sheetData/></worksheet>"
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", formula)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/worksheets/sheet2.xml", plain)
    with pytest.raises(Unreadable, match="計算されていません"):
        read("a.xlsx", out.getvalue())


def test_an_encrypted_or_torn_part_is_refused_with_a_sentence():
    content = bytearray(book([["a"]]))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.infolist()[0]
    first = content.find(b"PK\x01\x02")
    locked = bytearray(content)
    locked[entry.header_offset + 6] |= 1
    locked[first + 8] |= 1
    torn = bytearray(content)
    torn[entry.header_offset + 30 + len(entry.filename) + 4] ^= 0xFF
    for broken in (locked, torn):
        with pytest.raises(Unreadable, match="開けません"):
            read("a.xlsx", bytes(broken))
