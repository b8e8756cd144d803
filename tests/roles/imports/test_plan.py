"""Units, people and appointments from one table: the dry run says everything, the commit does all or nothing."""

import csv
import io
from datetime import date

import pytest
from openpyxl import Workbook

from nerima_privacy.activity.models import Entry
from nerima_privacy.imports import tasks, workflow
from nerima_privacy.imports.models import ImportRun, RunStatus
from roles.models import Appointment, Person, Posting, Unit
from roles.seats import Seat

pytestmark = pytest.mark.article("2-2")

UNIT_HEADERS = ["組織コード", "名称", "実施機関等", "上位の部", "部", "課", "学校", "設置日", "廃止日", "後継の組織"]
PEOPLE_HEADERS = ["職員番号", "氏名", "メール", "区分", "所属コード", "職名", "発令日", "終了日"]
SEAT_HEADERS = ["役割", "組織コード", "職員番号", "就任日", "任期の終わり", "根拠"]


def book(units=(), people=(), seats=()):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, headers, rows in (
        ("組織", UNIT_HEADERS, units),
        ("職員", PEOPLE_HEADERS, people),
        ("任命", SEAT_HEADERS, seats),
    ):
        if rows:
            sheet = workbook.create_sheet(title)
            sheet.append(headers)
            for row in rows:
                sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def checked(cast, content, name="異動.xlsx"):
    run = workflow.upload(kind="ward", file_name=name, content=content, reason="4月の異動", actor=cast.administrator)
    return workflow.check(run.pk, actor=cast.administrator)


def committed(cast, run):
    workflow.begin_commit(run.pk, actor=cast.administrator)
    return workflow.commit(run.pk, actor=cast.administrator)


def messages(run):
    return [(p["cell"], p["message"]) for p in run.problems if not p["warning"]]


def counts(run):
    return {c["title"]: (c["create"], c["change"], c["unchanged"]) for c in run.counts}


NEW_UNIT = ["0330", "国保年金課", "練馬区長", "0300", None, "○", None, "令和５年４月１日"]


def test_a_dry_run_writes_nothing_but_itself(cast):
    before = (Unit.objects.count(), Person.objects.count(), Unit.history.count())
    run = checked(cast, book([NEW_UNIT], [["N0001", "新任 一郎", None, None, "0330", "主事", "R9.4.1"]]))
    assert run.status == RunStatus.CHECKED, run.problems
    assert counts(run) == {"組織": (1, 0, 0), "職員": (1, 0, 0), "任命": (0, 0, 0)}
    assert (Unit.objects.count(), Person.objects.count(), Unit.history.count()) == before


def test_the_commit_writes_everything_with_history_and_one_entry(cast):
    run = checked(
        cast,
        book(
            [NEW_UNIT],
            [["N0001", "髙橋 𠮷子", "n1@example.lg.jp", "区の職員等", "0330", "課長", "令和9年4月1日"]],
            [["保護責任者", "0330", "N0001", "２０２７/４/１", None, "充て職"]],
        ),
    )
    committed(cast, run)
    person = Person.objects.get(staff_number="N0001")
    assert person.name == "髙橋 𠮷子"
    assert person.postings.get().unit.name == "国保年金課"
    assert person.appointments.get().valid_from == date(2027, 4, 1)
    assert not person.has_usable_password()
    history = Unit.objects.get(code="0330").history.get()
    assert history.history_user == cast.administrator
    assert history.history_change_reason == "4月の異動"
    assert list(Entry.objects.values_list("verb", flat=True)) == ["import.committed", "import.uploaded"]
    run.refresh_from_db()
    assert run.status == RunStatus.DONE
    assert run.payload is None


def test_a_transfer_ends_the_posting_before_and_warns_of_seats_that_go_on(cast):
    run = checked(cast, book(people=[["T0004", None, None, None, "0320", "課長", "令和9年4月1日"]]))
    assert counts(run)["職員"] == (0, 1, 0)
    assert any("税務課　保護責任者" in p["message"] for p in run.problems if p["warning"])
    committed(cast, run)
    old, new = Posting.objects.filter(person=cast.manager).order_by("valid_from")
    assert old.valid_to == date(2027, 3, 31)
    assert new.unit == cast.collection
    assert old.history.latest().history_user == cast.administrator


def test_a_successor_in_a_seat_ends_the_one_before(cast):
    run = checked(cast, book(seats=[["保護責任者", "0310", "T0007", "令和9年4月1日", None, "兼務"]]))
    assert run.status == RunStatus.CHECKED, run.problems
    committed(cast, run)
    before = Appointment.objects.get(person=cast.manager, seat=Seat.PROTECTION_MANAGER)
    assert before.valid_to == date(2027, 3, 31)


