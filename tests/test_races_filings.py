"""Two people decide at once: the second waits for the first transaction, then is told, and nothing is done twice."""

import pytest

from files_registry.catalogue import workflow as files
from files_registry.catalogue.models import Disposal
from files_registry.filings import drafting, moves, workflow
from files_registry.filings.models import Filing
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import MoveRefused
from tests import every_verb, races
from tests.files_registry import steps
from tests.files_registry.verbs import EXAMPLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.article("10-1")]
race = races.at_the_record_of(moves, drafting, files)


def doing(cast, name, subject, who=None):
    return EXAMPLES[name].doing(cast, subject, who)


@pytest.mark.parametrize(
    "name",
    [
        "submit",
        "send_back",
        "file",
        "request_correction",
        "withdraw",
        "propose",
        "decide",
        "record_outcome",
        "notify",
        "hold",
        "apply_change",
        "apply_without_notice",
        "receive",
        "record_disposal",
        "draft_change",
        "draft_cease",
        "draft_again",
        "save_draft",
    ],
)
def test_the_same_verb_twice_at_once_is_done_once(cast, monkeypatch, name):
    every_verb.twice_at_once_is_done_once(cast, EXAMPLES[name], race, monkeypatch)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("submitted", "file", "send_back"),
        ("filed", "decide", "withdraw"),
        ("filed", "withdraw", "propose"),
        ("filed", "request_correction", "decide"),
        ("notified", "hold", "withdraw"),
        ("draft", "submit", "save_draft"),
    ],
)
def test_two_different_verbs_at_once_leave_the_first_alone(cast, monkeypatch, name, one, other):
    filing = getattr(steps, name)(cast)
    every_verb.at_once_the_first_alone_stands(race, monkeypatch, doing(cast, one, filing), doing(cast, other, filing))


def test_two_filed_at_once_get_two_numbers_in_a_row(cast, monkeypatch):
    one, two = steps.submitted(cast, name="甲台帳"), steps.submitted(cast, name="乙台帳")
    first, second = race(monkeypatch, doing(cast, "file", one), doing(cast, "file", two))
    numbers = sorted([first.number, second.number])
    assert int(numbers[1][-4:]) == int(numbers[0][-4:]) + 1


def test_a_number_given_back_by_a_rollback_is_given_again(cast, monkeypatch):
    one, two = steps.submitted(cast, name="甲台帳"), steps.submitted(cast, name="乙台帳")
    with monkeypatch.context() as patch:
        patch.setattr(moves, "record", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            workflow.file(one.pk, actor=cast.manager)
    assert workflow.file(two.pk, actor=cast.manager).number.endswith("-0001")


def test_two_new_files_begun_at_once_get_two_numbers(cast, monkeypatch):
    first, second = race(monkeypatch, doing(cast, "draft_new", cast.tax), doing(cast, "draft_new", cast.tax, "officer"))
    assert {first.file.number, second.file.number} == {"F-00001", "F-00002"}


def test_one_page_sent_twice_at_once_begins_one_draft(cast, monkeypatch):
    def begin():
        return workflow.draft_new(cast.tax.pk, actor=cast.officer, token="a page")

    first, second = race(monkeypatch, begin, begin)
    assert isinstance(second, MoveRefused), second
    assert Filing.objects.get() == first
    assert workflow.draft_new(cast.tax.pk, actor=cast.officer, token="another").file.number == "F-00002"


def test_what_was_sent_back_at_that_moment_is_not_filed_from_the_page_before(cast, monkeypatch):
    filing = steps.submitted(cast)
    page = filing.stamp
    first, second = race(
        monkeypatch,
        doing(cast, "send_back", filing),
        lambda: workflow.file(filing.pk, stamp=page, actor=cast.manager),
    )
    assert first.status == "returned"
    assert isinstance(second, MoveRefused)
    assert f"{cast.manager.name}さんが差し戻しました" in str(second)
    assert Filing.objects.get(pk=filing.pk).status == "returned"


def test_a_stale_form_is_told_who_saved(cast):
    filing = steps.draft(cast)
    workflow.save_draft(filing.pk, {"scope": "全区民"}, stamp=filing.stamp, actor=cast.second_officer)
    with pytest.raises(MoveRefused, match=cast.second_officer.name):
        workflow.save_draft(filing.pk, {"scope": "別の記入"}, stamp=filing.stamp, actor=cast.officer)
    assert Filing.objects.get(pk=filing.pk).version.scope == "全区民"


def test_the_two_ways_to_account_for_the_data_do_not_both_stand(cast, monkeypatch):
    file = EXAMPLES["record_disposal"].before(cast)

    def as_returned():
        return files.record_disposal(
            file.pk, kind=Disposal.RETURNED, on=today(), note="受領書を得た。", actor=cast.manager
        )

    first, second = race(monkeypatch, doing(cast, "record_disposal", file), as_returned)
    assert first.disposal == Disposal.ERASED
    assert isinstance(second, MoveRefused)
