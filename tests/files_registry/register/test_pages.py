"""The pages of 情報公開課: who may open them, and what a form does."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files_registry.register.models import Edition, ListingDecision
from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice

PREPARE = {"disclosure_manager", "disclosure_staff", "chief"}
PREPARATION = ["editions:preview", "editions:undecided", "editions:left-off", "editions:left-off-excel"]


def written():
    return ListingDecision.objects.count(), Edition.objects.count(), Entry.objects.count(), Notice.objects.count()


@pytest.mark.parametrize("name", PREPARATION)
def test_only_those_who_prepare_see_the_preparation(client, cast, held, name):
    held()
    for who, person in cast.people.items():
        if not person.is_active:
            continue
        client.force_login(person)
        assert client.get(reverse(name)).status_code == (200 if who in PREPARE else 403), who


def test_everybody_logged_in_reads_the_editions(client, cast, held, judge, publish):
    judge(held())
    publish()
    for person in (cast.clerk, cast.disclosure_manager):
        client.force_login(person)
        assert client.get(reverse("editions:list")).status_code == 200
        assert client.get(reverse("editions:detail", args=[1])).status_code == 200
    assert client.get(reverse("editions:detail", args=[9])).status_code == 404


@pytest.mark.parametrize("name", [*PREPARATION, "editions:list"])
def test_visitors_are_sent_to_the_login_page(client, db, name):
    assert client.get(reverse(name)).status_code == 302


def test_a_judgement_is_seen_by_the_seats_of_the_unit_and_hidden_from_outsiders(client, cast, held):
    address = reverse("editions:decide", args=[held().pk])
    expected = {
        "disclosure_manager": 200,
        "disclosure_staff": 200,
        "chief": 200,
        "manager": 200,
        "officer": 200,
        "department_manager": 200,
        "clerk": 403,
        "neighbour": 404,
        "principal": 404,
        "audit_officer": 404,
        "administrator": 404,
    }
    for who, status in expected.items():
        client.force_login(cast.people[who])
        assert client.get(address).status_code == status, who


def form(file, **given):
    answers = {"exemptions": "none", "subset": "no", "hamper": "no", "reason": ""}
    return {**answers, "version": file.current_id, "seen": 0, "move": "record", **given}


def test_a_judgement_leads_nobody_to_a_list_that_refuses_them(client, cast, held):
    page, waiting = reverse("editions:decide", args=[held().pk]), reverse("editions:undecided")
    for person, led in [(cast.manager, False), (cast.officer, False), (cast.chief, True)]:
        client.force_login(person)
        assert (waiting in client.get(page).text) is led


def test_posting_a_judgement_is_for_the_disclosure_section(client, cast, held):
    file = held()
    address = reverse("editions:decide", args=[file.pk])
    before = written()
    for who, status in {"manager": 403, "chief": 403, "neighbour": 404}.items():
        client.force_login(cast.people[who])
        assert client.post(address, form(file)).status_code == status
    assert written() == before
    client.force_login(cast.disclosure_staff)
    assert client.post(address, form(file)).status_code == 302
    assert ListingDecision.objects.get().listed


def test_looking_at_the_conclusion_writes_nothing(client, cast, held):
    file = held(persons=999)
    client.force_login(cast.disclosure_staff)
    before = written()
    response = client.post(reverse("editions:decide", args=[file.pk]), form(file, move="look"))
    assert response.status_code == 200
    assert response.context["conclusion"].listed is False
    assert "999人" in response.content.decode()
    assert written() == before


def test_what_is_missing_is_said_at_its_question_and_what_was_typed_is_kept(client, cast, held):
    file = held(persons=None)
    client.force_login(cast.disclosure_staff)
    before = written()
    response = client.post(reverse("editions:decide", args=[file.pk]), form(file, reason="書いた理由　𠮷"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "保護責任者に確かめて" in page
    assert "書いた理由　𠮷" in page
    assert written() == before


@pytest.mark.parametrize(
    "given",
    [
        {"exemptions": "74-9-9"},
        {"hamper": "x"},
        {"hamper": "partial", "omitted_cells": ["4"]},
        {"version": "x"},
        {"seen": ""},
        {"reason": "あ" * 10_000},
        {"reason": "\x00"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_no_form_sends_is_refused(client, cast, held, given):
    file = held()
    client.force_login(cast.disclosure_staff)
    before = written()
    assert client.post(reverse("editions:decide", args=[file.pk]), form(file, **given)).status_code == 422
    assert written() == before


def test_a_stale_judgement_is_told(client, cast, held, judge):
    file = held()
    judge(file)
    client.force_login(cast.disclosure_staff)
    response = client.post(reverse("editions:decide", args=[file.pk]), form(file))
    assert "ほかの人が判断を記録しました" in response.content.decode()
    assert ListingDecision.objects.count() == 1


def test_publishing_from_the_preview_and_clicking_twice(client, cast, held, judge):
    judge(held(), reason="確認。")
    client.force_login(cast.disclosure_manager)
    address = reverse("editions:preview")
    mark = client.get(address).context["mark"]
    given = {"as_of": "令和8年4月1日", "note": "最初の版です。", "mark": mark}
    assert client.post(address, given).status_code == 302
    after = written()
    response = client.post(address, given)
    assert "確かめていた間" in response.content.decode()
    assert written() == after
    assert Edition.objects.get().as_of == date(2026, 4, 1)


def test_staff_see_the_preview_but_cannot_publish(client, cast, held, judge):
    judge(held())
    client.force_login(cast.disclosure_staff)
    page = client.get(reverse("editions:preview"))
    assert "公表できるのは、情報公開課長です" in page.content.decode()
    before = written()
    given = {"as_of": "令和8年4月1日", "note": "", "mark": page.context["mark"]}
    assert client.post(reverse("editions:preview"), given).status_code == 403
    assert written() == before


@pytest.mark.parametrize("day", ["令和99年1月1日", "2026-02-30", "", "きのう", "2099-01-01"])
def test_an_impossible_day_is_told_at_the_field(client, cast, held, judge, day):
    judge(held())
    client.force_login(cast.disclosure_manager)
    address = reverse("editions:preview")
    given = {"as_of": day, "note": "書いた", "mark": client.get(address).context["mark"]}
    response = client.post(address, given)
    assert response.status_code == 422
    assert response.context["form"].errors["as_of"]
    assert Edition.objects.count() == 0


def test_queries_do_not_grow_with_the_files(client, cast, held, judge, publish):
    def some(prefix):
        for number in range(3):
            judge(held(f"{prefix}載る{number}"))
            judge(held(f"{prefix}外れる{number}", persons=1), reason="少ない。")
            held(f"{prefix}待つ{number}")

    names = [*PREPARATION, "editions:list"]
    some("一")
    publish()
    client.force_login(cast.disclosure_manager)
    client.get(reverse("editions:list"))  # the session notes once a minute that it is in use
    counts = {}
    for step in (1, 2):
        for name in names:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(reverse(name))
                b"".join(response.streaming_content) if response.streaming else response.content
            assert len(queries) <= counts.setdefault(name, len(queries)), (name, step)
            assert len(queries) <= 12, (name, [q["sql"][:200] for q in queries])
        some("二")