def test_what_is_the_same_is_counted_as_unchanged(cast):
    content = book([["0310", "税務課", "練馬区長", "0300", None, "○", None, "令和5年4月1日"]])
    run = checked(cast, content)
    assert counts(run)["組織"] == (0, 0, 1)


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (["0330", "新課", "練馬区町", "0300", None, "○", None, "R5.4.1"], "組織!C2", "「練馬区長」ではありませんか"),
        (["0330", "新課", "練馬区長", "0399", None, "○", None, "R5.4.1"], "組織!D2", "コード「0399」"),
        (["0330", "新課", "練馬区長", "0310", None, "○", None, "R5.4.1"], "組織!D2", "部ではありません"),
        (["0330", "新課", "練馬区長", "0300", None, "○", None, "令和99年4月1日"], "組織!H2", "令和"),
        (["0330", "新課", "練馬区長", "0300", None, "○", None, "令和8年2月30日"], "組織!H2", "ありません"),
        (["0330", "新学校", "練馬区長", "0300", None, None, "○", "R5.4.1"], "組織!D2", "学校の上に部は"),
        (["0330", None, "練馬区長", "0300", None, "○", None, "R5.4.1"], "組織!B2", "名称"),
        ([None, "新課", "練馬区長", "0300", None, "○", None, "R5.4.1"], "組織!A2", "組織コード"),
        (["0330", "長" * 61, "練馬区長", "0300", None, "○", None, "R5.4.1"], "組織!B2", "60字"),
        (["0330", "新課", "練馬区長", "0300", "たぶん", "○", None, "R5.4.1"], "組織!E2", "○"),
    ],
)
def test_each_error_is_named_with_its_cell(cast, row, cell, said):
    run = checked(cast, book([row]))
    assert run.status == RunStatus.WRONG
    assert any(where == cell and said in message for where, message in messages(run)), messages(run)
    assert not Unit.objects.filter(code="0330").exists()


def test_all_errors_are_shown_at_once(cast):
    run = checked(
        cast,
        book(
            [["0330", "新課", "練馬区町", "0300", None, "○", None, "R5.4.1"]],
            [["N1", "新任", "だめ", "区の職員", "0310", None, "いつか"]],
            [["保護責任社", "0310", "T0007", "R9.4.1"], ["保護責任者", "0310", "T9999", "R9.4.1"]],
        ),
    )
    cells = {cell for cell, _ in messages(run)}
    assert {"組織!C2", "職員!C2", "職員!D2", "職員!G2", "任命!A2", "任命!C3"} <= cells


def test_unknown_headers_are_named_and_near_misses_suggested(cast):
    rows = [["職員番号", "氏名", "所属コー", "星座"], ["T0004", "試験 manager", "0310", "ふたご座"]]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    run = checked(cast, out.getvalue().encode(), "異動.csv")
    said = " ".join(p["message"] for p in run.problems)
    assert "「所属コード」ではありませんか" in said
    assert "見出し「星座」は分かりません" in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_is_read_in_each_encoding_with_a_kind_column(cast, encoding):
    rows = [
        ["種別", "組織コード", "名称", "実施機関等", "上位の部", "課", "設置日", "職員番号", "氏名", "役割", "就任日"],
        ["組織", "0330", "国保年金課", "練馬区長", "0300", "○", "令和5年4月1日", "", "", "", ""],
        ["職員", "", "", "", "", "", "", "N0001", "新任 一郎", "", ""],
        ["任命", "0330", "", "", "", "", "", "N0001", "", "保護責任者", "令和9年4月1日"],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    run = checked(cast, out.getvalue().encode(encoding), "異動.csv")
    assert run.status == RunStatus.CHECKED, run.problems
    assert counts(run) == {"組織": (1, 0, 0), "職員": (1, 0, 0), "任命": (1, 0, 0)}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "空.xlsx", "空です"),
        (b"PK\x03\x04broken", "壊.xlsx", "開けません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古.xls", ".xlsx か CSV"),
        (b"\x00\x01\x02", "謎.csv", "文字のファイルではありません"),
        ('職員番号,氏名\nT1,"閉じない'.encode(), "引用.csv", "引用符"),
        (b"a,b\n\x81", "文字.csv", "2行目の文字"),
    ],
)
def test_what_cannot_be_read_says_why(cast, content, name, said):
    run = checked(cast, content, name)
    assert run.status == RunStatus.WRONG
    assert said in run.problems[0]["message"]


def test_two_holders_of_one_seat_at_one_time_are_refused_at_the_cell(cast):
    run = checked(
        cast,
        book(seats=[["保護責任者", "0310", "T0007", "R9.4.1"], ["保護責任者", "0310", "T0008", "R9.4.1"]]),
    )
    assert any("重なります" in message for _, message in messages(run))


def test_an_audit_officer_is_not_made_by_a_table(cast):
    run = checked(cast, book(seats=[["監査責任者", None, "T0007", "R9.4.1"]]))
    assert any("総括保護管理者が" in message for _, message in messages(run))


def test_a_formula_like_cell_is_kept_as_text(cast):
    rows = [["職員番号", "氏名"], ["N0001", "=1+1"]]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    committed(cast, checked(cast, out.getvalue().encode(), "式.csv"))
    assert Person.objects.get(staff_number="N0001").name == "=1+1"


def test_a_ward_that_changed_since_the_check_is_not_overwritten(cast):
    run = checked(cast, book([NEW_UNIT]))
    Unit.objects.create(
        code="0330", name="先に作られた課", organ=cast.mayor, is_section=True, valid_from=date(2026, 1, 1)
    )
    workflow.begin_commit(run.pk, actor=cast.administrator)
    tasks.commit(run.pk, cast.administrator.pk)
    run = ImportRun.objects.get(pk=run.pk)
    assert run.status == RunStatus.FAILED
    assert "変わりました" in run.problems[0]["message"]
    assert Unit.objects.get(code="0330").name == "先に作られた課"
    assert not Entry.objects.filter(verb="import.committed").exists()
