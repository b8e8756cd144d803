"""Appointing, acting for, ending: who may, what happens to the one before, and that refusals leave no trace."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles import workflow
from roles.holdings import holdings_of
from roles.models import Appointment, Posting
from roles.seats import Basis, Seat

DAY = timedelta(days=1)
NEXT = date(2099, 4, 1)


def nothing_written():
    return not Entry.objects.exists() and not Notice.objects.exists() and Appointment.history.count() == 0


def appoint(cast, actor=None, **facts):
    facts = {
        "seat": Seat.PROTECTION_MANAGER,
        "unit_id": cast.tax.pk,
        "person_id": cast.outsider.pk,
        "valid_from": today(),
        "succeed": True,
        **facts,
    }
    return workflow.appoint(**facts, actor=actor or cast.administrator)


@pytest.mark.article("5-1")
def test_a_new_manager_takes_over_in_the_middle_of_the_year(cast):
    new = appoint(cast, reason="人事異動")
    assert holdings_of(cast.outsider).has(Seat.PROTECTION_MANAGER)
    assert not holdings_of(cast.manager).has(Seat.PROTECTION_MANAGER)
    assert Appointment.objects.get(person=cast.manager).valid_to == today() - DAY
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_id, entry.post_label) == ("appointment.made", new.pk, "システム管理者")
    assert set(Notice.objects.values_list("to", flat=True)) == {cast.outsider.pk, cast.manager.pk}
    version = new.history.get()
    assert (version.history_user, version.history_change_reason) == (cast.administrator, "人事異動")


@pytest.mark.article("5-1")
def test_without_ending_the_present_holder_the_conflict_is_named_with_its_period(cast):
    with pytest.raises(Invalid) as refused:
        appoint(cast, succeed=False)
    sentence = refused.value.errors["valid_from"]
    assert cast.manager.name in sentence
    assert "令和5年4月1日から" in sentence
    assert nothing_written()


@pytest.mark.article("5-1")
def test_nobody_but_an_administrator_appoints(cast):
    for name, person in cast.people.items():
        if name == "administrator":
            continue
        with pytest.raises(PermissionDenied):
            appoint(cast, actor=person)
    assert nothing_written()


@pytest.mark.article("4-1")
@pytest.mark.parametrize(
    ("seat", "unit", "field"),
    [
        (Seat.DEPARTMENT_PROTECTION_MANAGER, "tax", "unit"),
        (Seat.DEPARTMENT_PROTECTION_MANAGER, "school", "unit"),
        (Seat.PROTECTION_MANAGER, "citizens", "unit"),
        (Seat.PROTECTION_MANAGER, None, "unit"),
        (Seat.GENERAL_PROTECTION_MANAGER, "tax", "unit"),
        (Seat.PROTECTION_MANAGER, "closed_school", "valid_to"),
    ],
)
def test_a_seat_stands_only_where_the_guideline_puts_it(cast, seat, unit, field):
    with pytest.raises(Invalid) as refused:
        appoint(cast, seat=seat, unit_id=getattr(cast, unit).pk if unit else None, succeed=False)
    assert field in refused.value.errors
    assert nothing_written()


def test_nobody_who_left_is_appointed(cast):
    with pytest.raises(Invalid) as refused:
        appoint(cast, person_id=cast.former.pk)
    assert "在籍していません" in refused.value.errors["person"]
    assert not Entry.objects.exists()


@pytest.mark.article("5-1")
def test_an_acting_holder_stands_between_two_periods_of_the_one_acted_for(cast):
    first, last = today(), today() + 9 * DAY
    acting = workflow.appoint_acting(
        seat=Seat.PROTECTION_MANAGER,
        unit_id=cast.tax.pk,
        person_id=cast.officer.pk,
        valid_from=first,
        valid_to=last,
        reason="長期の出張",
        actor=cast.administrator,
    )
    assert acting.basis == Basis.ACTING
    before, after = Appointment.objects.filter(person=cast.manager).order_by("valid_from")
    assert (before.valid_to, after.valid_from, after.valid_to) == (first - DAY, last + DAY, None)
    assert not holdings_of(cast.manager).appointments
    assert holdings_of(cast.officer).has(Seat.PROTECTION_MANAGER)
    assert Entry.objects.get().verb == "appointment.acting_made"
    assert Notice.objects.count() == 2


@pytest.mark.article("6-1")
def test_officers_are_several_so_none_is_replaced_or_acted_for(cast):
    officer = {"seat": Seat.PROTECTION_OFFICER, "unit_id": cast.school.pk}
    with pytest.raises(Invalid):
        appoint(cast, **officer, succeed=True)
    with pytest.raises(Invalid):
        workflow.appoint_acting(
            **officer,
            person_id=cast.outsider.pk,
            valid_from=today(),
            valid_to=today(),
            reason="出張",
            actor=cast.administrator,
        )
    assert nothing_written()
    appoint(cast, **officer, succeed=False)
    assert Appointment.objects.on().filter(seat=Seat.PROTECTION_OFFICER, unit=cast.school).count() == 2


def test_an_acting_period_that_ends_early_gives_the_seat_back_the_day_after(cast):
    test_an_acting_holder_stands_between_two_periods_of_the_one_acted_for(cast)
    acting = Appointment.objects.get(seat=Seat.PROTECTION_MANAGER, unit=cast.tax, person=cast.officer)
    workflow.end_appointment(acting.pk, last_day=today(), reason="早く戻ったため", actor=cast.administrator)
    after = Appointment.objects.filter(person=cast.manager).latest("valid_from")
    assert after.valid_from == today() + DAY


def test_an_acting_period_struck_out_at_once_gives_the_seat_back_today(cast):
    test_an_acting_holder_stands_between_two_periods_of_the_one_acted_for(cast)
    acting = Appointment.objects.get(seat=Seat.PROTECTION_MANAGER, unit=cast.tax, person=cast.officer)
    workflow.end_appointment(acting.pk, last_day=today() - DAY, reason="誤り", actor=cast.administrator)
    assert holdings_of(cast.manager).has(Seat.PROTECTION_MANAGER)
    assert not holdings_of(cast.officer).has(Seat.PROTECTION_MANAGER)
    assert Appointment.history.filter(history_type="-").count() == 1


def test_nobody_acts_for_oneself_and_acting_gives_its_reason(cast):
    facts = {
        "seat": Seat.PROTECTION_MANAGER,
        "unit_id": cast.tax.pk,
        "valid_from": today(),
        "valid_to": today() + DAY,
        "actor": cast.administrator,
    }
    with pytest.raises(Invalid) as refused:
        workflow.appoint_acting(**facts, person_id=cast.manager.pk, reason="出張")
    assert "person" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        workflow.appoint_acting(**facts, person_id=cast.officer.pk, reason=" ")
    assert "reason" in refused.value.errors
    assert nothing_written()


def test_a_vacant_seat_gets_an_acting_holder_too(cast):
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - DAY)
    workflow.appoint_acting(
        seat=Seat.PROTECTION_MANAGER,
        unit_id=cast.tax.pk,
        person_id=cast.officer.pk,
        valid_from=today(),
        valid_to=today() + DAY,
        reason="欠員のため",
        actor=cast.administrator,
    )
    assert holdings_of(cast.officer).has(Seat.PROTECTION_MANAGER)


def test_ending_with_yesterday_takes_the_rights_away_at_once(cast):
    row = Appointment.objects.get(person=cast.manager)
    workflow.end_appointment(row.pk, last_day=today() - DAY, reason="懲戒", actor=cast.administrator)
    assert not holdings_of(cast.manager).appointments
    assert Entry.objects.get().facts["last_day"] == (today() - DAY).isoformat()


def test_what_has_ended_does_not_end_again(cast):
    row = Appointment.objects.get(person=cast.manager)
    workflow.end_appointment(row.pk, last_day=today(), reason="異動", actor=cast.administrator)
    with pytest.raises(MoveRefused):
        workflow.end_appointment(row.pk, last_day=today(), reason="異動", actor=cast.administrator)
    assert Entry.objects.count() == 1


@pytest.mark.article("7-2")
def test_the_general_manager_appoints_a_section_head_as_audit_officer(cast):
    Posting.objects.create(person=cast.neighbour, unit=cast.other_school, title="x", valid_from=NEXT)
    Posting.objects.filter(person=cast.neighbour).update(title="課長")
    new = workflow.appoint_audit_officer(
        person_id=cast.neighbour.pk, valid_from=today(), reason="事務に関わらない。", actor=cast.chief
    )
    assert new.appointed_by == cast.chief
    assert Entry.objects.get().reason == "事務に関わらない。"
    assert Notice.objects.get().to == cast.neighbour


@pytest.mark.article("7-2")
@pytest.mark.parametrize(
    ("title", "reason", "field"), [("主事", "事務に関わらない。", "person"), ("課長", "  ", "reason")]
)
def test_only_a_head_is_appointed_to_audit_and_with_the_reason_for_fairness(cast, title, reason, field):
    Posting.objects.filter(person=cast.neighbour).update(title=title)
    with pytest.raises(Invalid) as refused:
        workflow.appoint_audit_officer(person_id=cast.neighbour.pk, valid_from=today(), reason=reason, actor=cast.chief)
    assert set(refused.value.errors) == {field}
    assert nothing_written()


@pytest.mark.article("7-2")
def test_nobody_but_the_general_manager_appoints_audit_officers(cast):
    Posting.objects.filter(person=cast.neighbour).update(title="課長")
    for name, person in cast.people.items():
        if name == "chief":
            continue
        with pytest.raises(PermissionDenied):
            workflow.appoint_audit_officer(person_id=cast.neighbour.pk, valid_from=today(), reason="理由", actor=person)
    with pytest.raises(PermissionDenied):
        appoint(cast, seat=Seat.AUDIT_OFFICER, unit_id=None)
    assert nothing_written()


def test_nothing_is_kept_when_the_person_cannot_be_told(cast, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("roles.seating.queue", broken)
    with pytest.raises(RuntimeError):
        appoint(cast)
    assert nothing_written()
    assert Appointment.objects.get(person=cast.manager).valid_to is None
