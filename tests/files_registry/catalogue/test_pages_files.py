"""The pages of files: list, record, versions, comparison, history, disposal, export."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from tests.files_registry import steps

S = FilingStatus


def many(cast, count=60):
    """Held files of 税務課, written in bulk."""
    files = PersonalInformationFile.objects.bulk_create(
        PersonalInformationFile(
            number=f"T-{n:05}",
            unit=cast.tax,
            name=f"台帳{n}",
            search_text=f"t-{n:05} 台帳{n}",
            first_filed_on=today(),
            created_by=cast.officer,
        )
        for n in range(count)
    )
    versions = FileVersion.objects.bulk_create(
        FileVersion(
            file=file,
            number=1,
            name=file.name,
            organ=cast.mayor,
            unit=cast.tax,
            status=VersionStatus.IN_FORCE,
            in_force_from=today(),
            purpose="賦課に利用する。",
            my_number=True,
        )
        for file in files
    )
    for file, version in zip(files, versions, strict=True):
        file.current, file.status, file.held_from = version, FileStatus.HELD, today()
    PersonalInformationFile.objects.bulk_update(files, ["current", "status", "held_from"])
    return files


@pytest.fixture
def see(client):
    def get(person, name, *args, **query):
        client.force_login(person)
        return client.get(reverse(name, args=args), query)

    return get


def test_the_list_shows_fifty_a_page_to_those_who_may(cast, see):
    many(cast)
    html = see(cast.officer, "files:list").content.decode()
    assert "60件" in html
    assert html.count("台帳") >= 50
    assert "2ページ目" in html
    assert "見ることができるファイルはありません" in see(cast.outsider, "files:list").content.decode()


@pytest.mark.parametrize("name", ["files:list", "filings:list"])
@pytest.mark.parametrize("person", ["officer", "manager", "disclosure_manager", "chief", "department_manager", "clerk"])
def test_a_list_takes_a_fixed_number_of_queries(cast, client, name, person, django_assert_max_num_queries):
    files = many(cast)
    Filing.objects.bulk_create(
        Filing(
            kind=FilingKind.CHANGE,
            status=S.CORRECTING,
            status_since="2026-11-01T00:00:00+09:00",
            number=f"R8-9{n:03}",
            filed_at="2026-11-01T00:00:00+09:00",
            filed_by=cast.manager,
            file=file,
            unit=cast.tax,
            version=FileVersion.objects.create(
                file=file, number=2, organ=cast.mayor, unit=cast.tax, status=VersionStatus.PROPOSED
            ),
            base_version=file.current,
            drafted_by=cast.officer,
        )
        for n, file in enumerate(files)
    )
    client.force_login(cast.people[person])
    address = f"{reverse(name)}?tab=open"
    client.get(address)
    with django_assert_max_num_queries(12):
        html = client.get(address).content.decode()
    assert "60件" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "台帳７"}, True),
        ({"q": "ない言葉"}, False),
        ({"status": "ceased"}, False),
        ({"my_number": "yes"}, True),
        ({"my_number": "no"}, False),
        ({"status": "でたらめ", "unit": "abc"}, True),
        ({"page": "9999"}, True),
    ],
)
def test_the_list_is_searched_and_filtered(cast, see, query, found):
    many(cast, 9)
    html = see(cast.manager, "files:list", **query).content.decode()
    assert ("台帳7</a>" in html) is found
    assert ("条件にあうファイルはありません" in html) is not found


def test_staff_without_a_seat_see_no_internal_field_on_any_page(cast, see, client):
    file = steps.held(cast).file
    for html in (
        see(cast.clerk, "files:list").content.decode(),
        see(cast.clerk, "files:detail", file.pk).content.decode(),
        see(cast.clerk, "files:version", file.pk, 1).content.decode(),
    ):
        assert "350,000" not in html
        assert "特定個人情報" not in html
    assert see(cast.clerk, "files:history", file.pk).status_code == 403
    client.force_login(cast.clerk)
    export = b"".join(client.get(reverse("files:export.csv")).streaming_content).decode("utf-8-sig")
    assert "350,000" not in export


@pytest.mark.parametrize("name", ["files:detail", "files:compare", "files:history", "files:disposal"])
def test_outsiders_find_nothing_and_visitors_log_in(cast, see, client, name):
    file = steps.held(cast).file
    for person in ("neighbour", "outsider", "superuser", "audit_officer", "administrator", "dispatched"):
        assert see(cast.people[person], name, file.pk).status_code == 404, person
    client.logout()
    assert client.get(reverse(name, args=[file.pk])).url.startswith(reverse("login"))


@pytest.mark.article("10-1")
def test_the_record_offers_what_may_be_done_and_says_who_can(cast, see):
    file = steps.held(cast).file
    assert "変更を届け出る</button>" in see(cast.officer, "files:detail", file.pk).content.decode()
    above = see(cast.department_manager, "files:detail", file.pk).content.decode()
    assert "変更を届け出る</button>" not in above
    assert "届け出ることができるのは、税務課の保護責任者と保護担当者です。" in above


def test_a_procedure_under_way_is_named_with_who_has_it(cast, see):
    filing = steps.change(cast, S.SUBMITTED)
    html = see(cast.officer, "files:detail", filing.file_id).content.decode()
    assert "が手続中です" in html
    assert "税務課　保護責任者 の番です" in html


def test_the_record_takes_a_fixed_number_of_queries(cast, see, client, django_assert_max_num_queries):
    filing = steps.change(cast, S.NOTIFIED)
    for person in ("officer", "disclosure_manager", "clerk"):
        see(cast.people[person], "files:detail", filing.file_id)
        with django_assert_max_num_queries(12):
            client.get(reverse("files:detail", args=[filing.file_id]))


def test_versions_are_read_compared_and_an_unfiled_one_stays_in_its_unit(cast, see):
    filing = steps.change(cast)
    pk = filing.file_id
    html = see(cast.officer, "files:compare", pk).content.decode()
    assert "森林環境税額" in html
    assert "違う欄は1です" in html
    assert see(cast.officer, "files:version", pk, 2).status_code == 200
    assert see(cast.disclosure_manager, "files:version", pk, 2).status_code == 404
    assert see(cast.clerk, "files:version", pk, 2).status_code == 404
    assert see(cast.officer, "files:compare", pk, old="1", new="99").status_code == 404


def test_history_says_who_changed_what_in_japanese(cast, see):
    file = steps.held(cast).file
    html = see(cast.manager, "files:history", file.pk).content.decode()
    assert cast.officer.name in html
    assert "保有開始日" in html
    assert "created by" not in html
    assert "利用目的" in see(cast.manager, "files:history", file.pk, version="1").content.decode()


@pytest.mark.article("10-3")
def test_the_disposal_of_data_is_recorded_once(cast, client):
    file = steps.cease(cast, S.RECEIVED).file
    address = reverse("files:disposal", args=[file.pk])
    client.force_login(cast.officer)
    before = steps.written()
    answer = client.post(address, {"kind": "erased", "on": wareki(today()), "note": ""})
    assert answer.status_code == 422
    assert "どのように確かめたか" in answer.content.decode()
    assert steps.written() == before
    done = {"kind": "erased", "on": wareki(today()), "note": "消去証明書"}
    assert client.post(address, done).status_code == 302
    file.refresh_from_db()
    assert file.disposal == "erased"
    before = steps.written()
    assert client.post(address, done).status_code == 302
    assert steps.written() == before


def test_only_the_unit_records_the_disposal(cast, client):
    file = steps.cease(cast, S.RECEIVED).file
    for person in ("clerk", "disclosure_manager", "chief"):
        client.force_login(cast.people[person])
        assert client.post(reverse("files:disposal", args=[file.pk]), {}).status_code == 403


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_exports_hold_what_the_reader_may_see_and_no_formula(cast, client, kind):
    file = many(cast, 3)[0]
    FileVersion.objects.filter(file=file).update(purpose="=1+1")
    client.force_login(cast.manager)
    answer = client.get(reverse(f"files:export.{kind}"))
    body = b"".join(answer.streaming_content)
    assert "filename*=UTF-8''" in answer["Content-Disposition"]
    if kind == "csv":
        assert "'=1+1" in body.decode("utf-8-sig")
        return
    cells = [cell for row in load_workbook(BytesIO(body)).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"] or all(c.data_type != "f" for c in cells)
    client.force_login(cast.neighbour)
    empty = load_workbook(BytesIO(b"".join(client.get(reverse("files:export.xlsx")).streaming_content)))
    assert empty.active.max_row == 1
