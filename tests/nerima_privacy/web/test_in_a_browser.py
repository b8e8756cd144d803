"""The scripts of the shell, in a real Chromium: typed text comes back, the warning before the end, the phone."""

import os

import pytest
from django.contrib.sessions.models import Session

from nerima_privacy.web import idle
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's own loop runs in this thread


@pytest.fixture
def page(cast, try_site, live_server):
    """The form of tests/nerima_privacy/web/urls.py, open as the 保護責任者 of 税務課."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="ja-JP")
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if "Content Security" in said.text else None)
        page.goto("/try/form/")
        log_in(page, cast.manager)
        yield page
        assert page.faults == []
        browser.close()


def log_in(page, person):
    page.get_by_label("職員番号").fill(person.staff_number)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログインする").click()


def leave_idle():
    for session in Session.objects.all():
        data = session.get_decoded()
        data[idle.LAST_SEEN] = 1
        session.session_data = Session.objects.encode(data)
        session.save()


def test_what_was_typed_is_back_in_the_form_after_logging_in_again(page, cast):
    page.get_by_label("名称").fill("課税台帳 𠮷")
    page.get_by_label("メモ").fill("一行目\n二行目")
    page.get_by_label("紙").check()
    leave_idle()
    page.get_by_role("button", name="保存する").click()
    page.get_by_text("同じ人がログインすると、続きから入力できます").wait_for()
    log_in(page, cast.manager)
    page.get_by_text("入力していた内容を戻しました。まだ保存されていません。").wait_for()
    assert page.get_by_label("名称").input_value() == "課税台帳 𠮷"
    assert page.get_by_label("メモ").input_value() == "一行目\n二行目"
    assert page.get_by_label("紙").is_checked()


def test_what_was_typed_is_back_after_the_session_was_deleted(page, cast):
    page.get_by_label("名称").fill("課税台帳 𠮷")
    page.get_by_label("メモ").fill("一行目\n二行目")
    Session.objects.all().delete()
    page.get_by_role("button", name="保存する").click()
    page.get_by_text("同じ人がログインすると、続きから入力できます").wait_for()
    assert "written_by" not in page.url
    log_in(page, cast.manager)
    page.get_by_text("入力していた内容を戻しました。まだ保存されていません。").wait_for()
    assert page.get_by_label("名称").input_value() == "課税台帳 𠮷"
    assert page.get_by_label("メモ").input_value() == "一行目\n二行目"


def test_a_warning_comes_before_the_end_and_one_button_goes_on(page, settings):
    settings.IDLE_MINUTES = 0.1
    page.goto("/try/form/")
    warning = page.get_by_text("まもなくログアウトします")
    warning.wait_for(timeout=10_000)
    page.get_by_role("button", name="続ける").click()
    warning.wait_for(state="hidden", timeout=2_500)


def test_the_first_key_leads_to_the_content_and_errors_take_the_focus(page):
    page.goto("/try/form/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ移動"
    page.get_by_role("button", name="保存する").click()
    page.locator(".error-summary").wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="名称").click()
    assert page.evaluate("document.activeElement.id") == "id_name"


@pytest.mark.parametrize("width", [390, 640, 320])  # a phone; 1280 at 200 %; 1280 at 400 %
def test_nothing_runs_out_of_a_narrow_page_and_the_menu_folds(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/try/form/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    menu = page.get_by_role("navigation", name="主なメニュー")
    assert not menu.get_by_role("link").first.is_visible()
    menu.get_by_text("メニュー").click()
    assert menu.get_by_role("link").first.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert menu.get_by_role("link").first.is_visible()


def test_the_menu_of_posts_closes_with_escape(page):
    menu = page.locator("details.post")
    menu.locator("summary").click()
    assert page.get_by_role("button", name="ログアウト").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="ログアウト").is_visible()
