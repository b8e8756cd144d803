"""The buttons of a notification: one verb each, a word where it does not happen, and nothing written then."""

import pytest
from django.urls import reverse

from files_registry.filings import workflow
from files_registry.filings.actions import ACTIONS
from files_registry.filings.models import FilingStatus, Result
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from tests.files_registry import steps

S = FilingStatus
CONSIDER = {"propose": "no", "reason": "定例の事務のため", "result": "no_objection", "result_text": ""}


@pytest.fixture
def press(client):
    def post(person, filing, name, data=None):
        client.force_login(person)
        return client.post(reverse(f"filings:{name}", args=[filing.pk]), data or {})

    return post


@pytest.mark.article("10-1")
@pytest.mark.article("10-2")
def test_the_whole_journey_is_made_with_buttons(cast, press):
    filing = steps.draft(cast)
    journey = [
        ("officer", "submit", {"note": "税制改正にともなう追加です。"}, S.SUBMITTED),
        ("manager", "file", {"note": ""}, S.FILED),
        ("disclosure_manager", "consider", {"propose": "yes", "reason": "項目が多いため"}, S.PROPOSED),
        (
            "disclosure_staff",
            "outcome",
            {"council_on": wareki(today()), "outcome": "支障なし", "result": "no_objection", "result_text": ""},
            S.DECIDED,
        ),
        ("disclosure_manager", "notify", {}, S.NOTIFIED),
        ("officer", "hold", {"on": wareki(today())}, S.EFFECTED),
    ]
    for person, name, data, status in journey:
        assert press(cast.people[person], filing, name, data).status_code == 302, name
        filing.refresh_from_db()
        assert filing.status == status


@pytest.mark.article("10-3")
def test_ceasing_is_received_with_a_button(cast, press):
    filing = steps.cease(cast, S.FILED)
    assert press(cast.disclosure_staff, filing, "receive").status_code == 302
    filing.refresh_from_db()
    assert filing.status == S.RECEIVED


def test_sending_back_without_a_word_keeps_the_page_and_writes_nothing(cast, press):
    filing = steps.submitted(cast)
    before = steps.written()
    answer = press(cast.manager, filing, "send-back", {"note": " "})
    assert answer.status_code == 422
    assert "差し戻すときは、直してほしい所を書いてください。" in answer.content.decode()
    assert steps.written() == before


def test_an_insider_without_the_right_gets_403_and_nothing_is_written(cast, press):
    filing = steps.submitted(cast)
    before = steps.written()
    for name in ("file", "send-back", "consider", "notify", "receive", "request-correction", "outcome"):
        assert press(cast.officer, filing, name, {"note": "x"}).status_code == 403, name
    assert steps.written() == before


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_outsiders_find_no_button_and_visitors_log_in(cast, press, client, name):
    filing = steps.filed(cast)
    before = steps.written()
    for person in ("neighbour", "outsider", "superuser", "audit_officer"):
        assert press(cast.people[person], filing, name).status_code == 404
    client.logout()
    assert client.post(reverse(f"filings:{name}", args=[filing.pk])).status_code == 302
    assert client.get(reverse(f"filings:{name}", args=[filing.pk])).status_code in {302, 405}
    assert steps.written() == before


def test_a_double_click_does_it_once_and_frightens_nobody(cast, press):
    filing = steps.submitted(cast)
    press(cast.manager, filing, "file", {"note": ""})
    before = steps.written()
    answer = press(cast.manager, filing, "file", {"note": ""})
    assert answer.status_code == 302
    assert steps.written() == before


def test_who_comes_second_reads_why_and_keeps_what_was_typed(cast, press):
    filing = steps.filed(cast)
    workflow.consider(filing.pk, propose=True, reason="先に決めました", actor=cast.disclosure_manager)
    before = steps.written()
    answer = press(cast.disclosure_manager, filing, "request-correction", {"reason": "5欄を直してください"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "運営委員会に発議中" in html
    assert "5欄を直してください" in html
    assert steps.written() == before


@pytest.mark.parametrize(
    ("day", "words"),
    [("令和99年4月1日", "日付"), ("令和8年2月30日", "日"), ("あした", "日付")],
)
def test_an_impossible_day_is_said_at_the_field_and_kept(cast, press, day, words):
    filing = steps.notified(cast)
    answer = press(cast.officer, filing, "hold", {"on": day})
    assert answer.status_code == 422
    assert day in answer.content.decode()
    assert words in answer.content.decode()
    filing.refresh_from_db()
    assert filing.status == S.NOTIFIED


def test_ten_thousand_characters_are_refused_with_the_count_and_kept(cast, press):
    filing = steps.filed(cast)
    text = "長" * 10_000
    answer = press(cast.disclosure_manager, filing, "consider", {**CONSIDER, "reason": text})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "10000文字" in answer.content.decode()


def test_a_result_to_reconsider_offers_no_holding(cast, press, client):
    filing = steps.notified(cast, Result.RECONSIDER)
    client.force_login(cast.officer)
    html = client.get(filing.get_absolute_url()).content.decode()
    assert "保有を開始する</button>" not in html
    assert press(cast.officer, filing, "hold", {"on": wareki(today())}).status_code == 409
