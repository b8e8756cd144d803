"""A way on after 「再検討を求める」, and no decision from a page that shows what is over."""

import pytest
from django.urls import reverse

from files_registry.catalogue.cells import FORM_FIELDS
from files_registry.catalogue.models import FileStatus, VersionStatus
from files_registry.filings import papers, workflow
from files_registry.filings.actions import ACTIONS
from files_registry.filings.models import Filing, FilingKind, FilingStatus, Result
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry import steps

pytestmark = pytest.mark.article("10-2")
S = FilingStatus


def cells(version):
    return {name: getattr(version, name) for name in FORM_FIELDS}


@pytest.fixture
def press(client):
    def post(person, filing, name, data=None):
        client.force_login(person)
        return client.post(reverse(f"filings:{name}", args=[filing.pk]), data or {})

    return post


def test_what_must_be_reconsidered_is_begun_again_without_typing_it_again(cast, press, client):
    old = steps.notified(cast, Result.RECONSIDER)
    client.force_login(cast.officer)
    assert "内容を写して作り直す</button>" in client.get(old.get_absolute_url()).content.decode()
    entries = Entry.objects.count()
    answer = press(cast.officer, old, "draft-again")
    new = Filing.objects.latest("pk")
    assert answer.url == reverse("filings:edit", args=[new.pk])
    assert press(cast.officer, old, "draft-again").url == answer.url
    assert Entry.objects.count() == entries + 1
    assert Entry.objects.latest("pk").verb == "filing.drafted_again"
    assert (new.status, new.file_id, new.again_of_id, new.planned_on) == (S.DRAFT, old.file_id, old.pk, old.planned_on)
    assert cells(new.version) == cells(old.version)
    old.refresh_from_db()
    assert old.status == S.WITHDRAWN
    assert old.result == Result.RECONSIDER
    assert Filing.objects.get(pk=old.pk).version.status == VersionStatus.DROPPED
    workflow.file(new.pk, actor=cast.manager)
    steps.advance(cast, new)
    assert workflow.hold(new.pk, on=today(), actor=cast.officer).file.status == FileStatus.HELD


def test_what_was_withdrawn_is_begun_again_and_the_file_is_prepared_again(cast, press):
    old = workflow.withdraw(steps.filed(cast).pk, reason="見直す。", actor=cast.manager)
    assert old.file.status == FileStatus.ABANDONED
    new = workflow.draft_again(old.pk, actor=cast.officer)
    assert new.file.status == FileStatus.PREPARING
    assert cells(new.version) == cells(old.version)
    with pytest.raises(MoveRefused, match="手続中"):
        workflow.draft_again(old.pk, actor=cast.manager)
    before = steps.written()
    answer = press(cast.manager, old, "draft-again")
    assert answer.url == old.get_absolute_url()
    assert steps.written() == before


def test_a_change_is_begun_again_beside_what_is_in_force(cast):
    old = steps.change(cast, S.FILED)
    workflow.withdraw(old.pk, reason="見直す。", actor=cast.manager)
    new = workflow.draft_again(old.pk, actor=cast.officer)
    assert (new.kind, new.base_version_id) == (FilingKind.CHANGE, old.base_version_id)
    assert "森林環境税額" in new.version.items


@pytest.mark.parametrize("make", [steps.notified, steps.held, lambda cast: steps.cease(cast, S.RECEIVED)])
def test_what_was_answered_otherwise_is_not_begun_again(cast, make):
    filing, before = make(cast), Filing.objects.count
    count = before()
    with pytest.raises(MoveRefused, match="できません"):
        workflow.draft_again(filing.pk, actor=cast.officer)
    assert before() == count


def test_nothing_is_submitted_while_a_cell_is_missing(cast, press):
    filing = steps.draft(cast, scope="", purpose="")
    before = steps.written()
    with pytest.raises(Invalid) as invalid:
        workflow.submit(filing.pk, actor=cast.officer)
    assert set(invalid.value.errors) == {"scope", "purpose"}
    assert press(cast.officer, filing, "submit", {"note": "お願いします"}).status_code == 422
    assert steps.written() == before


def test_every_form_of_a_decision_says_which_state_its_page_showed(cast):
    filing = steps.submitted(cast)
    for action in ACTIONS.values():
        assert action.form(subject=filing)["stamp"].value() == filing.stamp


def test_a_decision_from_a_page_opened_before_somebody_sent_it_back_is_refused(cast, press, client):
    filing = steps.submitted(cast)
    shown = filing.stamp
    workflow.send_back(filing.pk, reason="6欄を具体的に。", actor=cast.manager)
    before = steps.written()
    answer = press(cast.manager, filing, "file", {"note": "よい", "stamp": shown})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "画面を開いたあとに" in html
    assert f"{cast.manager.name}さんが差し戻しました" in html
    assert steps.written() == before
    filing.refresh_from_db()
    assert press(cast.manager, filing, "file", {"note": "よい", "stamp": filing.stamp}).status_code == 302


@pytest.mark.parametrize(
    ("make", "name", "data"),
    [
        (steps.filed, "consider", {"propose": "yes", "reason": "新しい"}),
        (steps.filed, "request-correction", {"reason": "直す"}),
        (steps.filed, "withdraw", {"reason": "やめる"}),
        (steps.decided, "notify", {}),
        (steps.notified, "hold", {"on": "2026-11-23"}),
    ],
)
def test_no_decision_is_made_from_a_page_that_is_over(cast, press, make, name, data):
    filing = make(cast)
    person = cast.manager if name in {"withdraw", "hold"} else cast.disclosure_manager
    before = steps.written()
    assert press(person, filing, name, {**data, "stamp": filing.stamp - 1}).status_code == 409
    assert steps.written() == before


def test_the_number_of_the_document_is_printed_on_the_notice_of_the_result(cast, press, client):
    filing = steps.decided(cast)
    assert press(cast.disclosure_manager, filing, "notify", {"document_number": "8練総情第1450号"}).status_code == 302
    filing.refresh_from_db()
    assert papers.result(filing)["document_number"] == "8練総情第1450号"
    assert "8練総情第1450号" in client.get(filing.get_absolute_url()).content.decode()
    assert press(cast.disclosure_manager, filing, "result.pdf").status_code == 405
    assert client.get(reverse("filings:result.pdf", args=[filing.pk])).content.startswith(b"%PDF")
