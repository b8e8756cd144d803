"""A ledger as Excel, CSV and PDF: by file, by unit, by fiscal year, however long (第15条)."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from files_registry.ledgers import outputs, workflow
from files_registry.ledgers.models import LedgerEntry
from files_registry.ledgers.rules import rules
from nerima_privacy.calendars.periods import today
from tests.files_registry import ledger_steps as steps

pytestmark = pytest.mark.article("15-1")


@pytest.fixture
def file(cast, client):
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    file = steps.opened(steps.held_since(cast, 700), cast.officer)
    old = steps.wrote(cast, file, remarks="=1+1")
    facts = {"kind": "copied", "on": today(), "done_by": "私", "data": steps.COPY}
    workflow.correct_entry(old.pk, **facts, reason="写しまちがい", actor=cast.officer)
    steps.wrote(cast, file, kind="used", on=today() - timedelta(days=500))
    return file


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(response):
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))


def of_unit(client, form="csv", code="0310", **data):
    """The ledgers of a unit, as its page is sent."""
    return client.post(reverse("ledgers:output-unit", args=[code]), {"form": form, "purpose": "年度の点検", **data})


def test_the_table_says_which_line_corrects_which(client, file):
    new, old, used = table(client.get(reverse("ledgers:export.csv", args=[file.pk])))
    assert old["訂正"] == f"記録{new['記録番号']}で訂正済み"
    assert new["訂正"] == f"記録{old['記録番号']}を訂正"
    assert new["訂正の理由"] == "写しまちがい"
    assert old["備考"] == "'=1+1"
    assert used["取扱い"] == "利用"
    assert new["件数"] == "120"
    assert {line["記録したときの秘匿性"] for line in (new, old, used)} == {rules()["3b"].label}


def test_a_year_and_a_unit_can_be_asked_for(cast, client, file):
    other = steps.held(cast, name="軽自動車税台帳")
    steps.wrote(cast, other)
    assert {line["ファイルの名称"] for line in table(of_unit(client))} == {file.name, other.name}
    assert len(table(of_unit(client, year="2025"))) == 1
    assert len(table(client.get(reverse("ledgers:export.csv", args=[file.pk]), {"year": "2025"}))) == 1


def test_excel_holds_numbers_as_numbers_and_no_formulas(client, file):
    sheet = load_workbook(io.BytesIO(body(client.get(reverse("ledgers:export.xlsx", args=[file.pk]))))).active
    rows = list(sheet.iter_rows(values_only=True))
    place = rows[0].index("件数")
    assert {row[place] for row in rows[1:]} == {120}
    assert sheet.cell(3, rows[0].index("備考") + 1).data_type == "s"


@pytest.mark.parametrize("together", [False, True])
def test_the_paper_holds_the_lines(client, file, together):
    alone = reverse("ledgers:ledger.pdf", args=[file.pk])
    response = of_unit(client, "pdf") if together else client.get(alone)
    assert response["Content-Type"] == "application/pdf"
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).replace("\n", "")
    assert "当初課税の準備" in said
    assert "写しまちがい" in said


def test_more_lines_than_a_paper_holds_are_refused_with_a_way_out(client, file, monkeypatch):
    monkeypatch.setattr(outputs, "MOST_ON_PAPER", 2)
    before = steps.everything()
    for response in (client.get(reverse("ledgers:ledger.pdf", args=[file.pk]), follow=True), of_unit(client, "pdf")):
        assert "3件あります" in response.content.decode()
        assert "Excel で受け取ってください" in response.content.decode()
    assert steps.everything() == before
    narrowed = client.get(reverse("ledgers:ledger.pdf", args=[file.pk]), {"year": "2025"})
    assert narrowed["Content-Type"] == "application/pdf"


def test_an_export_takes_as_many_queries_for_many_lines(cast, client, file):
    line, taken = LedgerEntry.objects.first(), []
    for count in (3, 303):
        with CaptureQueriesContext(connection) as queries:
            assert len(table(client.get(reverse("ledgers:export.csv", args=[file.pk])))) == count
        taken.append(len(queries))
        LedgerEntry.objects.bulk_create(
            LedgerEntry(file=file, kind="used", on=line.on, done_by="x", entered_by=cast.officer) for _ in range(300)
        )
    assert taken[0] == taken[1]
