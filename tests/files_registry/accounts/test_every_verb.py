"""Every verb on account lists: what happens, who must not, in which state, one entry each (第11条第1項)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.accounts import workflow
from files_registry.accounts.models import AccountComparison, AccountFinding, ComparisonStatus
from files_registry.systems import workflow as systems
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Posting
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
class Example:
    """How to come to a verb, and how to do it; `starts` are the states it may start from."""

    before: Callable[[Any], Any]
    verb: Callable[[Any, Any, Any], Any]
    starts: frozenset[str] | None = None


EXAMPLES = {
    "upload": Example(
        making.system,
        lambda cast, made, actor: making.uploaded(cast, made, line("A1", cast.clerk), actor=actor),
    ),
    "check": Example(
        lambda cast: making.uploaded(cast, making.system(cast), line("A1", cast.clerk)),
        lambda cast, row, actor: workflow.check(row.pk, meaning=making.MEANING, actor=actor),
        frozenset({"uploaded", "wrong", "checked"}),
    ),
    "record": Example(
        checked,
        lambda cast, row, actor: workflow.record_comparison(row.pk, digest=row.digest, actor=actor),
        frozenset({"checked"}),
    ),
    "discard": Example(
        checked,
        lambda cast, row, actor: workflow.discard(row.pk, actor=actor),
        frozenset({"uploaded", "wrong", "checked"}),
    ),
    "answer": Example(recorded, lambda cast, row, actor: answered(row, actor), frozenset({"recorded"})),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_verb_leaves_one_entry_of_who_did_it_in_which_post(cast, name):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = Entry.objects.count()
    example.verb(cast, subject, cast.officer)
    entry = Entry.objects.latest("pk")
    assert Entry.objects.count() == before + 1
    assert (entry.actor, entry.post_label) == (cast.officer, "税務課　保護担当者")


@pytest.mark.parametrize("who", sorted(OPERATORS))
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_named_administrator_and_the_seats_of_the_unit_may(cast, name, who):
    subject = EXAMPLES[name].before(cast)
    before = making.written()
    EXAMPLES[name].verb(cast, subject, cast.people[who])
    assert making.written() != before


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    example = EXAMPLES[name]
    subject = example.before(cast)
    before = making.written()
    for who, person in cast.people.items():
        if who not in OPERATORS and person.is_active:
            with pytest.raises(PermissionDenied):
                example.verb(cast, subject, person)
    assert making.written() == before


@pytest.mark.parametrize(
    ("name", "status"), [(n, s) for n, e in EXAMPLES.items() if e.starts is not None for s in S if s not in e.starts]
)
def test_a_verb_starts_from_no_other_state(cast, name, status):
    example = EXAMPLES[name]
    row = example.before(cast)
    facts = {"payload": None} if status in {"recorded", "discarded"} else {}
    who = {"recorded_by": cast.officer, "recorded_at": row.uploaded_at} if status == "recorded" else {}
    AccountComparison.objects.filter(pk=row.pk).update(
        **{"recorded_by": None, "recorded_at": None, **facts, **who, "status": status}
    )
    before = making.written()
    with pytest.raises(MoveRefused):
        example.verb(cast, row, cast.officer)
    assert making.written() == before


@pytest.mark.parametrize("name", ["record"])
def test_nothing_is_kept_when_those_concerned_cannot_be_told(cast, monkeypatch, name):
    row = EXAMPLES[name].before(cast)
    before = making.written()

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("files_registry.accounts.telling.queue", broken)
    with pytest.raises(RuntimeError):
        EXAMPLES[name].verb(cast, row, cast.officer)
    assert making.written() == before


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
