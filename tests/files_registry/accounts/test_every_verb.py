"""Every verb on account lists: what happens, who must not, in which state, one entry each (第11条第1項)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.accounts import workflow
from files_registry.accounts.models import AccountComparison, AccountFinding, ComparisonStatus
from files_registry.systems import workflow as systems
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Posting
from tests import every_verb
from tests.files_registry.access import steps
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import line

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]
OPERATORS = {"manager", "officer", "second_officer", "dispatched"}
S = ComparisonStatus


def checked(cast):
    return making.checked(cast, making.system(cast), line("A1", cast.clerk), line("A2", ""))


def recorded(cast):
    return making.recorded(cast, making.system(cast), line("A1", cast.clerk), line("A2", ""))


def seen(row, *accounts):
    found = row.findings.exclude(kind="missing")
    return {f.pk: f.answer_id for f in (found.filter(account__in=accounts) if accounts else found)}


def answered(row, actor, *accounts, **facts):
    facts = {"code": "stopped", **facts}
    return workflow.answer(row.pk, seen=facts.pop("seen", None) or seen(row, *accounts), actor=actor, **facts)


@dataclass(frozen=True)
class Example(every_verb.Example):
    """By the named administrator and the seats of the unit: each verb by the same people."""

    may: Collection[str] = frozenset(OPERATORS)


EXAMPLES = {
    "upload": Example(
        making.system,
        lambda cast, made, actor: making.uploaded(cast, made, line("A1", cast.clerk), actor=actor),
        quiet=True,
    ),
    "check": Example(
        lambda cast: making.uploaded(cast, making.system(cast), line("A1", cast.clerk)),
        lambda cast, row, actor: workflow.check(row.pk, meaning=making.MEANING, actor=actor),
        starts={"uploaded", "wrong", "checked"},
        quiet=True,
    ),
    "record": Example(
        checked,
        lambda cast, row, actor: workflow.record_comparison(row.pk, digest=row.digest, actor=actor),
        starts={"checked"},
    ),
    "discard": Example(
        checked,
        lambda cast, row, actor: workflow.discard(row.pk, actor=actor),
        starts={"uploaded", "wrong", "checked"},
        quiet=True,
    ),
    "answer": Example(recorded, lambda cast, row, actor: answered(row, actor), starts={"recorded"}, quiet=True),
}


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_each_verb_leaves_one_entry_of_who_did_it_in_which_post(cast, name, who):
    entry = every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    said = {"dispatched": "", "manager": "税務課　保護責任者"}
    assert entry.post_label == said.get(who, "税務課　保護担当者")


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


def put(cast, row, status):
    """Into a state, with what the database asks to be said of it."""
    facts = {"payload": None} if status in {S.RECORDED, S.DISCARDED} else {}
    by = {"recorded_by": cast.officer, "recorded_at": row.uploaded_at} if status == S.RECORDED else {}
    AccountComparison.objects.filter(pk=row.pk).update(
        **{"recorded_by": None, "recorded_at": None, **facts, **by, "status": status}
    )


@pytest.mark.parametrize("name", every_verb.with_starts(EXAMPLES))
def test_a_verb_starts_from_no_other_state(cast, name):
    every_verb.is_refused_from_every_other_state(cast, EXAMPLES[name], put)


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(
        cast, EXAMPLES[name], monkeypatch, "files_registry.accounts.telling"
    )


def test_recording_lets_go_of_the_file_and_keeps_no_more_than_the_findings(cast):
    row = making.checked(cast, making.system(cast), line("A1", cast.clerk), line("OK", cast.manager))
    assert row.payload
    row = workflow.record_comparison(row.pk, digest=row.digest, actor=cast.officer)
    row.refresh_from_db()
    assert (row.payload, row.shown, row.problems) == (None, {}, [])
    assert not AccountFinding.objects.filter(account="OK").exists()


def test_what_is_recorded_is_what_was_shown(cast):
    """A right is granted between the look and the press: the person is told and looks again."""
    made = making.system(cast)
    row = making.checked(cast, made, line("A1", cast.clerk))
    steps.granted(cast, making.file_of(made))
    before = making.written()
    with pytest.raises(MoveRefused):
        workflow.record_comparison(row.pk, digest=row.digest, actor=cast.officer)
    assert making.written() == before
    again = workflow.check(row.pk, meaning=making.MEANING, actor=cast.officer)
    with pytest.raises(MoveRefused):  # the page that still shows the first look
        workflow.record_comparison(row.pk, digest=row.digest, actor=cast.officer)
    assert workflow.record_comparison(row.pk, digest=again.digest, actor=cast.officer).status == "recorded"


def test_a_second_press_records_nothing_more(cast):
    row = recorded(cast)
    before = making.written()
    with pytest.raises(MoveRefused):
        workflow.record_comparison(row.pk, digest=row.digest, actor=cast.officer)
    assert making.written() == before


def test_a_form_sent_twice_uploads_once(cast):
    made = making.system(cast)
    facts = {"file_name": "a.csv", "content": making.table(line("A1", "")), "as_of": today(), "form_token": "t"}
    workflow.upload(made.pk, actor=cast.officer, **facts)
    with pytest.raises(MoveRefused):
        workflow.upload(made.pk, actor=cast.officer, **facts)
    assert AccountComparison.objects.count() == 1


@pytest.mark.parametrize("days", [1, -4000])
def test_the_day_of_the_list_is_neither_to_come_nor_before_the_system(cast, days):
    made = making.system(cast)
    with pytest.raises(Invalid) as refused:
        making.uploaded(cast, made, line("A1", ""), as_of=today() + timedelta(days=days))
    assert list(refused.value.errors) == ["as_of"]


def test_a_list_older_than_the_one_recorded_last_is_refused(cast):
    made = making.system(cast)
    making.recorded(cast, made, line("A1", ""))
    with pytest.raises(Invalid) as refused:
        making.uploaded(cast, made, line("A1", ""), as_of=today() - timedelta(days=1))
    assert list(refused.value.errors) == ["as_of"]


def test_a_system_without_a_file_has_nothing_to_compare_with(cast):
    made = making.system(cast)
    made.system_files.update(valid_to=today() - timedelta(days=1))
    with pytest.raises(MoveRefused):
        making.uploaded(cast, made, line("A1", ""))


def test_those_who_answer_are_told_and_not_who_recorded(cast):
    recorded(cast)
    told = set(Notice.objects.filter(kind="accounts.recorded").values_list("to__staff_number", flat=True))
    assert told == {cast.people[who].staff_number for who in OPERATORS - {"officer"}}


def test_a_manager_whose_file_is_concerned_is_told_too_and_others_are_not(cast):
    made = making.system(cast)
    making.link(cast, made, steps.held_file(cast, cast.collection, number="C-1"))
    making.link(cast, made, steps.held_file(cast, cast.school, number="P-1"))
    making.recorded(cast, made, line("A1", cast.teacher), line("A2", cast.neighbour, "管理"))
    told = Notice.objects.filter(kind="accounts.recorded").values_list("to", flat=True)
    assert cast.principal.pk in told  # a teacher of the school has an account
    assert cast.neighbour.pk not in told  # nothing is amiss with the own account


def test_nobody_is_told_where_nothing_was_found(cast):
    making.recorded(cast, making.system(cast), line("A1", cast.manager))
    assert not Notice.objects.filter(kind="accounts.recorded").exists()


def test_the_seats_of_the_unit_that_took_over_compare_and_are_told(cast):
    file = steps.held_file(cast, cast.closed_school, number="K-1")
    made = making.system(cast, cast.closed_school, files=[file])
    row = making.checked(cast, made, line("A1", cast.teacher), actor=cast.dispatched)
    workflow.record_comparison(row.pk, digest=row.digest, actor=cast.dispatched)
    told = set(Notice.objects.filter(kind="accounts.recorded").values_list("to", flat=True))
    assert told == {cast.other_principal.pk}
    answered(row, cast.other_principal)
    with pytest.raises(PermissionDenied):
        answered(row, cast.principal)


def test_an_administrator_who_has_left_or_was_named_by_mistake_is_not_told(cast):
    Posting.objects.filter(person=cast.dispatched).update(valid_to=today() - timedelta(days=1))
    made = making.system(cast)
    making.recorded(cast, made, line("A1", cast.clerk))
    assert cast.dispatched.pk not in Notice.objects.filter(kind="accounts.recorded").values_list("to", flat=True)


@pytest.mark.parametrize("how", ["recorded", "answered"])
def test_an_administrator_who_compared_a_list_is_no_mistake_to_take_back(cast, how):
    row = making.recorded(
        cast, making.system(cast), line("A1", cast.clerk), actor=cast.dispatched if how == "recorded" else None
    )
    if how == "answered":
        workflow.answer(row.pk, seen=seen(row, "A1"), code="stopped", actor=cast.dispatched)
    before = making.written()
    with pytest.raises(MoveRefused, match="管理者として行ったこと"):
        systems.withdraw_administrator(row.system_id, reason="人ちがい", actor=cast.officer)
    assert making.written() == before
