"""The shell: menu by seats, posts, the unread, and what every page of it must have."""

import pytest
from django.urls import reverse

from nerima_privacy.notices.models import Notice
from nerima_privacy.web import menu
from roles.models import Person
from roles.seats import Seat


@pytest.fixture
def items(monkeypatch):
    """An empty menu."""
    fresh = {}
    monkeypatch.setattr(menu, "_items", fresh)
    return fresh


def test_a_line_for_holders_of_a_seat_is_shown_to_them_alone(items, manager, cast):
    menu.register(menu.MenuItem("組織", "みんなの行", "report-accident", 10))
    menu.register(menu.MenuItem("確かめる", "保護責任者の行", "password", 10, seats={Seat.PROTECTION_MANAGER}))
    assert "保護責任者の行" in manager.get("/try/form/").text
    manager.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = manager.get("/try/form/").text
    assert "保護責任者の行" not in page
    assert "みんなの行" in page


def test_lines_stand_in_groups_in_order_with_what_waits(items, manager):
    menu.register(menu.MenuItem("確かめる", "三", "password", 10))
    menu.register(menu.MenuItem("", "一", "desk", 0, badge=lambda person, holdings: 5))
    menu.register(menu.MenuItem("組織", "二", "report-accident", 10, badge=lambda person, holdings: 0))
    page = manager.get("/accident/").text
    side = page[page.index('class="side"') :]
    assert side.index("一") < side.index("二") < side.index("三")
    assert "5<span" in side
    assert 'href="/accident/" aria-current="page"' in side


def test_the_number_of_a_line_is_counted_anew_once_the_person_sends_something(items, manager):
    waiting = [3]
    menu.register(menu.MenuItem("", "待つ", "desk", 0, badge=lambda person, holdings: waiting[0]))
    assert "3<span" in manager.get("/accident/").text
    waiting[0] = 2
    assert "3<span" in manager.get("/accident/").text
    manager.post("/try/form/", {})
    assert "2<span" in manager.get("/accident/").text


def test_the_numbers_of_the_menu_are_the_persons_own(items, manager, cast):
    menu.register(menu.MenuItem("", "待つ", "desk", 0, badge=lambda person, holdings: person.pk))
    assert f"{cast.manager.pk}<span" in manager.get("/accident/").text
    manager.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert f"{cast.clerk.pk}<span" in manager.get("/accident/").text


def test_a_line_whose_page_does_not_exist_is_left_out(items, manager):
    menu.register(menu.MenuItem("", "まだない", "not-built"))
    assert "まだない" not in manager.get("/try/form/").text


def test_the_shell_has_what_every_page_needs(manager):
    page = manager.get("/try/form/").text
    assert '<html lang="ja">' in page
    assert '<a class="skip" href="#main">本文へ移動</a>' in page
    assert 'id="main"' in page
    assert page.count("<h1>") == 1
    assert f'href="{reverse("report-accident")}">事故を報告する' in page
    assert "税務課　保護責任者" in page


def test_the_unread_are_counted(manager, cast):
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Person)
    for number in range(3):
        Notice.objects.create(
            to=cast.manager, kind="t", key=str(number), title="t", subject_type=kind, subject_id=cast.manager.pk
        )
    assert "3<span" in manager.get("/try/form/").text


def test_one_post_needs_no_choice_and_two_do(manager, cast):
    assert "どの役割で仕事をしますか" not in manager.get("/try/form/").text
    manager.force_login(cast.disclosure_manager, backend="django.contrib.auth.backends.ModelBackend")
    page = manager.get("/try/form/").text
    assert "どの役割で仕事をしますか" in page
    assert "情報公開課　保護責任者" in page


def test_changed_cells_are_marked_in_words_too():
    from django.template.loader import render_to_string

    row = {"no": 5, "label": "記録項目", "changed": True, "parts": [{"kind": "ins", "text": "<所得>"}]}
    html = render_to_string("components/facts.html", {"rows": [row, {"no": 6, "label": "記録範囲", "value": "区民"}]})
    assert "変わります" in html
    assert "&lt;所得&gt;" in html
    assert html.count("data-changed") == 1
