"""Lines come in from Excel: each row is asked what the form asks, then all are taken in or none (第15条)."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import Workbook

from files_registry.access.models import Opening
from files_registry.ledgers.imports import LINES
from files_registry.ledgers.models import LedgerEntry, Origin
from files_registry.ledgers.workflow import correct_entry
from nerima_privacy.activity.models import Entry
from nerima_privacy.imports import workflow
from nerima_privacy.imports.models import ImportRun, RunStatus
from nerima_privacy.imports.policies import visible_to
from nerima_privacy.law.models import LegalParameter
from tests.files_registry import ledger_steps as steps

pytestmark = pytest.mark.article("15-1")
HEADERS = ["ファイル", "行った日", "取扱い", "目的・事務", "件数", "媒体", "場所", "方法・安全の措置", "行った人"]
ROW = ["F-00001", "令和8年11月20日", "複製", "当初課税", "１２０件", "USBメモリー等", "書庫B", "暗号化した", "例田"]


def checked(actor, *rows, headers=HEADERS):
    book = Workbook()
    book.active.title = "取扱台帳"
    book.active.append(headers)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    run = workflow.upload(kind="ledger", file_name="台帳.xlsx", content=out.getvalue(), reason="移行", actor=actor)
    return workflow.check(run.pk, actor=actor)


def changed(index, value):
    return [value if place == index else cell for place, cell in enumerate(ROW)]


@pytest.fixture
def file(cast):
    return steps.held_since(cast, 100)


def test_rows_come_in_all_at_once_and_a_second_time_not_at_all(cast, file):
    for expected in (2, 0):
        run = checked(cast.officer, ROW, changed(0, file.name))
        assert run.status == RunStatus.CHECKED, run.problems
        assert run.counts[0]["create"] == expected
        workflow.begin_commit(run.pk, actor=cast.officer)
        workflow.commit(run.pk, actor=cast.officer)
    assert LedgerEntry.objects.count() == 2
    entry = LedgerEntry.objects.first()
    assert (entry.persons, entry.medium, entry.origin, entry.entered_by) == (120, "usb", Origin.IMPORT, cast.officer)
    assert entry.entered_post
    assert Entry.objects.filter(verb="import.committed").count() == 2


@pytest.mark.article("11-3")
@pytest.mark.parametrize("asked", [["3b"], []])
def test_each_file_written_into_is_opened_with_the_reason_as_its_purpose(cast, file, asked):
    other, untouched = steps.held_since(cast, 100, name="督促簿"), steps.held_since(cast, 100, name="還付簿")
    LegalParameter.objects.filter(key="access.purpose_classes").update(value=asked)
    run = checked(cast.officer, ROW, changed(2, "利用"), changed(0, other.name))
    assert run.status == RunStatus.CHECKED, run.problems
    assert not Opening.objects.exists(), "checking takes everything back"
    workflow.begin_commit(run.pk, actor=cast.officer)
    workflow.commit(run.pk, actor=cast.officer)
    opened = [(one.file, one.person, one.purpose, one.refused) for one in Opening.objects.order_by("file_id")]
    assert opened == [(each, cast.officer, "移行", False) for each in (file, other)]
    assert {one.ground for one in Opening.objects.all()} == {"税務課　保護担当者"}
    assert not Opening.objects.filter(file=untouched).exists()


def test_what_comes_in_a_second_time_opens_nothing(cast, file):
    for _ in range(2):
        run = checked(cast.officer, ROW)
        workflow.begin_commit(run.pk, actor=cast.officer)
        workflow.commit(run.pk, actor=cast.officer)
    assert Opening.objects.count() == 1


def test_the_page_of_the_upload_says_what_the_reason_is_for(cast, file, client):
    client.force_login(cast.officer)
    page = client.get(reverse("imports:upload", args=["ledger"])).content.decode()
    assert "ファイルを開いた目的として残ります" in page


@pytest.mark.parametrize(
    ("index", "value", "said"),
    [
        (0, "F-99999", "入力できるファイルはありません"),
        (0, None, "ファイル"),
        (1, "令和99年1月1日", "令和"),
        (1, "令和9年11月20日", "きょうまで"),
        (1, "令和5年4月1日", "保有を始めた"),
        (2, "販売", "ありません"),
        (3, None, "必ず書きます"),
        (4, "たくさん", "数字"),
        (5, "石", "ありません"),
        (8, None, "行った人"),
    ],
)
def test_each_wrong_cell_is_named(cast, file, index, value, said):
    run = checked(cast.officer, ROW, changed(index, value))
    assert run.status == RunStatus.WRONG
    column = "ABCDEFGHI"[index]
    assert any(p["cell"].endswith(f"{column}3") and said in p["message"] for p in run.problems), run.problems


def test_files_of_other_units_are_unknown_to_the_table(cast, file):
    run = checked(cast.neighbour, ROW)
    assert run.status == RunStatus.WRONG
    assert "入力できるファイルはありません" in run.problems[0]["message"]


def test_a_run_is_seen_and_finished_by_who_uploaded_it_alone(cast, file, client):
    run = checked(cast.officer, ROW)
    for name in ("manager", "second_officer", "neighbour", "disclosure_manager", "administrator"):
        person = cast.people[name]
        assert not visible_to(person).filter(pk=run.pk).exists(), name
        for verb in (workflow.begin_commit, workflow.discard):
            with pytest.raises(PermissionDenied):
                verb(run.pk, actor=person)
    assert list(visible_to(cast.officer)) == [run]
    assert ImportRun.objects.get().status == RunStatus.CHECKED
    client.force_login(cast.clerk, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("imports:upload", args=["ledger"])).status_code == 403
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("imports:template", args=["ledger"])).status_code == 200
    assert client.get(run.get_absolute_url()).status_code == 200


def test_a_row_asks_what_the_form_asks_with_a_fixed_number_of_queries(cast, file, django_assert_max_num_queries):
    from files_registry.ledgers.imports import Planner
    from nerima_privacy.imports.kinds import Row

    values = {"file": "F-00001", "on": file.held_from, "kind": "copied", "done_by": "例田", **steps.COPY}
    rows = [Row(LINES, number, "", values | {"purpose": f"その{number}"}, {}) for number in range(500)]
    with django_assert_max_num_queries(8):
        plan = Planner(cast.officer).run(rows)
    assert len(plan.operations) == 500


def test_rows_are_counted_by_rows_whatever_is_wrong_with_them(cast, file):
    run = checked(cast.officer, ROW, [*changed(1, "令和99年1月1日")[:4], "千人", *ROW[5:]], changed(8, ""))
    assert run.status == RunStatus.WRONG
    assert len(run.problems) == 3
    assert run.rows == 3


@pytest.mark.parametrize("voids", [True, False])
def test_a_table_sent_again_does_not_bring_a_corrected_mistake_back(cast, file, voids):
    run = checked(cast.officer, ROW)
    workflow.begin_commit(run.pk, actor=cast.officer)
    workflow.commit(run.pk, actor=cast.officer)
    old = LedgerEntry.objects.get()
    facts = {"kind": "copied", "on": old.on, "done_by": "例田", "data": steps.COPY | {"persons": 12}}
    correct_entry(old.pk, **facts, reason="桁の誤り", voids=voids, actor=cast.officer)
    again = checked(cast.officer, ROW)
    assert again.counts[0]["create"] == 0
    assert any("訂正・取消し" in problem["message"] for problem in again.problems)
