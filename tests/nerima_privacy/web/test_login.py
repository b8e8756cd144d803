"""Logging in: in Japanese, locked for one person at one address, and with one click only in the demonstration."""

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client

from tests.cast import PASSWORD

WRONG = "職員番号かパスワードが違います"


def attempt(client, person, password=PASSWORD, ip="10.0.0.1"):
    return client.post("/login/", {"username": person.staff_number, "password": password}, REMOTE_ADDR=ip)


def test_a_person_logs_in_and_comes_to_the_desk_with_a_new_session_key(cast):
    client = Client()
    client.get("/login/")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert attempt(client, cast.manager).url == "/"
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize("who", ["manager", "former"])
def test_a_wrong_password_and_a_person_who_left_get_the_same_answer(cast, who):
    assert WRONG in attempt(Client(), getattr(cast, who), "ちがう").text


def test_empty_fields_are_named(cast):
    page = Client().post("/login/", {}).text
    assert "職員番号を書いてください" in page
    assert "パスワードを書いてください" in page


def test_five_failures_lock_one_person_at_one_address_alone(cast):
    for _ in range(4):
        assert attempt(Client(), cast.manager, "x").status_code == 200
    locked = attempt(Client(), cast.manager, "x")
    assert locked.status_code == 429
    assert "15分" in locked.text
    assert attempt(Client(), cast.manager).status_code == 429, "the right password too, for a while"
    assert attempt(Client(), cast.officer).status_code == 302, "others at the same address"
    assert attempt(Client(), cast.manager, ip="10.0.0.2").status_code == 302, "the same person elsewhere"


def test_passwords_are_stored_with_argon2():
    assert identify_hasher(make_password("x")).algorithm == "argon2"


def test_an_old_hash_is_renewed_at_login(cast):
    attempt(Client(), cast.manager)
    cast.manager.refresh_from_db()
    assert cast.manager.password.startswith("argon2")


def test_logging_out_needs_a_button_and_leads_to_the_login_page(cast):
    client = Client()
    attempt(client, cast.manager)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/login/"
    assert "_auth_user_id" not in client.session


def test_a_password_is_changed_with_the_old_one(cast):
    client = Client()
    attempt(client, cast.manager)
    new = "あたらしい-合言葉-2026"
    page = client.post("/password/", {"old_password": "x", "new_password1": new, "new_password2": new})
    assert "元のパスワード" in page.text
    client.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert attempt(Client(), cast.manager, new).status_code == 302


def test_visitors_find_the_public_register_from_the_login_page(db):
    assert 'href="/register/"' in Client().get("/login/").text


def test_one_click_login_does_not_exist_outside_the_demonstration(cast):
    client = Client()
    assert client.post("/login/demo/", {"username": cast.manager.staff_number}).status_code == 404
    assert "見本の人" not in client.get("/login/").text


def test_in_the_demonstration_one_click_logs_in_as_a_listed_person_only(cast, settings, monkeypatch):
    from roles.demo import accounts

    listed = accounts.Account(cast.manager.staff_number, "試験 課長", "シケン", "保護責任者", "税務課")
    monkeypatch.setattr(accounts, "ACCOUNTS", [listed])
    settings.DEMO = True
    client = Client()
    page = client.get("/login/").text
    assert "見本の人になってみる" in page
    assert "試験 課長" in page
    assert client.post("/login/demo/", {"username": cast.chief.staff_number}).status_code == 404
    assert client.get("/login/demo/").status_code == 405
    assert (
        client.post("/login/demo/", {"username": cast.manager.staff_number, "next": "https://evil.example"}).url == "/"
    )
    assert client.session["_auth_user_id"] == str(cast.manager.pk)
