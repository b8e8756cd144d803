"""What a verb needs of the facts it is given: cells, dates, reasons (第10条)."""

from datetime import timedelta

import pytest

from files_registry.filings import workflow
from files_registry.filings.models import FilingStatus
from files_registry.filings.numbers import series
from nerima_privacy.calendars.eras import parse_date
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry import steps
from tests.files_registry.verbs import everything

pytestmark = pytest.mark.article("10-1")
DAY = timedelta(days=1)


def refused(verb, *fields):
    before = everything()
    with pytest.raises(Invalid) as refusal:
        verb()
    assert set(refusal.value.errors) == set(fields)
    assert all(sentence.endswith("。") or sentence.endswith("）。") for sentence in refusal.value.errors.values())
    assert everything() == before


def test_what_is_missing_is_said_at_once_and_nothing_is_filed(cast):
    filing = workflow.draft_new(cast.tax.pk, actor=cast.officer, data={"name": "新しい台帳"})
    with pytest.raises(Invalid) as refusal:
        workflow.file(filing.pk, actor=cast.manager)
    assert {"purpose", "items", "scope", "planned_on", "persons", "my_number"} <= set(refusal.value.errors)


def test_a_file_held_already_is_late_and_says_why(cast):
    filing = steps.draft(cast, already_done=True, planned_on=today() - 30 * DAY)
    refused(lambda: workflow.file(filing.pk, actor=cast.manager), "late_reason")
    filed = workflow.file(filing.pk, late_reason="点検で見つけた。", actor=cast.manager)
    assert filed.late
    steps.advance(cast, filed)
    held = workflow.hold(filed.pk, on=today() - 30 * DAY, actor=cast.officer)
    assert held.file.held_from == today() - 30 * DAY


def test_a_day_that_has_passed_is_late_and_today_is_not(cast):
    late = steps.draft(cast, planned_on=today() - DAY)
    refused(lambda: workflow.file(late.pk, actor=cast.manager), "late_reason")
    on_time = steps.draft(cast, name="別の台帳", planned_on=today())
    assert not workflow.file(on_time.pk, actor=cast.manager).late


@pytest.mark.article("10-3")
def test_ceasing_is_late_after_the_days_of_the_parameter(cast):
    base = steps.held(cast)
    type(base.file).objects.filter(pk=base.file_id).update(held_from=today() - 99 * DAY)
    filing = steps.cease(cast, on=today() - 15 * DAY, base=base)
    refused(lambda: workflow.file(filing.pk, actor=cast.manager), "late_reason")
    workflow.save_draft(filing.pk, {"planned_on": today() - 14 * DAY}, stamp=filing.stamp, actor=cast.officer)
    assert not workflow.file(filing.pk, actor=cast.manager).late


@pytest.mark.article("10-3")
def test_a_file_cannot_have_ceased_tomorrow_or_before_it_was_held(cast):
    base = steps.held(cast)
    filing = steps.cease(cast, on=today() + DAY, base=base)
    refused(lambda: workflow.file(filing.pk, actor=cast.manager), "planned_on")
    workflow.save_draft(filing.pk, {"planned_on": today() - DAY}, stamp=filing.stamp, actor=cast.officer)
    with pytest.raises(Invalid, match="以後の日付"):
        workflow.file(filing.pk, actor=cast.manager)


def test_nothing_is_held_tomorrow_or_before_its_result(cast):
    filing = steps.notified(cast)
    refused(lambda: workflow.hold(filing.pk, on=today() + DAY, actor=cast.officer), "on")
    refused(lambda: workflow.hold(filing.pk, on=today() - DAY, actor=cast.officer), "on")


def test_what_is_to_be_reconsidered_is_not_held(cast):
    filing = steps.notified(cast, "reconsider")
    with pytest.raises(MoveRefused, match="再検討"):
        workflow.hold(filing.pk, on=today(), actor=cast.officer)


def test_a_change_that_changes_nothing_is_not_filed(cast):
    filing = steps.change(cast, items=steps.CELLS["items"])
    with pytest.raises(Invalid, match="変わった欄がありません"):
        workflow.file(filing.pk, actor=cast.manager)


def test_a_change_that_needs_a_notification_is_not_applied_without_one(cast):
    filing = steps.change(cast)
    with pytest.raises(MoveRefused, match="第10条第1項"):
        workflow.apply_without_notice(filing.pk, on=today(), actor=cast.manager)


def test_one_name_names_one_file_of_a_unit(cast):
    steps.held(cast)
    filing = steps.draft(cast)
    refused(lambda: workflow.file(filing.pk, actor=cast.manager), "name")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"purpose": "あ" * 10_000}, "purpose"),
        ({"name": "あ" * 201}, "name"),
        ({"scope": "区民\x00"}, "scope"),
        ({"persons": -1}, "persons"),
        ({"persons": 99_999_999_999}, "persons"),
        ({"processing": "magic"}, "processing"),
        ({"late_reason": "あ" * 2001}, "late_reason"),
        ({"status": "in_force"}, "status"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(cast, data, field):
    filing = steps.draft(cast)
    refused(lambda: workflow.save_draft(filing.pk, data, stamp=filing.stamp, actor=cast.officer), field)


@pytest.mark.parametrize("text", ["𠮷田髙橋", "ﾈﾘﾏ区役所", "😀 台帳", "=1+1", "+A1"])
def test_rare_characters_and_formulas_are_kept_as_typed(cast, text):
    filing = steps.draft(cast, name=text)
    assert filing.version.name == text
    filing.refresh_from_db()
    assert filing.version.name == text


def test_a_correction_keeps_the_number_and_the_day(cast):
    filing = steps.filed(cast)
    number, filed_at = filing.number, filing.filed_at
    filing = workflow.request_correction(filing.pk, reason="6欄を", actor=cast.disclosure_staff)
    filing = workflow.save_draft(filing.pk, {"scope": "区内の者"}, stamp=filing.stamp, actor=cast.officer)
    filing = workflow.submit(filing.pk, actor=cast.officer)
    filing = workflow.file(filing.pk, actor=cast.manager)
    assert (filing.number, filing.filed_at, filing.status) == (number, filed_at, FilingStatus.FILED)


def test_the_opinion_is_not_older_than_the_proposal(cast):
    filing = steps.proposed(cast)

    def record(**more):
        words = {"council_on": today(), "outcome": "了承", "result": "conditions", "result_text": "暗号化する。"}
        return workflow.record_outcome(filing.pk, actor=cast.disclosure_staff, **{**words, **more})

    refused(lambda: record(council_on=today() - DAY), "council_on")
    refused(lambda: record(council_on=today() + DAY), "council_on")
    refused(lambda: record(outcome=" "), "outcome")
    refused(lambda: record(result=""), "result")
    refused(lambda: record(result_text=""), "result_text")
    assert record().status == FilingStatus.DECIDED


@pytest.mark.parametrize(
    ("day", "name"), [("2019-04-01", "R1"), ("2019-03-31", "H30"), ("2026-11-23", "R8"), ("2027-03-31", "R8")]
)
def test_numbers_are_of_the_fiscal_year(day, name):
    assert series(parse_date(day)) == name
