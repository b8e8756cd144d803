"""An existing register comes in from Excel, one row a file (第10条)."""

import io

import pytest
from openpyxl import Workbook

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile
from nerima_privacy.activity.models import Entry
from nerima_privacy.imports import workflow
from nerima_privacy.imports.models import RunStatus

pytestmark = pytest.mark.article("10-1")
HEADERS = [
    "組織",
    "個人情報ファイルの名称",
    "個人情報ファイルの利用目的",
    "記録項目",
    "要配慮個人情報",
    "個人情報ファイルの種別",
    "本人の数",
    "保有開始日",
    "届出日",
]
ROW = [
    "0310",
    "課税台帳",
    "賦課に利用する。",
    "1氏名、2住所、3家族の状況（続柄、職業）",
    "含まない",
    "電算処理ファイル",
    "３５０，０００人",
    "平成25年4月1日",
    "令和5年4月20日",
]


def checked(cast, *rows, headers=HEADERS):
    book = Workbook()
    book.active.title = "個人情報ファイル"
    book.active.append(["練馬区　個人情報ファイル簿（見本）"])
    book.active.append(headers)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    actor = cast.disclosure_staff
    run = workflow.upload(kind="register", file_name="簿.xlsx", content=out.getvalue(), reason="移行", actor=actor)
    return workflow.check(run.pk, actor=actor)


def changed(**values):
    row = list(ROW)
    for index, value in values.items():
        row[int(index[1:])] = value
    return row


def test_a_file_comes_in_held_with_every_cell_and_its_history(cast):
    run = checked(cast, ROW)
    assert run.status == RunStatus.CHECKED, run.problems
    assert not PersonalInformationFile.objects.exists()
    workflow.begin_commit(run.pk, actor=cast.disclosure_staff)
    workflow.commit(run.pk, actor=cast.disclosure_staff)
    file = PersonalInformationFile.objects.get()
    assert (file.status, file.unit, file.number) == (FileStatus.HELD, cast.tax, "F-00001")
    assert str(file.first_filed_on) == "2023-04-20"
    assert file.current.items == "氏名\n住所\n家族の状況（続柄、職業）"
    assert file.current.persons == 350_000
    assert file.current.sensitive is False
    assert file.current.history.get().history_user == cast.disclosure_staff
    assert Entry.objects.filter(verb="import.committed").count() == 1


def test_the_same_table_twice_changes_nothing(cast):
    for expected in (1, 0):
        run = checked(cast, ROW)
        assert run.counts[0]["create"] == expected
        workflow.begin_commit(run.pk, actor=cast.disclosure_staff)
        workflow.commit(run.pk, actor=cast.disclosure_staff)
    assert FileVersion.objects.count() == 1


def test_a_name_two_sections_share_needs_the_code(cast):
    cast.collection.name = "管理課"
    cast.collection.save()
    run = checked(cast, changed(_0="管理課"))
    assert "コードで書いてください" in run.problems[0]["message"]
    assert run.problems[0]["cell"] == "個人情報ファイル!A3"


@pytest.mark.parametrize(
    ("index", "value", "said"),
    [
        (0, "税無課", "「税務課」ではありませんか"),
        (1, None, "名称"),
        (4, "たぶん", "○ または空欄"),
        (5, "3号", "ありません"),
        (6, "たくさん", "数字"),
        (7, "令和99年1月1日", "令和"),
        (7, "令和30年1月1日", "先の日付"),
    ],
)
def test_each_wrong_cell_is_named(cast, index, value, said):
    run = checked(cast, changed(**{f"_{index}": value}))
    assert run.status == RunStatus.WRONG
    column = "ABCDEFGHI"[index]
    assert any(p["cell"].endswith(f"{column}3") and said in p["message"] for p in run.problems), run.problems


def test_a_file_that_was_never_notified_comes_in_with_a_warning(cast):
    run = checked(cast, changed(_8=None))
    assert run.status == RunStatus.CHECKED
    assert any("届出のないファイル" in p["message"] for p in run.problems)
