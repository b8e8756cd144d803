"""A session left idle ends, and gives what was being typed back to the same person, and to nobody else."""

import time

import pytest
from django.test import Client

from nerima_privacy.web import idle, keeping
from tests.cast import PASSWORD
from tests.nerima_privacy.web import urls

PAGE = "http://testserver/try/form/?from=list"
TYPED = {"name": "課税台帳", "memo": "とちゅうまで\n書いた", "kind": "b"}


def leave_idle(client, minutes=31):
    session = client.session
    session[idle.LAST_SEEN] = int(time.time()) - minutes * 60 - 1
    session.save()


def log_in(client, person, follow=True):
    return client.post("/login/", {"username": person.staff_number, "password": PASSWORD}, follow=follow)


@pytest.fixture
def tab(manager):
    """Logged in, with the form open."""
    manager.get("/try/form/")
    return manager


def test_a_page_after_the_idle_end_is_the_login_page_which_leads_back(tab):
    leave_idle(tab)
    response = tab.get("/try/form/?from=list", follow=True)
    assert response.redirect_chain == [("/login/?next=%2Ftry%2Fform%2F%3Ffrom%3Dlist", 302)]
    assert "30分以上操作がなかったため、ログアウトしました。" in response.text


def test_a_session_in_use_goes_on(tab):
    leave_idle(tab, minutes=29)
    assert tab.get("/try/form/").status_code == 200
    assert time.time() - tab.session[idle.LAST_SEEN] < 5


def test_reading_within_a_minute_writes_no_session(tab, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as queries:
        tab.get("/try/form/")
    assert not [q for q in queries.captured_queries if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_what_was_typed_comes_back_to_the_same_person_and_is_not_saved(tab, cast):
    leave_idle(tab)
    answer = tab.post("/try/form/", TYPED, headers={"referer": PAGE})
    assert answer.url.startswith("/login/")
    assert "同じ人がログインすると、続きから入力できます" in tab.get(answer.url).text
    page = log_in(tab, cast.manager)
    assert page.redirect_chain == [("/try/form/?from=list", 302)]
    assert "まだ保存されていません" in page.text
    assert "課税台帳" in page.text
    assert 'id="kept"' in page.text
    assert urls.WRITTEN == []
    assert "まだ保存されていません" not in tab.get("/try/form/").text, "it is handed over once"


def test_another_person_never_sees_it(tab, cast):
    leave_idle(tab)
    tab.post("/try/form/", TYPED, headers={"referer": PAGE})
    log_in(tab, cast.neighbour)
    assert keeping.KEY not in tab.session
    assert "課税台帳" not in tab.get("/try/form/?from=list").text
    tab.post("/logout/")
    log_in(tab, cast.manager)
    assert "課税台帳" not in tab.get("/try/form/?from=list").text


def test_neither_secrets_nor_the_token_are_kept(tab):
    leave_idle(tab)
    tab.post("/try/form/", {**TYPED, "old_password": "ひみつ", "csrfmiddlewaretoken": "t"}, headers={"referer": PAGE})
    assert {name for name, _ in tab.session[keeping.KEY][0]["fields"]} == set(TYPED)


def test_something_huge_or_no_form_is_not_kept_and_the_login_page_says_so(tab):
    leave_idle(tab)
    answer = tab.post("/try/form/", {"name": "長" * 100_000}, headers={"referer": PAGE})
    assert keeping.KEY not in tab.session
    assert "送られた内容は保存していません" in tab.get(answer.url).text


def test_json_is_not_kept(tab):
    leave_idle(tab)
    tab.post("/try/form/", '{"name": "x"}', content_type="application/json", headers={"referer": PAGE})
    assert keeping.KEY not in tab.session


@pytest.mark.parametrize(
    "referer",
    ["https://evil.example/try/form/", "http://testserver.evil.example/", "javascript:alert(1)", "//evil.example", ""],
)
def test_nothing_is_kept_for_a_page_of_another_site(tab, referer):
    leave_idle(tab)
    tab.post("/try/form/", TYPED, headers={"referer": referer})
    assert keeping.KEY not in tab.session


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leaves_the_site(cast, try_site, target):
    client = Client()
    response = client.post("/login/", {"username": cast.manager.staff_number, "password": PASSWORD, "next": target})
    assert response.url == "/"


def test_a_page_for_everybody_stays_open_after_the_idle_end(tab):
    leave_idle(tab)
    assert tab.get("/login/").status_code == 200
    assert "_auth_user_id" not in tab.session


def test_continue_keeps_the_session_and_says_when_it_is_too_late(tab):
    leave_idle(tab, minutes=29)
    assert tab.post("/keep-alive/").status_code == 204
    assert time.time() - tab.session[idle.LAST_SEEN] < 5
    leave_idle(tab)
    assert tab.post("/keep-alive/", headers={"accept": "application/json"}).status_code == 401


def test_a_beat_that_comes_too_late_leaves_what_was_typed_to_the_form(tab, cast):
    leave_idle(tab)
    tab.post("/keep-alive/", headers={"accept": "application/json"})
    tab.post("/try/form/", TYPED, headers={"referer": PAGE})
    assert "とちゅうまで" in log_in(tab, cast.manager).text


def test_a_form_from_another_site_is_refused_and_keeps_nothing(cast, try_site):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
    sent = TYPED | {"token": "sent-along", "stamp": "31"}
    answer = client.post("/try/form/", sent, headers={"referer": "https://evil.example/"})
    assert answer.status_code == 403
    assert "sent-along" not in answer.text
    assert "画面が古くなっています" in answer.text
    assert "課税台帳" in answer.text
    assert keeping.KEY not in client.session


def test_typed_text_is_escaped_where_it_is_shown(tab, cast):
    leave_idle(tab)
    tab.post("/try/form/", {"name": "</script><script>alert(1)</script>"}, headers={"referer": PAGE})
    page = log_in(tab, cast.manager)
    assert "<script>alert" not in page.text
