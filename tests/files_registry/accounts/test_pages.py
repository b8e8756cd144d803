"""The pages: from the file to the record, what was typed kept, what each reader sees (第11条第1項)."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from files_registry.access.models import Grant
from files_registry.accounts.desk import badge
from files_registry.accounts.forms import field_name
from files_registry.accounts.models import AccountColumns, AccountComparison, AccountFinding
from files_registry.accounts.panels import offers_for
from nerima_privacy.calendars.periods import today
from roles.holdings import load_holdings
from tests.files_registry.access import steps
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import line
from tests.files_registry.accounts.test_every_verb import answered, recorded

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]


def send(client, made, content, **facts):
    file = io.BytesIO(content)
    file.name = "accounts.csv"
    return client.post(f"/accounts/systems/{made.pk}/upload/", {"table": file, "as_of": "R8.11.1", **facts})


def words(**meanings):
    found = {}
    for word, meaning in meanings.items():
        found[field_name("rights", word)] = meaning
        found[f"asked-{field_name('rights', word)}"] = "1"
    return found


@pytest.fixture
def made(cast):
    return making.system(cast)


def test_from_the_file_to_the_record(client, cast, made):
    client.force_login(cast.officer)
    response = send(client, made, making.table(line("A1", cast.clerk), line("B1", "", "更新")))
    row = AccountComparison.objects.get()
    assert response["Location"] == f"/accounts/{row.pk}/columns/"
    page = client.get(response["Location"]).content.decode()
    assert "「閲覧」でできること" in page
    chosen = {**making.COLUMNS, **words(閲覧=["open_file"], 更新=["open_file", "enter_file"])}
    assert client.post(f"/accounts/{row.pk}/columns/", chosen)["Location"] == row.get_absolute_url()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "まだ記録していません" in page
    assert cast.clerk.name in page
    assert not AccountFinding.objects.exists()
    row.refresh_from_db()
    client.post(f"/accounts/{row.pk}/record/", {"digest": row.digest})
    page = client.get(row.get_absolute_url()).content.decode()
    assert "余分なアカウント" in page
    assert "このシステムのどのファイルにも権限がありません" in page


def test_the_columns_are_guessed_from_the_headers_the_first_time(client, cast, made):
    client.force_login(cast.officer)
    head = ("利用者ID", "職員番号", "利用者名", "権限区分", "最終ログイン日時", "状態")
    send(client, made, making.table(("A1", "1", "例", "照会", "", "停止"), head=head))
    form = client.get(f"/accounts/{AccountComparison.objects.get().pk}/columns/").context["form"]
    keys = ("account", "staff", "name", "rights", "last_login", "stopped")
    assert [form[key].initial for key in keys] == list(head)
    assert form[field_name("rights", "照会")].initial == ["open_file"]
    assert form[field_name("stopped", "停止")].initial == "yes"


def test_the_next_time_what_was_chosen_is_offered(client, cast, made):
    making.recorded(cast, made, line("A1", cast.clerk))
    client.force_login(cast.officer)
    send(client, made, making.table(line("A1", cast.clerk), line("A2", "", "新顔")), as_of=today().isoformat())
    response = client.get(f"/accounts/{AccountComparison.objects.first().pk}/columns/")
    form = response.context["form"]
    assert [form[key].initial for key in making.COLUMNS] == list(making.COLUMNS.values())
    assert form[field_name("rights", "閲覧")].initial == ["open_file"]
    assert "前回選んだ意味" in response.content.decode()
    assert "前回はなかったことば" in str(form[field_name("rights", "新顔")].help_text)


def test_a_header_that_changed_is_said_at_its_field(client, cast, made):
    making.recorded(cast, made, line("A1", cast.clerk))
    client.force_login(cast.officer)
    content = making.table(line("A1", cast.clerk), head=("ユーザID", "社員コード", "権限"))
    send(client, made, content, as_of=today().isoformat())
    response = client.get(f"/accounts/{AccountComparison.objects.first().pk}/columns/")
    form = response.context["form"]
    assert "「職員番号」の列でしたが、このファイルにはありません" in str(form["staff"].help_text)
    assert not form["staff"].initial
    assert "見出しが前回と変わっています" in response.content.decode()


def test_another_column_asks_for_its_own_words_and_keeps_what_was_chosen(client, cast, made):
    row = making.uploaded(
        cast, made, content=making.table(("A1", "1", "閲覧", "係員"), head=("ID", "職員番号", "権限", "役職名"))
    )
    client.force_login(cast.officer)
    sent = {"account": "ID", "staff": "職員番号", "rights": "役職名", **words(閲覧=["open_file"])}
    response = client.post(f"/accounts/{row.pk}/columns/", sent)
    form = response.context["form"]
    assert response.status_code == 422
    assert form["rights"].value() == "役職名"
    assert "「係員」の意味を選んでください。" in form.errors[field_name("rights", "係員")]
    assert not AccountColumns.objects.exists()
    response = client.post(f"/accounts/{row.pk}/columns/", {**sent, **words(係員=["open_file"])})
    assert response.status_code == 302


def test_what_a_word_meant_the_last_time_is_offered_when_its_column_is_chosen_again(client, cast, made):
    meaning = making.Meaning({**making.COLUMNS, "stopped": "状態"}, making.WORDS, {"有効": False, "停止": True})
    head = ("ユーザID", "職員番号", "権限", "状態")
    before = making.table((*line("A1", cast.clerk), "有効"), (*line("A2", ""), "停止"), head=head)
    making.recorded(cast, made, content=before, meaning=meaning)
    row = making.uploaded(cast, made, content=before.replace("状態".encode(), "区分".encode()))
    client.force_login(cast.officer)
    sent = {**making.COLUMNS, "stopped": "区分", **words(閲覧=["open_file"])}
    form = client.post(f"/accounts/{row.pk}/columns/", sent).context["form"]
    assert list(form.errors) == ["__all__"]
    assert "下に出ています" in form.errors["__all__"][0]
    assert form[field_name("stopped", "有効")].value() == "no"
    assert form[field_name("stopped", "停止")].value() == "yes"
    assert "ありません" not in str(form["stopped"].help_text)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"account": "", "staff": "職員番号"}, "account"),
        ({"account": "ユーザID", "staff": ""}, "staff"),
        ({"account": "ユーザID", "staff": "職員番号", "name": "職員番号"}, "name"),
        ({"account": "ない列", "staff": "職員番号"}, "account"),
    ],
)
def test_columns_that_do_not_hold_are_named_at_their_field(client, cast, made, sent, field):
    row = making.uploaded(cast, made, line("A1", cast.clerk))
    client.force_login(cast.officer)
    response = client.post(f"/accounts/{row.pk}/columns/", sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert AccountComparison.objects.get().status == "uploaded"


def test_a_word_is_not_no_right_and_some_at_once(client, cast, made):
    row = making.uploaded(cast, made, line("A1", cast.clerk))
    client.force_login(cast.officer)
    response = client.post(f"/accounts/{row.pk}/columns/", {**making.COLUMNS, **words(閲覧=["open_file", "none"])})
    assert response.status_code == 422


def test_a_column_of_too_many_words_is_refused_at_the_field(client, cast, made):
    rows = [line(f"A{n}", "", f"権限{n}") for n in range(61)]
    row = making.uploaded(cast, made, *rows)
    client.force_login(cast.officer)
    response = client.post(f"/accounts/{row.pk}/columns/", making.COLUMNS)
    assert "60をこえる種類" in str(response.context["form"].errors["rights"])


def test_a_refused_file_keeps_the_day_that_was_typed(client, cast, made):
    client.force_login(cast.officer)
    response = send(client, made, b"\x00", as_of="令和8年10月1日")
    assert response.status_code == 422
    assert response.context["form"]["as_of"].value() == "令和8年10月1日"
    assert "文字のファイルではありません" in response.content.decode()


def test_wrong_cells_are_shown_and_the_meaning_is_kept(client, cast, made):
    row = making.checked(cast, made, line("", cast.clerk), line("A1", cast.clerk))
    client.force_login(cast.officer)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "A2" in page
    assert "なにも記録していません" in page
    assert AccountColumns.objects.get().columns == making.COLUMNS


def test_the_answer_form_keeps_what_was_typed(client, cast):
    row = recorded(cast)
    finding = AccountFinding.objects.get(account="A1")
    client.force_login(cast.officer)
    sent = {"findings": f"{finding.pk}:", "code": "kept", "reason": "夜間処理のため", "tab": "waiting"}
    response = client.post(f"/accounts/{row.pk}/answer/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "夜間処理のため" in page
    assert f'value="{finding.pk}:" aria-label="A1を選ぶ" checked' in page
    assert "いつまで残すか" in response.context["form"].errors["until"][0]
    response = client.post(f"/accounts/{row.pk}/answer/", {**sent, "until": "令和9年3月31日"})
    assert response.status_code == 302
    page = client.get(f"{row.get_absolute_url()}?tab=excess").content.decode()
    assert "業務上必要なので残す（令和9年3月31日まで）" in page
    assert cast.officer.name in page


def test_all_of_a_page_are_answered_at_once(client, cast):
    row = recorded(cast)
    client.force_login(cast.officer)
    page = client.get(row.get_absolute_url()).content.decode()
    offered = [f"{pk}:" for pk in AccountFinding.objects.exclude(kind="missing").values_list("pk", flat=True)]
    assert all(f'name="offered" value="{value}"' in page for value in offered)
    client.post(f"/accounts/{row.pk}/answer/", {"everything": "1", "offered": offered, "code": "stopped"})
    assert not AccountFinding.objects.exclude(kind="missing").filter(answer=None).exists()


def test_other_sheets_are_named_as_not_read(client, cast, made):
    book = Workbook()
    book.active.append(["ユーザID", "職員番号"])
    book.active.append(["A1", cast.clerk.staff_number])
    book.create_sheet("控え").append(["B1", "2"])
    out = io.BytesIO()
    book.save(out)
    row = making.uploaded(cast, made, content=out.getvalue(), name="a.xlsx")
    client.force_login(cast.officer)
    assert "ほかのシート（控え）は読みません" in client.get(f"/accounts/{row.pk}/columns/").content.decode()


@pytest.mark.parametrize("who", ["department_manager", "chief"])
def test_the_seats_above_read_every_finding_and_answer_none(client, cast, who):
    row = recorded(cast)
    client.force_login(cast.people[who])
    response = client.get(f"{row.get_absolute_url()}?tab=excess")
    assert cast.clerk.name in response.content.decode()
    assert response.context["form"] is None


def test_the_administrator_sees_what_is_amiss_and_not_what_for(client, cast, made):
    steps.granted(cast, making.file_of(made), purpose="秘密の目的")
    row = making.recorded(cast, made, line("A1", cast.clerk, "管理"))
    client.force_login(cast.dispatched)
    page = client.get(f"{row.get_absolute_url()}?tab=wider").content.decode()
    assert cast.clerk.name in page
    assert "入力・更新、削除、出力" in page
    assert "秘密の目的" not in page
    assert making.file_of(made).name not in page


def test_a_past_administrator_sees_nothing(client, cast):
    row = recorded(cast)
    row.system.administrators.update(valid_to=today() - timedelta(days=1))
    client.force_login(cast.dispatched)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(f"/accounts/systems/{row.system_id}/").status_code == 404


def test_whoever_has_only_a_file_in_it_sees_the_own_people_in_page_and_excel(client, cast, made):
    making.link(cast, made, steps.held_file(cast, cast.school, number="P-1"))
    row = making.recorded(cast, made, line("A1", cast.teacher), line("A2", cast.clerk), line("A3", ""))
    client.force_login(cast.principal)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "A1を選ぶ" in page
    assert cast.clerk.name not in page
    response = client.get(f"/accounts/{row.pk}/findings.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    accounts = [cell.value for cell in sheet["C"]][1:]
    assert "A1" in accounts
    assert "A2" not in accounts
    client.force_login(cast.other_principal)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_the_excel_holds_what_was_done(client, cast):
    row = recorded(cast)
    answered(row, cast.officer, "A1", reason="11月25日")
    client.force_login(cast.chief)
    response = client.get(f"/accounts/{row.pk}/findings.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    lines = {r[2]: r for r in sheet.iter_rows(min_row=2, values_only=True)}
    assert lines["A1"][0] == "余分なアカウント"
    assert lines["A1"][10:12] == ("アカウントを停止した", "11月25日")
    assert lines["A2"][9] == "答え待ち"


def test_who_reads_only_is_offered_nothing_to_do(client, cast):
    row = recorded(cast)
    client.force_login(cast.chief)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "答えを記録する" not in page
    assert "一覧を読み込ませる" not in client.get(f"/accounts/systems/{row.system_id}/").content.decode()


def test_the_empty_list_says_who_compares(client, cast):
    client.force_login(cast.clerk)
    page = client.get("/accounts/").content.decode()
    assert "あなたが突き合わせる情報システムはありません" in page


def test_the_page_of_a_system_is_offered_to_those_who_may_know(cast):
    made = making.system(cast)
    assert [offer.url for offer in offers_for(made, cast.officer)] == [f"/accounts/systems/{made.pk}/"]
    assert offers_for(made, cast.clerk) == []


def counted(act):
    """How many queries; the rows of the findings are inserted in as many batches as there are rows for."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(1 for query in queries if not query["sql"].startswith('INSERT INTO "files_registry_accountfinding"'))


