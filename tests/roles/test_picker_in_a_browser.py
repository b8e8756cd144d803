"""The picker in a real Chromium: by keyboard, by mouse, without its script, and within the security policy."""

import os

import pytest
from django.urls import reverse

from roles.models import Appointment
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's own loop runs in this thread


@pytest.fixture
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def opened(cast, chromium, live_server):
    """The page on which a successor to the 保護責任者 of 税務課 is appointed, open as システム管理者."""

    def open_page(**how):
        page = chromium.new_page(base_url=live_server.url, locale="ja-JP", **how)
        page.faults, page.asked = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda request: page.asked.append(request) if "/pick/" in request.url else None)
        page.goto(reverse("units:succeed", args=[Appointment.objects.get(person=cast.manager).pk]))
        page.get_by_label("職員番号").fill(cast.administrator.staff_number)
        page.get_by_label("パスワード").fill(PASSWORD)
        page.get_by_role("button", name="ログインする").click()
        page.get_by_label("後任").wait_for()
        return page

    return open_page


def test_arrows_and_enter_choose_and_escape_closes_with_what_was_typed_kept(opened, cast):
    page = opened()
    field = page.get_by_role("combobox", name="後任")
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("officer", delay=10)
    page.get_by_role("option", name="試験 second_officer").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert len(page.asked) == 1, "one question for a word typed in one go"
    assert page.asked[0].method == "POST"
    assert "officer" not in page.asked[0].url
    field.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    assert field.input_value() == "officer"
    field.press("ArrowDown")
    page.get_by_role("option", name="試験 second_officer").wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == f"{cast.officer.staff_number}　{cast.officer.name}"
    assert field.get_attribute("aria-expanded") == "false"
    assert page.url.endswith("/succeed/"), "Enter on a line chooses it and sends nothing"
    assert page.faults == []


def test_a_click_chooses_and_the_form_goes_through(opened, cast):
    page = opened()
    page.get_by_label("後任").press_sequentially("outsider")
    page.get_by_role("option", name="試験 outsider").click()
    page.get_by_label("理由").fill("異動")
    page.get_by_role("button", name="後任を任命する").click()
    page.get_by_text("後任を任命しました").wait_for()
    assert Appointment.objects.filter(person=cast.outsider, unit=cast.tax).exists()
    assert page.faults == []


def test_nothing_found_is_said_and_a_narrow_page_stays_narrow(opened):
    page = opened(viewport={"width": 390, "height": 800})
    page.get_by_label("後任").press_sequentially("だれでもない")
    page.locator(".picker-popup").get_by_text("あてはまる在籍中の人はいません。").wait_for()
    assert page.get_by_role("status").filter(has_text="あてはまる在籍中の人はいません。").count() == 1
    page.get_by_label("後任").fill("試験")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_it_is_a_plain_field_that_takes_a_number(opened, cast):
    page = opened(java_script_enabled=False)
    field = page.get_by_label("後任")
    assert field.get_attribute("role") is None
    field.fill(cast.outsider.staff_number)
    page.get_by_label("理由").fill("異動")
    page.get_by_role("button", name="後任を任命する").click()
    assert Appointment.objects.filter(person=cast.outsider, unit=cast.tax).exists()
