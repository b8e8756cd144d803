"""The lists: tabs that hold what they say, words, pages, a word where nothing is there, few queries (第12–14条)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.files_registry.handling import making

pytestmark = pytest.mark.article("12-1")


@pytest.fixture
def read(client):
    def get(person, name, *args, query=""):
        client.force_login(person)
        return client.get(reverse(f"handling:{name}", args=args) + query)

    return get


@pytest.mark.parametrize("tab", ["turn", "open", "ended", "all", "nonsense"])
def test_each_tab_has_a_word_where_it_is_empty(cast, read, tab):
    answer = read(cast.clerk, "list", query=f"?tab={tab}&unit=x&status=x")
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


def test_the_tabs_hold_what_they_say(cast, read):
    waiting, withdrawn = making.submitted(cast), making.submitted(cast)
    from files_registry.handling import workflow

    workflow.withdraw(withdrawn.pk, actor=cast.clerk)
    found = {
        (who, tab): [row["request"].pk for row in read(cast.people[who], "list", query=f"?tab={tab}").context["rows"]]
        for who in ("manager", "clerk", "second_clerk", "neighbour", "disclosure_manager", "chief")
        for tab in ("turn", "open", "ended")
    }
    assert found["manager", "turn"] == found["clerk", "open"] == found["chief", "open"] == [waiting.pk]
    assert found["manager", "ended"] == [withdrawn.pk]
    others = ("second_clerk", "neighbour", "disclosure_manager")
    assert not any(found[who, tab] for who in others for tab in ("turn", "open", "ended"))


def test_what_was_asked_about_a_file_is_behind_the_right_for_a_colleague_as_well(cast, read):
    from tests.files_registry.access import steps as access

    request, correction = making.submitted(cast), making.found(cast)
    pages = [("detail", request.pk), ("request.pdf", request.pk), ("correction", correction.pk)]
    assert {read(cast.second_clerk, *page).status_code for page in pages} == {404}
    access.granted(cast, request.file, "second_clerk")
    assert {read(cast.second_clerk, *page).status_code for page in pages} == {200}


def test_who_is_asked_for_the_second_look_sees_what_was_asked_for_and_nobody_else_without_the_right(cast, read):
    request = making.allowed(cast, "send")
    assert read(cast.second_clerk, "detail", request.pk).status_code == 404
    check = making.filled(cast, request)
    assert read(cast.second_clerk, "detail", request.pk).status_code == 200
    assert read(cast.second_clerk, "check", check.pk).status_code == 200
    assert read(cast.neighbour, "check", check.pk).status_code == 404


def test_a_list_takes_no_more_queries_however_long_it_is(cast, client):
    client.force_login(cast.manager)

    def count():
        client.get(reverse("handling:list") + "?tab=all")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("handling:list") + "?tab=all")
        return len(queries)

    making.submitted(cast)
    few = count()
    for _ in range(6):
        making.submitted(cast)
    assert count() == few


LISTS = ["standing-list", "checks", "corrections", "choose"]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_narrowed_by_words_and_says_so_where_nothing_is_left(cast, read, name):
    making.filled(cast)
    making.standing_asked(cast)
    making.found(cast)
    word = making.file(cast).name[:3]
    assert making.file(cast).name in read(cast.clerk, name, query=f"?q={word}").content.decode()
    html = read(cast.clerk, name, query="?q=どこにもない").content.decode()
    assert "条件にあう" in html
    assert 'value="どこにもない"' in html


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_cut_into_pages(cast, read, name, monkeypatch):
    monkeypatch.setattr("files_registry.handling.listing.PER_PAGE", 1)
    permission = making.posting_allowed(cast)
    making.standing_asked(cast)
    for _ in range(2):
        making.posted(cast, permission)
        making.found(cast)
    one, two = (read(cast.clerk, name, query=f"?page={number}") for number in (1, 2))
    assert one.context["page"].paginator.count == 2
    assert one.context["page"].object_list[0] != two.context["page"].object_list[0]
    assert "page=2" in one.content.decode()