def enlarge(cast, made, many):
    """`many` people with an account and a grant each, and as many files in the system."""
    from django.utils import timezone

    from roles.models import Person, Posting

    start = Person.objects.count()
    people = Person.objects.bulk_create(
        Person(staff_number=f"N{start + n:05}", name=f"例 {n}", password="!") for n in range(many)
    )
    Posting.objects.bulk_create(Posting(person=p, unit=cast.tax, valid_from=making.BEGIN) for p in people)
    for n in range(many // 10):
        making.link(cast, made, steps.held_file(cast, cast.tax, number=f"N-{start}-{n}"))
    file, now = made.system_files.first().file, timezone.now()
    Grant.objects.bulk_create(
        Grant(
            file=file, person=p, unit=cast.tax, purpose="例", begins_at=now, ends_at=now + timedelta(days=9),
            status="granted", status_since=now, asked_by=cast.officer, asked_at=now, decided_by=cast.manager,
            decided_at=now,
        )
        for p in people[: many // 2]
    )  # fmt: skip
    return [line(f"U{p.staff_number}", p, "更新") for p in people]


def test_checking_and_recording_take_as_many_queries_for_many_accounts_as_for_few(cast):
    found = []
    for many in (20, 200):
        made = making.system(cast, name=f"大きさ{many}")
        rows = enlarge(cast, made, many)
        row = making.uploaded(cast, made, *rows)
        check = counted(lambda row=row: making.workflow.check(row.pk, meaning=making.MEANING, actor=cast.officer))
        row.refresh_from_db()
        record = counted(
            lambda row=row: making.workflow.record_comparison(row.pk, digest=row.digest, actor=cast.officer)
        )
        assert AccountFinding.objects.filter(comparison=row).exclude(kind="missing").count() == many
        found.append((check, record))
    assert found[0] == found[1], found
    assert max(found[0]) <= 45


def test_the_pages_take_no_more_queries_for_many_findings(client, cast):
    found = []
    client.force_login(cast.officer)
    client.get("/accounts/")
    for many in (20, 120):
        made = making.system(cast, name=f"大きさ{many}")
        row = making.recorded(cast, made, *enlarge(cast, made, many))
        urls = [row.get_absolute_url(), f"/accounts/systems/{made.pk}/", "/accounts/"]
        found.append([counted(lambda url=url: client.get(url)) for url in urls])
    assert found[0] == found[1], found
    assert max(found[0]) <= 12, found


@pytest.mark.parametrize(("who", "offered"), [("officer", True), ("manager", True), ("chief", True), ("clerk", False)])
def test_the_menu_leads_those_there_whose_work_it_is(client, cast, made, who, offered):
    client.force_login(cast.people[who])
    assert ('href="/accounts/"' in client.get("/").content.decode()) is offered


def test_the_menu_says_how_many_findings_wait_for_the_reader(cast, made):
    making.recorded(cast, made, line("A1", cast.clerk), line("A2", cast.dispatched))
    assert badge(cast.officer, load_holdings(cast.officer)).count() == 2
    assert badge(cast.dispatched, load_holdings(cast.dispatched)).count() == 1, "the own account waits for others"
    assert badge(cast.clerk, load_holdings(cast.clerk)).count() == 0
