"""Rights are confirmed in each round; those nobody answered for stop, those that ran out are closed (第11条第1項)."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.access import daily, ending, reviewing, workflow
from files_registry.access.holders import holders_of
from files_registry.access.models import FileUserRight, Grant, GrantStatus
from files_registry.access.opening import open_file
from files_registry.access.opening_together import open_together
from files_registry.access.reconciling import differences
from files_registry.access.reviewing import Answer, Answered
from files_registry.access.rounds import round_on, since_last
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import end_of, today
from nerima_privacy.duties.registry import Scope, duty_named
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Posting
from roles.people import system_actor
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]
S = GrantStatus
KEEP, END = Answered(Answer.KEEP), Answered(Answer.END)
NARROW = Answered(Answer.NARROW, ["open_file"], date(2027, 12, 31))
THEN, ROUND = datetime(2026, 2, 1, 9, tzinfo=timezone.get_default_timezone()), date(2026, 4, 1)


@pytest.fixture
def old(cast):
    """A right decided in the fiscal year before, until the end of the year after."""
    with time_machine.travel(THEN, tick=False):
        return steps.granted(cast, ends_on=date(2027, 12, 31))


def at(day):
    moment = timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=7)
    return time_machine.travel(moment, tick=False)


def late(day):
    return [f.key for f in duty_named("access.rights_confirmed").check(Scope(day)).findings]


def test_a_round_begins_with_the_fiscal_year_and_its_days_are_data():
    current = round_on(date(2026, 11, 25))
    assert (current.begins_on, current.due_on, current.before) == (ROUND, date(2026, 5, 31), date(2025, 4, 1))
    assert round_on(date(2027, 3, 31)).begins_on == ROUND
    half = {"access.review_months": 6, "access.review_days": 30, "access.suspend_after_days": 10}
    assert round_on(date(2026, 11, 25), half).begins_on == date(2026, 10, 1)


def test_a_right_waits_for_its_answer_until_it_is_kept(cast, old):
    with at(date(2026, 4, 20)):
        assert late(date(2026, 4, 20)) == [f"file:{old.file_id}"]
        reviewing.review(old.file_id, answers={old.pk: KEEP}, actor=cast.manager)
        assert late(date(2026, 4, 20)) == []
        assert cast.clerk.has_perm("files_registry.open_file", old.file)
    with at(date(2027, 4, 2)):
        assert late(date(2027, 4, 2)) == [f"file:{old.file_id}"]


def test_what_was_decided_in_the_round_needs_no_answer(cast):
    with at(date(2026, 5, 1)):
        steps.granted(cast)
        assert late(date(2026, 5, 1)) == []


def test_an_end_in_the_review_takes_the_right_and_is_one_entry(cast, old):
    with at(date(2026, 4, 20)):
        before = Entry.objects.count()
        reviewing.review(old.file_id, answers={old.pk: END}, note="担当を外れた", actor=cast.manager)
        assert Entry.objects.count() == before + 1
        assert not cast.clerk.has_perm("files_registry.open_file", old.file)
        assert not list(differences())


@pytest.mark.parametrize("answer", [END, NARROW])
@pytest.mark.parametrize("note", ["", " 　", "あ" * 1001])
def test_what_ends_or_gets_less_in_a_review_has_a_reason_somebody_typed(cast, answer, note):
    with time_machine.travel(THEN, tick=False):
        old = steps.granted(cast, rights=["open_file", "output_file"], ends_on=date(2027, 12, 31))
        other = steps.granted(cast, old.file, who="second_clerk", ends_on=date(2027, 12, 31))
    with at(date(2026, 4, 20)):
        before = steps.everything()
        with pytest.raises(Invalid) as wrong:
            reviewing.review(old.file_id, answers={old.pk: answer, other.pk: KEEP}, note=note, actor=cast.manager)
        assert set(wrong.value.errors) == {"note"}
        assert "1,001字" in wrong.value.errors["note"] if note.strip() else "（1件）" in wrong.value.errors["note"]
        assert steps.everything() == before


def test_one_reason_serves_for_all_and_a_right_may_have_its_own(cast):
    with time_machine.travel(THEN, tick=False):
        file = steps.held_file(cast)
        facts = {"rights": ["open_file", "output_file"], "ends_on": date(2027, 12, 31)}
        ended, less, own = (steps.granted(cast, file, who, **facts) for who in ("clerk", "second_clerk", "teacher"))
    with at(date(2026, 4, 20)):
        answers = {ended.pk: END, less.pk: NARROW, own.pk: Answered(Answer.END, note="異動の予定")}
        reviewing.review(file.pk, answers=answers, note="担当を外れた", actor=cast.manager)
    reasons = {"clerk": "担当を外れた", "second_clerk": "担当を外れた", "teacher": "異動の予定"}
    for who, reason in reasons.items():
        person = cast.people[who]
        grant = Grant.objects.filter(person=person).earliest("pk")
        assert grant.end_reason == reason
        assert grant.history.first().history_change_reason == reason
        assert Notice.objects.filter(to=person).latest("pk").body == reason
    assert Grant.objects.get(narrows=less).decision_note == "担当を外れた"
    assert Entry.objects.filter(verb="access.reviewed").get().reason == "担当を外れた／異動の予定"


def test_a_reason_of_a_rights_own_is_enough_where_nothing_else_ends(cast, old):
    with at(date(2026, 4, 20)):
        reviewing.review(old.file_id, answers={old.pk: Answered(Answer.END, note="異動の予定")}, actor=cast.manager)
        old.refresh_from_db()
        assert old.end_reason == "異動の予定"


def test_a_review_with_one_that_has_ended_meanwhile_writes_nothing(cast, old):
    other = steps.granted(cast, old.file, who="second_clerk")
    workflow.revoke(other.pk, note="例", actor=cast.manager)
    before = steps.everything()
    with pytest.raises(MoveRefused):
        reviewing.review(old.file_id, answers={old.pk: KEEP, other.pk: KEEP}, actor=cast.manager)
    with pytest.raises(Invalid):
        reviewing.review(old.file_id, answers={}, actor=cast.manager)
    assert steps.everything() == before


def test_nobody_confirms_a_right_of_ones_own(cast):
    """A 部長 who stands in for a vacant 課長 and holds a right over the file."""
    from roles.models import Appointment

    grant = steps.granted(cast, who="department_manager")
    Appointment.objects.filter(person=cast.manager).delete()
    with pytest.raises(PermissionDenied):
        reviewing.review(grant.file_id, answers={grant.pk: KEEP}, actor=cast.department_manager)


def test_without_an_answer_it_is_suspended_after_the_days_and_can_be_restored(cast, old):
    current = round_on(date(2026, 5, 1))
    with at(current.suspends_on - timedelta(days=1)):
        assert daily.suspend_unanswered(date.today(), system_actor()) == 0
    with at(current.suspends_on):
        assert daily.suspend_unanswered(current.suspends_on, system_actor()) == 1
        assert daily.suspend_unanswered(current.suspends_on, system_actor()) == 0
        old.refresh_from_db()
        assert old.status == S.SUSPENDED
        assert not cast.clerk.has_perm("files_registry.open_file", old.file)
        with pytest.raises(Invalid):
            workflow.restore(old.pk, note=" ", actor=cast.manager)
        workflow.restore(old.pk, note="業務に要る", actor=cast.manager)
        assert cast.clerk.has_perm("files_registry.open_file", old.file)
        assert daily.suspend_unanswered(current.suspends_on, system_actor()) == 0
        assert not list(differences())


def test_the_manager_sees_what_is_new_changed_and_unchanged(cast, old):
    current = round_on(date(2026, 4, 20))
    assert since_last(old, current) == "new"
    assert since_last(Grant(decided_at=THEN, narrows_id=1), current) == "changed"
    assert since_last(Grant(decided_at=THEN - timedelta(days=800)), current) == "same"
    assert since_last(Grant(decided_at=THEN, kept_at=THEN), current) == "same"


@pytest.mark.parametrize("why", ["expired", "moved", "ceased", "left"])
def test_the_night_closes_what_has_run_out_once_and_with_its_reason(cast, why):
    grant = steps.granted(cast, ends_on=date(2026, 12, 31)) if why == "expired" else steps.granted(cast)
    moment = date(2027, 1, 2) if why == "expired" else timezone.localdate()
    if why == "moved":
        Posting.objects.filter(person=cast.clerk).update(valid_to=timezone.localdate() - timedelta(days=1))
    elif why == "ceased":
        type(grant.file).objects.filter(pk=grant.file_id).update(status="ceased", ceased_on=timezone.localdate())
    elif why == "left":
        type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(is_active=False)
    with at(moment):
        before = Entry.objects.count()
        assert daily.end_what_ran_out(moment, system_actor()) == 1
        assert daily.end_what_ran_out(moment, system_actor()) == 0
        assert Entry.objects.count() == before + 1
    grant.refresh_from_db()
    assert grant.status == S.ENDED
    assert grant.end_reason
    assert not FileUserRight.objects.filter(grant=grant).exists()
    assert not list(differences())


def test_many_are_closed_some_at_a_time_each_with_its_reason_entry_and_history(cast, monkeypatch):
    file = steps.held_file(cast)
    grants = [steps.granted(cast, file, who) for who in ("clerk", "second_clerk", "neighbour")]
    kept = steps.granted(cast, file, "teacher")
    type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(is_active=False)
    Posting.objects.filter(person__in=[cast.second_clerk, cast.neighbour]).delete()
    Appointment.objects.filter(person=cast.neighbour).delete()
    actor, before = system_actor(), Entry.objects.count()
    monkeypatch.setattr(daily, "AT_ONCE", 2)
    monkeypatch.setattr(daily, "READ", 2)
    assert daily.end_what_ran_out(today(), actor) == 3
    reasons = ["在籍しなくなりました", *["異動などで、その所属ではなくなりました"] * 2]
    entries = Entry.objects.order_by("pk")[before:]
    assert [(entry.subject_id, entry.verb, entry.reason) for entry in entries] == [
        (grant.pk, "access.ended", reason) for grant, reason in zip(grants, reasons, strict=True)
    ]
    for grant, reason in zip(grants, reasons, strict=True):
        grant.refresh_from_db()
        assert (grant.status, grant.end_reason) == (S.ENDED, reason)
        last = grant.history.first()
        assert (last.status, last.history_user, last.history_change_reason) == (S.ENDED, actor, reason)
        assert last.history_type == "~"
    kept.refresh_from_db()
    assert kept.status == S.GRANTED
    assert not list(differences())


def test_a_night_broken_off_leaves_what_it_closed_and_the_next_one_closes_the_rest(cast, monkeypatch):
    file = steps.held_file(cast)
    grants = [steps.granted(cast, file, who) for who in ("clerk", "second_clerk", "teacher")]
    type(cast.clerk).objects.filter(pk__in=[grant.person_id for grant in grants]).update(is_active=False)
    actor, done = system_actor(), []

    def broken_off(keys, *, actor):
        if done:
            raise OSError("power")
        done.append(ending.end(keys, actor=actor))
        return done[-1]

    with monkeypatch.context() as broken:
        broken.setattr(daily, "AT_ONCE", 1)
        broken.setattr(daily, "end", broken_off)
        with pytest.raises(OSError, match="power"):
            daily.end_what_ran_out(today(), actor)
    assert Grant.objects.filter(status=S.ENDED).count() == 1
    assert not list(differences())
    assert daily.end_what_ran_out(today(), actor) == 2
    assert Entry.objects.filter(verb="access.ended").count() == 3


def test_a_round_with_many_unanswered_stops_them_together_and_tells_each(cast, monkeypatch):
    with time_machine.travel(THEN, tick=False):
        file = steps.held_file(cast)
        grants = [steps.granted(cast, file, who, ends_on=date(2027, 12, 31)) for who in ("clerk", "second_clerk")]
    day = round_on(date(2026, 5, 1)).suspends_on
    before = Notice.objects.count()
    with at(day):
        assert daily.suspend_unanswered(day, system_actor()) == 2
    assert {grant.status for grant in Grant.objects.all()} == {S.SUSPENDED}
    assert {notice.to for notice in Notice.objects.order_by("pk")[before:]} == {grant.person for grant in grants}
    assert Entry.objects.filter(verb="access.suspended").count() == 2
    assert not list(differences())


def test_a_suspended_right_is_closed_when_its_time_is_over_and_keeps_when_it_stopped(cast, old):
    stopped = round_on(date(2026, 5, 1)).suspends_on
    with at(stopped):
        daily.suspend_unanswered(stopped, system_actor())
    old.refresh_from_db()
    moment, reason = old.ended_at, old.end_reason
    with at(date(2027, 12, 31)):
        assert daily.end_what_ran_out(date(2027, 12, 31), system_actor()) == 0
    with at(date(2028, 1, 1)):
        assert daily.end_what_ran_out(date(2028, 1, 1), system_actor()) == 1
        assert daily.end_what_ran_out(date(2028, 1, 1), system_actor()) == 0
    old.refresh_from_db()
    assert (old.status, old.ended_at, old.end_reason) == (S.ENDED, moment, reason)
    assert Entry.objects.get(verb="access.ended").reason == "期間が終わりました"
    assert not list(differences())


def test_a_past_day_on_which_a_right_was_suspended_does_not_show_it_though_it_was_restored(cast, old):
    def shown(day):
        return cast.clerk in {holder.person for holder in holders_of(old.file, end_of(day) - timedelta(seconds=1))}

    stopped = round_on(date(2026, 5, 1)).suspends_on
    with at(stopped):
        daily.suspend_unanswered(stopped, system_actor())
    back = stopped + timedelta(days=10)
    with at(back):
        workflow.restore(old.pk, note="業務に要る", actor=cast.manager)
    with at(back + timedelta(days=30)):
        days = [stopped - timedelta(days=1), stopped + timedelta(days=3), back, back + timedelta(days=20)]
        assert [shown(day) for day in days] == [True, False, True, True]


def test_a_right_nobody_uses_is_found_until_it_is_used(cast, old):
    day = date(2026, 11, 25)
    with at(day):
        assert unused(day) == [f"unused:{old.file_id}"]
        assert unused(day, counting=True) == [(old.file.unit_id, 1)]
        open_file(old.file, purpose="例", actor=cast.clerk)
        assert unused(day) == []
        assert unused(day, counting=True) == []


def unused(day, *, counting=False):
    found = duty_named("access.rights_used").check(Scope(day, counting=counting))
    return [(t.unit_id, t.many) for t in found.tallies] if counting else [f.key for f in found.findings]


def subjects(day):
    return duty_named("access.rights_used").check(Scope(day)).subjects


def test_whether_a_right_was_used_is_answered_as_of_the_day_asked(cast, old):
    keys = [f"unused:{old.file_id}"]
    with at(date(2026, 10, 1)):
        open_file(old.file, purpose="例", actor=cast.clerk)
    with at(date(2027, 5, 1)):
        workflow.revoke(old.pk, note="担当を外れた", actor=cast.manager)
    with at(date(2027, 6, 1)):
        days = {
            date(2026, 1, 31): ([], 0),  # not given yet
            date(2026, 7, 30): ([], 1),  # given 179 days before
            date(2026, 8, 1): (keys, 1),
            date(2026, 9, 30): (keys, 1),
            date(2026, 10, 1): ([], 1),  # opened that day
            date(2027, 3, 29): ([], 1),
            date(2027, 4, 1): (keys, 1),
            date(2027, 5, 2): ([], 0),  # taken away
            date(2027, 6, 1): ([], 0),
        }
        assert {day: (unused(day), subjects(day)) for day in days} == days
        assert unused(date(2026, 9, 30), counting=True) == [(old.file.unit_id, 1)]


def test_a_right_suspended_on_the_day_asked_was_none_then(cast, old):
    stopped = round_on(date(2026, 5, 1)).suspends_on
    with at(stopped):
        daily.suspend_unanswered(stopped, system_actor())
    with at(date(2026, 9, 1)):
        workflow.restore(old.pk, note="業務に要る", actor=cast.manager)
    with at(date(2026, 9, 20)):
        assert [unused(day) for day in (date(2026, 8, 15), date(2026, 9, 5))] == [[], [f"unused:{old.file_id}"]]


def test_whether_a_right_was_confirmed_is_answered_as_of_the_day_asked(cast, old):
    with at(date(2026, 4, 20)):
        reviewing.review(old.file_id, answers={old.pk: KEEP}, actor=cast.manager)
    with at(date(2027, 4, 20)):
        reviewing.review(old.file_id, answers={old.pk: END}, note="担当を外れた", actor=cast.manager)
    with at(date(2027, 5, 1)):
        days = [date(2026, 4, 19), date(2026, 4, 20), date(2027, 3, 31), date(2027, 4, 10), date(2027, 4, 20)]
        key = [f"file:{old.file_id}"]
        assert [late(day) for day in days] == [key, [], [], key, []]


def test_a_right_kept_again_was_confirmed_in_the_round_before(cast, old):
    for day in (date(2026, 4, 20), date(2027, 4, 20)):
        with at(day):
            reviewing.review(old.file_id, answers={old.pk: KEEP}, actor=cast.manager)
    with at(date(2027, 5, 1)):
        days = [date(2026, 4, 10), date(2026, 12, 1), date(2027, 4, 10), date(2027, 4, 25)]
        assert [bool(late(day)) for day in days] == [True, False, True, False]


def test_many_files_opened_by_one_act_are_used_as_one_opened_alone(cast, old):
    with at(date(2026, 11, 25)), transaction.atomic():
        files = type(old.file).objects.filter(pk=old.file_id)
        assert open_together(cast.clerk, files, "出力") == 1
        assert unused(date(2026, 11, 25)) == []


def test_rights_from_before_are_told_by_the_openings_when_they_were_used(cast, old):
    other = steps.granted(cast, old.file, who="second_clerk")
    opened = open_file(old.file, purpose="例", actor=cast.clerk)
    Grant.objects.update(used_at=None)
    import_module("files_registry.migrations.0024_rights_know_when_they_were_used").read_the_openings(apps, None)
    assert Grant.objects.get(pk=old.pk).used_at == opened.at
    assert Grant.objects.get(pk=other.pk).used_at is None
