"""Lists as real systems write them: encodings, odd cells, wrong ones named, mapping remembered (第11条第1項)."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from files_registry.accounts import workflow
from files_registry.accounts.columns import guess_rights, guess_stopped, headed
from files_registry.accounts.models import AccountColumns, AccountComparison, AccountFinding
from files_registry.accounts.reading import Meaning
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import accounts_of, line, table

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]


@pytest.fixture
def made(cast):
    return making.system(cast)


def excel(*rows, sheet="Sheet1"):
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_csv_is_read_in_each_encoding_an_office_writes(cast, made, encoding):
    content = table(line("A1", cast.clerk), line("髙橋", "")).decode().encode(encoding)
    row = making.recorded(cast, made, content=content)
    assert set(accounts_of(row)) == {"A1", "髙橋"}


def test_a_book_with_a_title_line_and_a_column_called_kind_is_read(cast, made):
    head = ("ユーザID", "職員番号", "種別")
    content = excel(("アカウント一覧（11月）",), head, ("A1", cast.clerk.staff_number, "閲覧"), sheet="一覧")
    meaning = Meaning({"account": "ユーザID", "staff": "職員番号", "rights": "種別"}, making.WORDS, {})
    row = making.recorded(cast, made, content=content, name="a.xlsx", meaning=meaning)
    assert set(accounts_of(row)) == {"A1"}


def test_a_title_of_two_cells_is_not_taken_for_the_headers(cast, made):
    head, rows = ("番号", "だれ", "なに"), [("A1", cast.clerk.staff_number, "閲覧")]
    content = excel(("税務", "11月"), head, *rows)
    assert headed("a.xlsx", content).headers == list(head)
    meaning = Meaning({"account": "番号", "staff": "だれ", "rights": "なに"}, making.WORDS, {})
    row = making.recorded(cast, made, content=content, name="a.xlsx", meaning=meaning)
    assert set(accounts_of(row)) == {"A1"}


def test_the_id_may_be_the_staff_number(cast, made):
    content = table((cast.clerk.staff_number, "閲覧"), ("X9", "閲覧"), head=("職員番号", "権限"))
    meaning = Meaning({"account": "職員番号", "staff": "職員番号", "rights": "権限"}, making.WORDS, {})
    row = making.recorded(cast, made, content=content, meaning=meaning)
    assert accounts_of(row) == {cast.clerk.staff_number: ("excess", "no_right"), "X9": ("unknown", "not_known")}


def test_days_of_last_use_are_read_as_systems_write_them(cast, made):
    head = ("ユーザID", "職員番号", "最終ログイン")
    days = {"A1": "2026/11/20 9:05:33", "A2": "R8.11.20", "A3": "20261120", "A4": "-", "A5": "2026-11-20T09:05:33"}
    content = table(*((account, "", day) for account, day in days.items()), head=head)
    meaning = Meaning({"account": "ユーザID", "staff": "職員番号", "last_login": "最終ログイン"}, {}, {})
    row = making.recorded(cast, made, content=content, meaning=meaning)
    found = dict(
        AccountFinding.objects.filter(comparison=row).exclude(kind="missing").values_list("account", "last_login")
    )
    assert found.pop("A4") is None
    assert {str(day) for day in found.values()} == {"2026-11-20"}


def test_a_mark_of_stopping_is_read_by_its_word(cast, made):
    head = ("ユーザID", "職員番号", "状態")
    content = table(("A1", "", "停止"), ("A2", "", "利用中"), ("A3", "", ""), head=head)
    meaning = Meaning(
        {"account": "ユーザID", "staff": "職員番号", "stopped": "状態"}, {}, {"停止": True, "利用中": False}
    )
    row = making.recorded(cast, made, content=content, meaning=meaning)
    assert set(accounts_of(row)) == {"A2", "A3"}


def test_wrong_cells_are_named_by_line_and_column_and_nothing_is_found(cast, made):
    head = ("ユーザID", "職員番号", "権限", "最終ログイン")
    content = table(
        ("A1", cast.clerk.staff_number, "閲覧", "2026/13/45"),
        ("", cast.clerk.staff_number, "閲覧", ""),
        ("A1", cast.teacher.staff_number, "閲覧", ""),
        ("A2", "", "なぞ", ""),
        ("A1", cast.manager.staff_number, "閲覧", ""),
        head=head,
    )
    meaning = Meaning({**making.COLUMNS, "last_login": "最終ログイン"}, making.WORDS, {})
    row = making.checked(cast, made, content=content, meaning=meaning)
    cells = {problem["cell"] for problem in row.problems if not problem["warning"]}
    assert cells == {"D2", "A3", "C5", "B6"}
    assert row.status == "wrong"
    assert row.counts["errors"] == 4
    assert not AccountFinding.objects.exists()
    with pytest.raises(MoveRefused):
        workflow.record_comparison(row.pk, digest="", actor=cast.officer)


def test_a_wrong_list_may_be_read_with_another_meaning(cast, made):
    row = making.checked(cast, made, line("A1", cast.clerk, "なぞ"))
    assert row.status == "wrong"
    meaning = Meaning(making.COLUMNS, {**making.WORDS, "なぞ": ["open_file"]}, {})
    assert workflow.check(row.pk, meaning=meaning, actor=cast.officer).status == "checked"


def test_names_that_do_not_fit_are_told_by_cell_and_not_kept(cast, made):
    head = ("ユーザID", "職員番号", "氏名")
    number = cast.clerk.staff_number
    content = table(("A1", number, cast.clerk.name), ("A2", number, "例田 花子"), head=head)
    meaning = Meaning({"account": "ユーザID", "staff": "職員番号", "name": "氏名"}, {}, {})
    row = making.checked(cast, made, content=content, meaning=meaning)
    assert [(p["cell"], p["warning"]) for p in row.problems] == [("A3", True)]
    assert "例田" not in str([row.problems, row.shown, row.counts])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空です"),
        (b"\x00\x01", "文字のファイルではありません"),
        ("ユーザID,職員番号".encode(), "アカウントの行がありません"),
        ("一覧\n二行".encode(), "見出し"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "古い形式"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_field_and_not_kept(cast, made, content, words):
    before = making.written()
    with pytest.raises(Invalid) as refused:
        making.uploaded(cast, made, content=content)
    assert words in refused.value.errors["table"]
    assert making.written() == before


def test_more_rows_than_are_taken_at_once_are_refused(cast, made, settings):
    settings.ACCOUNTS_MAX_ROWS = 3
    before = making.written()
    with pytest.raises(Invalid, match="4行あります。突き合わせられる一覧は3行まで"):
        making.uploaded(cast, made, *(line(f"A{n}", "") for n in range(3)))
    assert making.written() == before


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 16_384), (20_000, 16_384)])
def test_a_small_book_with_one_cell_far_out_is_refused_before_memory_is_taken_for_all_between(cast, made, row, column):
    book = Workbook()
    book.active.append(["ユーザID", "職員番号"])
    book.active.cell(row, column).value = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Invalid, match="表から離れたところの文字を消して"):
        making.uploaded(cast, made, content=out.getvalue(), name="a.xlsx")


def test_a_formula_another_program_left_uncalculated_is_named_and_not_read_as_empty(cast, made):
    content = excel(("ユーザID", "職員番号"), ("A1", f'=RIGHT("{cast.clerk.staff_number}", 9)'))
    with pytest.raises(Invalid, match="セル B2 の数式が計算されていません"):
        making.uploaded(cast, made, content=content, name="a.xlsx")


def test_a_book_of_another_kind_in_an_excel_name_is_refused(cast, made):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(Invalid, match="のファイルではありません"):
        making.uploaded(cast, made, content=out.getvalue(), name="a.xlsx")


def test_a_file_of_too_many_bytes_is_refused(client, cast, made, settings):
    settings.UPLOAD_MAX_BYTES = 10
    client.force_login(cast.officer)
    file = io.BytesIO(table(line("A1", cast.clerk)))
    file.name = "a.csv"
    response = client.post(f"/accounts/systems/{made.pk}/upload/", {"table": file, "as_of": "R8.11.1"})
    assert response.status_code == 422
    assert "大きすぎます" in response.content.decode()
    assert not AccountComparison.objects.exists()


def test_the_meaning_is_remembered_for_the_system_and_for_no_other(cast, made):
    other = making.system(cast, cast.collection, "収納システム")
    making.checked(cast, made, line("A1", cast.clerk))
    kept = AccountColumns.objects.get()
    assert kept.system == made
    assert (kept.columns, kept.words) == (making.COLUMNS, making.WORDS)
    assert not AccountColumns.objects.filter(system=other).exists()


@pytest.mark.parametrize(
    ("word", "rights"),
    [
        ("閲覧のみ", ["open_file"]),
        ("入力担当", ["open_file", "enter_file"]),
        ("システム管理者", ["open_file", "enter_file", "erase_file", "output_file"]),
        ("なし", ["none"]),
        ("R07", []),
    ],
)
def test_the_meaning_of_a_word_is_guessed_or_left_open(word, rights):
    assert guess_rights(word) == rights


def test_what_a_mark_means_depends_on_the_header():
    assert guess_stopped("1", "停止区分") == "yes"
    assert guess_stopped("1", "有効") == "no"
    assert guess_stopped("ロック中", "状態") == "yes"
    assert guess_stopped("B", "状態") == ""
