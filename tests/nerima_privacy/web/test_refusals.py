"""What goes wrong is answered with a page in Japanese that says what to do, and writes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice
from tests.nerima_privacy.web import urls


@pytest.fixture(autouse=True)
def nothing_written(db):
    yield
    assert (Entry.objects.count(), Notice.objects.count(), urls.WRITTEN) == (0, 0, [])


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/try/refuse/", 409, "石神井 花子さんが先に確認しました。"),
        ("/try/invalid/", 409, "名称がありません。"),
        ("/try/forbidden/", 403, "税務課の保護責任者だけが届け出られます。"),
        ("/nowhere/", 404, "ページが見つかりません"),
        ("/try/post-only/", 405, "このアドレスは直接開けません"),
        ("/try/broken/", 500, "システムの故障です"),
    ],
)
def test_each_refusal_has_its_page_in_the_shell(manager, path, status, words):
    response = manager.get(path)
    assert response.status_code == status
    assert words in response.text
    assert '<html lang="ja">' in response.text
    assert response.text.count("<h1>") == 1
    if status != 500:
        assert "税務課　保護責任者" in response.text


def test_the_page_of_a_failure_reads_no_database_and_tells_nothing_of_it(manager, django_assert_max_num_queries):
    from django.test import RequestFactory

    from nerima_privacy.web.errors import server_error

    with django_assert_max_num_queries(0):
        page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "練馬 太郎" not in manager.get("/try/broken/").text


def test_a_refused_verb_is_a_message_on_the_next_page(manager):
    page = manager.post("/try/run/", {"how": "refused"}, follow=True).text
    assert "もう届け出てあります。" in page
    assert "届け出ました。" not in page
    assert "届け出ました。" in manager.post("/try/run/", {"how": "done"}, follow=True).text


def test_a_visitor_gets_the_page_without_the_shell(try_site, db):
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "事故を報告する" not in response.text
    assert "上の検索" not in response.text, "a visitor has no search"
    assert "ログインすると" in response.text


def test_what_cannot_be_done_now_leads_back_to_the_page_it_was_asked_from(manager):
    page = manager.get("/try/refuse/", headers={"referer": "http://testserver/filings/7/?tab=turn"}).text
    assert 'href="/filings/7/?tab=turn"' in page
    elsewhere = manager.get("/try/refuse/", headers={"referer": "https://example.com/x"}).text
    assert "もとの画面を開き直す" not in elsewhere


def test_too_much_text_is_answered_in_words(manager, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = manager.post("/try/form/", {"name": "長" * 2000})
    assert response.status_code == 400
    assert "一度に送れる文字の量" in response.text


def test_too_many_fields_are_answered_in_words(manager):
    response = manager.post("/try/form/", {f"f{i}": "1" for i in range(1001)})
    assert response.status_code == 400
    assert "一度に送れる項目の数（1000件）" in response.text


def test_too_many_files_are_answered_in_words(manager):
    files = {f"f{i}": SimpleUploadedFile("a.pdf", b"x") for i in range(101)}
    response = manager.post("/try/form/", files)
    assert response.status_code == 400
    assert "一度に送れるファイルの数" in response.text


def test_a_broken_upload_is_answered_in_words(manager):
    response = manager.generic("POST", "/try/form/", b"x", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400
    assert "とちゅうで切れたか" in response.text


def test_an_upload_cut_off_halfway_is_no_crash(manager):
    body = b'--b\r\nContent-Disposition: form-data; name="paper"; filename="a.pdf"\r\n\r\nhalf'
    response = manager.generic("POST", "/try/form/", body, content_type="multipart/form-data; boundary=b")
    assert response.status_code in {200, 400}
    assert '<html lang="ja">' in response.text


def test_a_huge_file_is_refused_at_its_field_and_what_was_typed_stays(manager, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    data = {"name": "課税台帳", "paper": SimpleUploadedFile("a.pdf", b"x" * 5 * 1024 * 1024)}
    response = manager.post("/try/form/", data)
    assert response.status_code == 200
    assert "ファイルが大きすぎます（5.0\xa0MB）。1.0\xa0MBまで" in response.text
    assert 'value="課税台帳"' in response.text


def test_characters_that_are_no_utf8_are_no_crash(manager):
    response = manager.generic(
        "POST", "/try/form/", b"name=%ff%fe%00", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in {200, 400}
