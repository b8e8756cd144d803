"""What was done about a finding: by whom, with what it needs, seen by all, and what the next comparison makes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.accounts.answering import waiting
from files_registry.accounts.models import AccountAnswer, AccountFinding
from nerima_privacy.activity.append_only import AppendOnlyError
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry.access import steps
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import line
from tests.files_registry.accounts.test_every_verb import answered, recorded, seen

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]


def finding(row, account):
    return AccountFinding.objects.get(comparison=row, account=account)


def test_one_answer_is_put_to_several_findings(cast):
    row = recorded(cast)
    answered(row, cast.officer, code="stopped", reason="11月25日に停止")
    answer = AccountAnswer.objects.get()
    assert (answer.label, answer.answered_by, answer.answered_post) == (
        "アカウントを停止した", cast.officer, "税務課　保護担当者",
    )  # fmt: skip
    assert {finding(row, "A1").answer, finding(row, "A2").answer} == {answer}
    assert not waiting(AccountFinding.objects.all(), today()).exists()


def test_the_administrator_answers_under_that_name(cast):
    answered(recorded(cast), cast.dispatched, "A1")
    assert AccountAnswer.objects.get().answered_post == "情報システムの管理者"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": "nothing"}, "code"),
        ({"code": "kept"}, "reason"),
        ({"code": "kept", "reason": "夜間処理"}, "until"),
        ({"code": "kept", "reason": "夜間処理", "until": -1}, "until"),
        ({"code": "no_problem"}, "reason"),
        ({"code": "stopped", "until": 3}, "until"),
        ({"code": "stopped", "reason": "あ" * 1001}, "reason"),
        ({"code": "stopped", "seen": {10**9: None}}, "findings"),
    ],
)
def test_an_answer_that_lacks_something_says_so_at_the_field(cast, facts, field):
    row = recorded(cast)
    before = making.written()
    if "until" in facts:
        facts = {**facts, "until": today() + timedelta(days=facts["until"])}
    with pytest.raises(Invalid) as refused:
        answered(row, cast.officer, **facts)
    assert field in refused.value.errors
    assert making.written() == before


def test_nobody_answers_about_an_account_of_ones_own(cast):
    row = making.recorded(cast, making.system(cast), line("A1", cast.dispatched), line("A2", ""))
    before = making.written()
    with pytest.raises(Invalid) as refused:
        answered(row, cast.dispatched)
    assert list(refused.value.errors) == ["findings"]
    assert making.written() == before
    answered(row, cast.officer)


def test_what_is_missing_is_not_to_be_answered(cast):
    row = recorded(cast)
    missing = row.findings.filter(kind="missing").first()
    with pytest.raises(Invalid):
        answered(row, cast.officer, seen={missing.pk: None})


def test_a_finding_somebody_answered_meanwhile_is_not_answered_over_it(cast):
    row = recorded(cast)
    old = seen(row, "A1")
    answered(row, cast.officer, "A1")
    before = making.written()
    with pytest.raises(MoveRefused):
        answered(row, cast.manager, seen=old, code="deleted")
    assert making.written() == before


def test_an_answer_is_put_right_by_a_later_one_and_both_stay(cast):
    row = recorded(cast)
    answered(row, cast.officer, "A1")
    answered(row, cast.manager, "A1", code="deleted")
    assert finding(row, "A1").answer.code == "deleted"
    first = AccountAnswer.objects.order_by("pk").first()
    first.label = "x"
    with pytest.raises(AppendOnlyError):
        first.save()


def test_whoever_has_a_file_in_the_system_answers_for_the_own_people_only(cast):
    made = making.system(cast)
    making.link(cast, made, steps.held_file(cast, cast.school, number="P-1"))
    row = making.recorded(cast, made, line("A1", cast.teacher), line("A2", cast.clerk), line("A3", ""))
    answered(row, cast.principal, "A1")
    before = making.written()
    for account in ("A2", "A3"):
        with pytest.raises(Invalid):
            answered(row, cast.principal, account)
    with pytest.raises(PermissionDenied):
        answered(row, cast.other_principal, "A2")
    assert making.written() == before


def test_the_next_comparison_shows_what_lasts_and_closes_what_is_gone(cast):
    made = making.system(cast)
    first = making.recorded(cast, made, line("A1", cast.clerk), line("A2", ""))
    answered(first, cast.officer, "A1")
    second = making.recorded(cast, made, line("A1", cast.clerk), line("A3", ""))
    assert finding(second, "A1").continues == finding(first, "A1")
    assert finding(second, "A1").answer is None  # it was to be stopped, and works still
    assert finding(second, "A3").continues is None
    a1, a2 = finding(first, "A1"), finding(first, "A2")
    assert (a1.closed_in, a1.lasts, a2.closed_in, a2.lasts) == (second, True, second, False)
    assert (second.counts["lasting"], second.counts["resolved"]) == (1, 1)
    with pytest.raises(MoveRefused):
        answered(first, cast.officer, "A2")
    assert set(waiting(AccountFinding.objects.all(), today()).values_list("account", flat=True)) == {"A1", "A3"}


def test_what_may_stay_until_a_day_is_not_asked_again_before_it(cast):
    made = making.system(cast)
    kept = {"code": "kept", "reason": "夜間処理", "until": today() + timedelta(days=10)}
    first = making.recorded(cast, made, line("BATCH", ""))
    answered(first, cast.officer, "BATCH", **kept)
    second = making.recorded(cast, made, line("BATCH", ""))
    assert finding(second, "BATCH").answer == finding(first, "BATCH").answer
    assert not waiting(AccountFinding.objects.all(), today()).exists()
    assert waiting(AccountFinding.objects.all(), today() + timedelta(days=11)).get().account == "BATCH"


def test_what_may_stay_is_asked_again_once_more_goes_beyond(cast):
    made = making.system(cast)
    steps.granted(cast, making.file_of(made))
    kept = {"code": "kept", "reason": "夜間処理", "until": today() + timedelta(days=10)}
    first = making.recorded(cast, made, line("A1", cast.clerk, "更新"))
    answered(first, cast.officer, "A1", **kept)
    assert finding(making.recorded(cast, made, line("A1", cast.clerk, "更新")), "A1").answer is not None
    assert finding(making.recorded(cast, made, line("A1", cast.clerk, "管理")), "A1").answer is None


def test_the_answers_are_the_wards_to_change(cast):
    from nerima_privacy.law.models import LegalParameter

    LegalParameter.objects.filter(key="accounts.answers").update(value=[{"code": "asked", "label": "本人に確かめた"}])
    row = recorded(cast)
    with pytest.raises(Invalid):
        answered(row, cast.officer, "A1")
    answered(row, cast.officer, "A1", code="asked")
    assert finding(row, "A1").answer.label == "本人に確かめた"
