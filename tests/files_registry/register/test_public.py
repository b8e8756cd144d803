"""The public pages: what they show, and that nothing internal can come along."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files_registry.register.models import EditionEntry, EntrySource

from .conftest import ANSWERS

INTERNAL = ("12,345", "12345", "秘匿A", "五年保存", "磁気テープ", "秘密の基幹システム", "内部の理由", "試-0")
ALLOWED = {"files_registry_edition", "files_registry_editionentry"}


@pytest.fixture
def book(held, judge, publish, change):
    """Two editions: three files, then one changed and one added."""
    first = held("保育所入所申請ファイル", scope="申請者と=1+1")
    judge(first, reason="内部の理由")
    judge(held("学童クラブ利用者ファイル", sensitive=False, purpose="ガクドウの入会審査", items="氏名"))
    omitted = {**ANSWERS, "hamper": "partial"}
    judge(held("一部を省くファイル"), answers=omitted, omitted_cells=[10], reason="内部の理由")
    publish()
    judge(change(first, purpose="＝保育料の決定", scope="=1+1"), reason="内部の理由")
    judge(held("加わったファイル"))
    return publish()


def pages():
    one = EditionEntry.objects.filter(edition__number=2).order_by("position").first()
    return [
        reverse("register:list"),
        reverse("register:list") + "?q=保育&organ=練馬区長&department=区民部&sensitive=yes",
        reverse("register:entry", args=[one.key]),
        reverse("register:edition", args=[1]),
        reverse("register:edition-entry", args=[1, one.key]),
        reverse("register:editions"),
        reverse("register:changes", args=[1]),
        reverse("register:changes", args=[2]),
        reverse("register:about-data"),
        reverse("register:missing", args=["nowhere"]),
    ]


def test_no_login_is_needed_and_only_editions_are_read(client, book):
    for page in pages():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(page)
            b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code in {200, 404}, page
        assert len(queries) <= 12, page
        for query in queries:
            tables = set(re.findall(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"', query["sql"]))
            assert tables <= ALLOWED, (page, query["sql"])


def test_nothing_internal_appears_on_any_page(client, book):
    for page in pages():
        response = client.get(page)
        text = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        for hidden in INTERNAL:
            assert hidden not in text, (page, hidden)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("保育", {"保育所入所申請ファイル", "一部を省くファイル", "加わったファイル"}),
        ("料", {"保育所入所申請ファイル"}),
        ("がくどう", {"学童クラブ利用者ファイル"}),
        ("ｶﾞｸﾄﾞｳ", {"学童クラブ利用者ファイル"}),
        ("氏名　入会", {"学童クラブ利用者ファイル"}),
        ("100%", set()),
        ("_", set()),
        ("東京都", set()),
        ("どこにもない", set()),
    ],
)
def test_names_purposes_and_items_are_searched_in_japanese(client, book, query, names):
    response = client.get(reverse("register:list"), {"q": query})
    assert {row["entry"].name for row in response.context["rows"]} == names
    assert "見つかりませんでした" in response.content.decode() or names


def test_filters_narrow_the_list(client, book):
    def names(**wanted):
        return {row["entry"].name for row in client.get(reverse("register:list"), wanted).context["rows"]}

    assert names(sensitive="no") == {"学童クラブ利用者ファイル"}
    assert len(names(organ="練馬区長", department="区民部")) == 4
    assert names(department="総務部") == set()
    assert names(q="\x00") == names()


def test_an_empty_book_says_so(client, db):
    assert "まだ公表していません" in client.get(reverse("register:list")).content.decode()
    assert client.get(reverse("register:editions")).status_code == 200


@pytest.mark.parametrize("address", ["nowhere/", "entries/99999/", "editions/99/", "editions/99/changes/", "a/b/c/"])
def test_what_is_not_there_answers_404_in_the_public_look(client, book, address):
    response = client.get(reverse("register:list") + address)
    assert response.status_code == 404
    assert "練馬区 個人情報ファイル簿" in response.content.decode()


def test_a_removed_entry_leads_to_the_edition_it_last_stood_in(client, book, judge, publish, held):
    source = EntrySource.objects.filter(edition=book).first()
    key = source.file.book_number.key
    judge(source.file, answers={**ANSWERS, "hamper": "whole"}, reason="支障。")
    publish()
    response = client.get(reverse("register:entry", args=[key]))
    assert response.status_code == 404
    assert reverse("register:edition-entry", args=[2, key]) in response.content.decode()


def test_pages_are_kept_by_caches_until_there_is_another_edition(client, book, held, judge, publish):
    response = client.get(reverse("register:list"))
    assert "public" in response["Cache-Control"]
    again = client.get(reverse("register:list"), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    judge(held("もっと新しい"))
    publish()
    assert client.get(reverse("register:list"), headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_changes_between_editions_are_shown_cell_by_cell(client, book):
    response = client.get(reverse("register:changes", args=[2]))
    assert [line["entry"].name for line in response.context["added"]] == ["加わったファイル"]
    (changed,) = response.context["changed"]
    assert {row["no"] for row in changed["rows"]} == {4, 6}
    assert "保育所等の利用調整" in response.content.decode()


def test_only_reading_is_possible(client, book):
    assert client.post(reverse("register:list")).status_code == 405


@pytest.mark.parametrize("number", ["x", "0", "-1", "999999", "１"])
def test_a_strange_page_number_shows_a_page(client, book, number):
    assert client.get(reverse("register:list"), {"page": number}).status_code == 200
