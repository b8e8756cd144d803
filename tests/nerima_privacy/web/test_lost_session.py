"""A session that is gone altogether: what was typed comes back to who had the page open, and to nobody else."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from nerima_privacy.web import keeping
from nerima_privacy.web.tasks import clear_sessions
from tests.cast import PASSWORD
from tests.nerima_privacy.web import urls
from tests.nerima_privacy.web.test_idle import PAGE, TYPED, leave_idle, log_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


def send(client, writer=None, typed=TYPED, path="/try/form/", page=PAGE, **more):
    """As the script of a page of `writer` sends it."""
    signed = {keeping.WRITER: keeping.signed(writer)} if writer else {}
    return client.post(path, typed | signed, headers={"referer": page}, **more)


@pytest.fixture
def gone(cast, try_site):
    """A browser whose session the database no longer knows."""
    client = Client()
    client.force_login(cast.manager, backend=BACKEND)
    Session.objects.all().delete()
    return client


@pytest.fixture
def strict(try_site):
    """A browser whose CSRF token is asked for, as in use."""
    return Client(enforce_csrf_checks=True)


def test_the_page_names_its_person_without_their_number(cast, manager):
    page = manager.get("/try/form/").text
    mark = page.split('id="writer"')[1].split(">")[0]
    assert "data-value" in mark
    assert cast.manager.staff_number not in mark


def test_what_was_typed_comes_back_to_the_same_person_and_is_not_saved(gone, cast):
    answer = send(gone, cast.manager)
    assert parse_qs(urlsplit(answer.url).query) == {"next": ["/try/form/?from=list"]}
    assert "同じ人がログインすると、続きから入力できます" in gone.get(answer.url).text
    page = log_in(gone, cast.manager)
    assert page.redirect_chain == [("/try/form/?from=list", 302)]
    assert "課税台帳" in page.text
    assert 'id="kept"' in page.text
    assert urls.WRITTEN == []
    assert "まだ保存されていません" not in gone.get("/try/form/").text, "it is handed over once"


def test_another_person_never_sees_it(gone, cast):
    send(gone, cast.manager)
    log_in(gone, cast.neighbour)
    assert keeping.KEY not in gone.session
    assert "課税台帳" not in gone.get("/try/form/?from=list").text
    gone.post("/logout/")
    log_in(gone, cast.manager)
    assert "課税台帳" not in gone.get("/try/form/?from=list").text


def test_two_forms_left_open_both_come_back(gone, cast):
    send(gone, cast.manager)
    send(gone, cast.manager, {"name": "収納台帳"}, "/try/run/", "http://testserver/try/run/")
    given = {"username": cast.manager.staff_number, "password": PASSWORD, "next": "/try/form/?from=list"}
    page = gone.post("/login/", given, follow=True)
    assert "課税台帳" in page.text
    assert [one["page"] for one in gone.session[keeping.KEY]] == ["/try/run/"]


def test_a_browser_that_lost_its_cookies_keeps_what_was_typed_too(strict, cast):
    answer = send(strict, cast.manager)
    assert answer.url.startswith("/login/?next=")
    session = strict.session
    assert [one["person"] for one in session[keeping.KEY]] == [cast.manager.pk]


@pytest.mark.parametrize("forged", ["", "1", "x:y:z"])
def test_without_a_signature_nothing_is_stored_and_what_was_typed_is_shown_once(gone, forged):
    answer = gone.post("/try/form/", TYPED | {keeping.WRITER: forged}, headers={"referer": PAGE})
    assert answer.status_code == 403
    assert "課税台帳" in answer.text
    assert "/login/?next=%2Ftry%2Fform%2F%3Ffrom%3Dlist" in answer.text
    assert not Session.objects.exists()


def test_whoever_has_no_session_gets_none_by_pressing_a_button(db, try_site):
    answer = Client().post("/try/run/", headers={"referer": PAGE}, follow=True)
    assert "送られた内容は保存していません" in answer.text
    assert not Session.objects.exists()


def test_a_person_who_left_has_nothing_stored(gone, cast):
    assert send(gone, cast.former).status_code == 403
    assert not Session.objects.exists()


def test_an_old_signature_is_worth_nothing(gone, cast, time_machine):
    signed = {keeping.WRITER: keeping.signed(cast.manager)}
    time_machine.move_to(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 5))
    assert gone.post("/try/form/", TYPED | signed, headers={"referer": PAGE}).status_code == 403
    assert not Session.objects.exists()


def test_a_signature_used_over_and_over_fills_no_disk(try_site, cast, monkeypatch):
    cache.clear()
    monkeypatch.setattr(keeping, "MOST_AN_HOUR", 2)
    answers = [send(Client(), cast.manager) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 403, 403]
    assert "課税台帳" in answers[-1].text, "it is still shown"
    assert Session.objects.count() == 2


def test_a_form_with_an_old_token_comes_back_filled(strict, cast):
    strict.force_login(cast.manager, backend=BACKEND)
    answer = send(strict, cast.manager)
    assert answer.url == "/try/form/?from=list"
    assert "課税台帳" in strict.get(answer.url).text
    assert urls.WRITTEN == []


def test_a_form_of_somebody_else_is_neither_kept_for_nor_shown_to_who_is_logged_in_now(strict, cast):
    strict.force_login(cast.neighbour, backend=BACKEND)
    answer = send(strict, cast.manager)
    assert answer.status_code == 403
    assert "別の人がログインしていたときに開いた画面" in answer.text
    assert "課税台帳" not in answer.text
    assert keeping.KEY not in strict.session


def test_a_form_of_somebody_else_after_the_idle_end_waits_for_its_own_person(strict, cast):
    strict.force_login(cast.neighbour, backend=BACKEND)
    leave_idle(strict)
    assert send(strict, cast.manager).url.startswith("/login/")
    assert [one["person"] for one in strict.session[keeping.KEY]] == [cast.manager.pk]


def test_a_form_of_nobody_known_with_an_old_token_is_shown_to_who_sent_it(strict, cast):
    strict.force_login(cast.manager, backend=BACKEND)
    answer = send(strict)
    assert answer.status_code == 403
    assert "画面が古くなっています" in answer.text
    assert "課税台帳" in answer.text
    assert keeping.KEY not in strict.session


def test_the_administration_gives_back_what_was_typed(gone, cast):
    path = "/admin/roles/person/add/"
    send(gone, cast.superuser, {"name": "見本 一朗"}, path, f"http://testserver{path}")
    page = log_in(gone, cast.superuser)
    assert "見本 一朗" in page.text
    assert 'id="kept"' in page.text
    assert 'id="writer"' in page.text


def test_what_nobody_came_back_for_leaves_the_database(gone, cast, time_machine):
    send(gone, cast.manager)
    clear_sessions()
    assert Session.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 5))
    clear_sessions()
    assert not Session.objects.exists()
    assert clear_sessions.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
