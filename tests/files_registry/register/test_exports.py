"""An entry and an edition say the same in HTML, CSV, JSON, PDF and Excel."""

import csv
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from files_registry.catalogue.cells import CELLS
from nerima_privacy.documents.tables import plain


@pytest.fixture
def edition(held, judge, publish):
    judge(held("=HYPERLINK(1)ファイル", purpose="＝1+1", scope="-2+3を除く髙𠮷", remarks="@備考"))
    judge(held("学童クラブ利用者ファイル", processing="manual", manual_twin=None))
    return publish()


def body(client, name, *args):
    response = client.get(reverse(f"register:{name}", args=args))
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def entries(edition):
    return [{cell["no"]: cell["value"] for cell in entry.cells} for entry in edition.entries.order_by("position")]


def test_csv_and_json_say_what_the_edition_says(client, edition):
    rows = list(csv.reader(io.StringIO(body(client, "csv").decode("utf-8-sig"))))
    data = json.loads(body(client, "json"))
    assert rows[0] == list(data["columns"].values())
    assert rows[0][2:] == [f"{cell.no} {cell.label}" for cell in CELLS]
    assert data["edition"]["entries"] == len(data["entries"]) == len(rows) - 1 == 2
    for row, line, says in zip(rows[1:], data["entries"], entries(edition), strict=True):
        assert [plain(value) for value in row[2:]] == list(says.values())
        assert list(line.values())[2:] == list(says.values())


def test_no_cell_of_the_csv_is_a_formula(client, edition):
    for row in csv.reader(io.StringIO(body(client, "csv").decode("utf-8-sig"))):
        for value in row:
            assert value[:1] not in set("=+-@＝＋－＠") or value in {"―"}


def test_an_earlier_edition_stays_as_it_was(client, edition, held, judge, publish):
    first = body(client, "edition-json", 1)
    judge(held("新しい"))
    publish()
    assert body(client, "edition-json", 1) == first
    assert len(json.loads(body(client, "json"))["entries"]) == 3


def test_the_page_shows_every_cell_in_the_order_of_the_form(client, edition):
    for entry in edition.entries.all():
        html = body(client, "entry", entry.key).decode()
        labels = [html.index(cell["label"]) for cell in entry.cells[3:8]]
        assert labels == sorted(labels)
        for cell in entry.cells:
            assert cell["value"].replace("&", "&amp;") in html


def test_the_pdf_holds_every_cell_on_the_official_form(client, edition):
    for entry in edition.entries.all():
        pages = PdfReader(io.BytesIO(body(client, "pdf", entry.key))).pages
        text = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "").replace("　", "")
        assert len(pages) == 1
        for no in (1, 2, 4, 6, 7, 10):
            assert entry.cells[no - 1]["value"].replace(" ", "") in text
        assert "第1版" in text


def test_the_workbook_holds_every_cell_and_no_formula(client, edition):
    for entry in edition.entries.all():
        sheet = load_workbook(io.BytesIO(body(client, "excel", entry.key))).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type == "s" for cell in cells)
        text = "\n".join(str(cell.value) for cell in cells)
        for no in (1, 2, 4, 5, 6, 7, 10):
            assert entry.cells[no - 1]["value"] in text


def test_what_is_left_off_is_a_workbook_for_the_disclosure_section_only(client, cast, held, judge):
    judge(held("外れるファイル", persons=5), reason="5人のため。")
    address = reverse("editions:left-off-excel")
    client.force_login(cast.manager)
    assert client.get(address).status_code == 403
    client.force_login(cast.disclosure_staff)
    sheet = load_workbook(io.BytesIO(b"".join(client.get(address).streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:2] == ["ファイル番号", "名称"]
    assert rows[1][1] == "外れるファイル"
    assert rows[1][5] == "5人のため。"
