"""Each verb on an audit: by whom, from where, all of it or nothing (第24条)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audits.examinations import workflow
from audits.examinations.daily import close_what_is_over
from audits.examinations.models import Audit, AuditStatus
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import end_of
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person
from roles.people import system_actor
from roles.seats import Basis, Seat
from tests import every_verb
from tests.audits import steps
from tests.every_verb import Example

pytestmark = [pytest.mark.django_db, pytest.mark.article("24-1")]
S = AuditStatus

EXAMPLES = {
    "plan": Example(
        lambda cast: None,
        lambda cast, _, actor: workflow.plan(steps.plan(cast), actor=actor),
        {"audit_officer"},
        quiet=True,
    ),
    "revise": Example(
        steps.planned,
        lambda cast, a, actor: workflow.revise(a.pk, steps.plan(cast, units=("school",)), stamp=a.stamp, actor=actor),
        {"audit_officer"},
        {S.DRAFT},
        quiet=True,
    ),
    "submit": Example(
        steps.planned, lambda cast, a, actor: workflow.submit(a.pk, actor=actor), {"audit_officer"}, {S.DRAFT}
    ),
    "approve": Example(
        steps.submitted, lambda cast, a, actor: workflow.approve(a.pk, note="閉庁後に行うこと", actor=actor), {"chief"},
        {S.SUBMITTED},
    ),
    "refuse": Example(
        steps.submitted, lambda cast, a, actor: workflow.refuse(a.pk, note="分けること", actor=actor), {"chief"},
        {S.SUBMITTED},
    ),
    "withdraw": Example(
        steps.submitted, lambda cast, a, actor: workflow.withdraw(a.pk, actor=actor), {"audit_officer"},
        {S.DRAFT, S.SUBMITTED},
    ),
    "end": Example(
        steps.approved, lambda cast, a, actor: workflow.end(a.pk, note="確かめ終えた", actor=actor),
        {"chief", "audit_officer"}, {S.UNDER_WAY},
    ),
}  # fmt: skip
ON_AUDITS = every_verb.with_starts(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_who_may_does_it_and_leaves_one_entry(cast, name, who):
    entry = every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    assert entry.post_label


def put(cast, audit, status):
    """Into a state, with what the database asks to be said of it."""
    now = timezone.now()
    asked = {"submitted_by": cast.audit_officer, "submitted_at": now}
    decided = {"decided_by": cast.chief, "decided_at": now, "decided_post": "総括保護管理者", "decision_note": "例"}
    ended = {"ended_at": now, "end_reason": "例"} if status == S.ENDED else {"ended_at": None, "end_reason": ""}
    Audit.objects.filter(pk=audit.pk).update(status=status, **asked, **decided, **ended)


@pytest.mark.parametrize("name", ON_AUDITS)
def test_it_is_refused_from_every_other_state(cast, name):
    every_verb.is_refused_from_every_other_state(cast, EXAMPLES[name], put)


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(cast, EXAMPLES[name], monkeypatch, "audits.examinations.telling")


@pytest.mark.parametrize("name", ON_AUDITS)
def test_a_double_press_does_it_once(cast, name):
    every_verb.is_done_once(cast, EXAMPLES[name])


def test_a_form_sent_twice_makes_one_plan(cast):
    workflow.plan(steps.plan(cast), form_token="one", actor=cast.audit_officer)
    before = steps.everything()
    with pytest.raises(MoveRefused, match="すでに保存されています"):
        workflow.plan(steps.plan(cast), form_token="one", actor=cast.audit_officer)
    assert steps.everything() == before


def test_a_plan_somebody_rewrote_meanwhile_is_not_submitted_unread(cast):
    steps.appoint(cast, "dual")
    audit = steps.planned(cast, officers=("audit_officer", "dual"))
    workflow.revise(audit.pk, steps.plan(cast, officers=("audit_officer", "dual")), stamp=audit.stamp, actor=cast.dual)
    for verb in (workflow.submit, workflow.withdraw):
        with pytest.raises(MoveRefused, match="書き直しました"):
            verb(audit.pk, stamp=audit.stamp, actor=cast.audit_officer)


@pytest.mark.parametrize("verb", [workflow.refuse, workflow.end])
@pytest.mark.parametrize("note", [" ", "𠮷" * 1001])
def test_a_reason_is_asked_for_at_its_field(cast, verb, note):
    audit = steps.submitted(cast) if verb == workflow.refuse else steps.approved(cast)
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        verb(audit.pk, note=note, actor=cast.chief)
    assert set(refused.value.errors) == {"note"}
    assert steps.everything() == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "あ" * 121}, "title"),
        ({"purpose": ""}, "purpose"),
        ({"matters": "\n"}, "matters"),
        ({"occasion": "yearly"}, "occasion"),
        ({"begins_on": None}, "begins_on"),
        ({"begins_on": steps.days(-1)}, "begins_on"),
        ({"ends_on": None}, "ends_on"),
        ({"begins_on": steps.days(5), "ends_on": steps.days(4)}, "ends_on"),
        ({"ends_on": steps.days(367)}, "ends_on"),
        ({"officers": ()}, "officers"),
        ({"officers": ("teacher",)}, "officers"),
        ({"units": ()}, "units"),
        ({"units": ("closed_school",)}, "units"),
    ],
)
def test_a_plan_that_does_not_hold_says_so_at_the_field_and_writes_nothing(cast, changed, field):
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        workflow.plan(steps.plan(cast, **changed), actor=cast.audit_officer)
    assert set(refused.value.errors) == {field}
    assert steps.everything() == before


def test_who_acts_for_the_chief_approves_but_not_who_is_sent(cast):
    """The seat is what approves; whoever planned it or is sent on it never does."""
    steps.appoint(cast, "dual")
    audit = steps.submitted(cast, officers=("audit_officer", "dual"))
    Appointment.objects.filter(seat=Seat.GENERAL_PROTECTION_MANAGER).update(valid_to=steps.days(-1))
    facts = {"seat": Seat.GENERAL_PROTECTION_MANAGER, "basis": Basis.ACTING, "valid_from": steps.days(0)}
    sent = Appointment.objects.create(person=cast.dual, **facts)
    with pytest.raises(PermissionDenied):
        workflow.approve(audit.pk, actor=cast.dual)
    sent.delete()
    Appointment.objects.create(person=cast.department_manager, **facts)
    done = workflow.approve(audit.pk, actor=cast.department_manager)
    assert done.decided_by == cast.department_manager
    assert "職務代理" in done.decided_post


def test_an_approval_is_refused_once_the_period_is_over(cast):
    audit = steps.submitted(cast, ends_on=steps.days(1))
    with time_machine.travel(end_of(audit.ends_on), tick=False):
        before = steps.everything()
        with pytest.raises(MoveRefused, match="終わっている"):
            workflow.approve(audit.pk, actor=cast.chief)
        assert steps.everything() == before


@pytest.mark.parametrize(("note", "named"), [("", ["status"]), ("閉庁後に行うこと", ["decision_note", "status"])])
def test_the_record_names_only_what_an_approval_changed(cast, note, named):
    workflow.approve(steps.submitted(cast).pk, note=note, actor=cast.chief)
    assert Entry.objects.get(verb="audit.approved").changed == named


def test_those_concerned_are_told_each_once(cast):
    audit = steps.submitted(cast, units=("tax", "school"))
    assert {n.to for n in Notice.objects.filter(kind="audit.submitted")} == {cast.chief}
    workflow.approve(audit.pk, actor=cast.chief)
    told = list(Notice.objects.filter(kind="audit.approved").values_list("to", flat=True))
    examined = {cast.manager, cast.officer, cast.second_officer, cast.department_manager}
    examined |= {cast.principal, cast.school_officer}
    assert sorted(told) == sorted(person.pk for person in examined | {cast.audit_officer})
    body = Notice.objects.get(kind="audit.approved", to=cast.manager).body
    assert cast.audit_officer.name in body
    assert "まで" in body


def test_a_whole_department_is_told_down_to_its_sections(cast):
    steps.approved(cast, units=("citizens",))
    told = set(Notice.objects.filter(kind="audit.approved").values_list("to__name", flat=True))
    assert {cast.department_manager.name, cast.manager.name, cast.neighbour.name} <= told
    assert cast.principal.name not in told


def test_a_night_closes_what_is_over_once_and_nothing_else(cast):
    over, going = steps.approved(cast, ends_on=steps.days(1)), steps.approved(cast, units=("school",))
    with time_machine.travel(end_of(over.ends_on) + timedelta(hours=3), tick=False):
        before = Entry.objects.count()
        assert close_what_is_over(steps.days(0), system_actor()) == 1
        assert close_what_is_over(steps.days(0), system_actor()) == 0
        assert Entry.objects.count() == before + 1
    over.refresh_from_db()
    going.refresh_from_db()
    assert (over.status, over.ended_at, over.ended_by) == (S.ENDED, end_of(over.ends_on), None)
    assert going.status == S.UNDER_WAY


def test_closing_one_that_still_lasts_is_refused(cast):
    audit = steps.approved(cast)
    before = steps.everything()
    with pytest.raises(MoveRefused):
        workflow.close(audit.pk, actor=system_actor())
    assert steps.everything() == before


def test_the_history_names_who_and_keeps_officers_and_units(cast):
    audit = steps.approved(cast, units=("tax", "school"))
    newest = audit.history.first()
    assert newest.history_user == cast.chief
    assert {row.unit_id for row in newest.units.all()} == {cast.tax.pk, cast.school.pk}
    assert {row.person_id for row in newest.officers.all()} == {cast.audit_officer.pk}
    assert not audit.history.filter(history_user=None).exists()


def test_a_longer_period_is_another_audit_with_its_own_approval(cast):
    audit = steps.approved(cast)
    more = workflow.plan(
        steps.plan(cast, begins_on=steps.days(31), ends_on=steps.days(60)), continues=audit.pk, actor=cast.audit_officer
    )
    assert more.continues == audit
    assert more.status == S.DRAFT
    audit.refresh_from_db()
    assert audit.ends_on == steps.days(30)


def test_an_audit_one_may_not_know_of_is_not_gone_on_from(cast):
    steps.appoint(cast, "dual")
    audit = steps.planned(cast)
    assert workflow.plan(steps.plan(cast, officers=("dual",)), continues=audit.pk, actor=cast.dual).continues is None


def test_who_has_left_plans_nothing(cast):
    Person.objects.filter(pk=cast.audit_officer.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        workflow.plan(steps.plan(cast), actor=steps.fresh(cast.audit_officer))
