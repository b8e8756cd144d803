"""The duties of 第3条–第7条: vacancies are found since the day they began, and what ends soon is told before."""

from datetime import timedelta

import pytest

from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.registry import Scope, all_duties, duty_named
from nerima_privacy.law.models import LegalParameter
from roles.models import Appointment, Posting, Unit
from roles.seats import Basis, Seat

DAY = timedelta(days=1)


def ask(name, units=None, on=None):
    return duty_named(f"roles.{name}").check(Scope(on or today(), units))


@pytest.mark.article("5-1")
def test_a_vacant_section_is_found_since_the_day_after_the_last_holder(cast):
    before = len(ask("managers_seated").findings)
    last = today() - 5 * DAY
    Appointment.objects.filter(person=cast.manager).update(valid_to=last)
    outcome = ask("managers_seated")
    assert len(outcome.findings) == before + 1
    finding = next(f for f in outcome.findings if f.unit_id == cast.tax.pk)
    assert (finding.since, finding.due_on) == (last + DAY, None)
    assert "システム管理者" in finding.clears
    assert not [f for f in ask("managers_seated", on=last).findings if f.unit_id == cast.tax.pk and f.late(last)]


@pytest.mark.article("5-1")
def test_a_unit_that_never_had_an_officer_is_found_since_it_was_set_up(cast):
    (finding,) = ask("officers_seated", frozenset({cast.collection.pk})).findings
    assert finding.since == cast.collection.valid_from


@pytest.mark.article("5-1")
def test_an_acting_holder_without_a_follower_is_due_on_the_last_day(cast):
    last = today() + 3 * DAY
    Appointment.objects.filter(person=cast.acting).update(valid_to=last)
    outcome = ask("managers_seated", frozenset({cast.welfare_admin.pk}))
    (finding,) = outcome.findings
    assert finding.due_on == last
    assert outcome.due_soon(today()) == [finding]
    Appointment.objects.create(
        seat=Seat.PROTECTION_MANAGER, unit=cast.welfare_admin, person=cast.outsider, valid_from=last + DAY
    )
    assert not ask("managers_seated", frozenset({cast.welfare_admin.pk})).findings


@pytest.mark.article("5-1")
def test_how_far_ahead_a_missing_successor_is_told_is_a_legal_value(cast):
    Appointment.objects.filter(person=cast.acting).update(valid_to=today() + 20 * DAY)
    assert not ask("managers_seated", frozenset({cast.welfare_admin.pk})).findings
    LegalParameter.objects.filter(key="seats.look_ahead_days").update(value=20)
    assert ask("managers_seated", frozenset({cast.welfare_admin.pk})).findings


@pytest.mark.article("4-1")
def test_each_department_without_a_manager_is_found(cast):
    outcome = ask("department_managers_seated")
    assert outcome.subjects == 5
    assert [f.unit_id for f in outcome.findings] == [cast.welfare.pk]


@pytest.mark.article("3-1")
def test_the_ward_without_its_general_manager_is_found(cast):
    assert not ask("general_manager_seated").findings
    Appointment.objects.filter(person=cast.chief).update(valid_to=today() - DAY)
    assert ask("general_manager_seated").findings
    assert not ask("general_manager_seated", frozenset({cast.tax.pk})).subjects


@pytest.mark.article("5-1")
def test_the_seat_of_somebody_who_left_is_vacant(cast):
    cast.manager.is_active = False
    cast.manager.save()
    (finding,) = ask("managers_seated", frozenset({cast.tax.pk})).findings
    assert finding.since == today()


@pytest.mark.article("6-1")
def test_a_section_without_an_officer_is_found_and_one_with_two_is_met(cast):
    units = frozenset({cast.tax.pk, cast.collection.pk})
    outcome = ask("officers_seated", units)
    assert (outcome.subjects, [f.unit_id for f in outcome.findings]) == (2, [cast.collection.pk])


@pytest.mark.article("5-2")
def test_an_ex_officio_manager_names_the_post_of_security(cast):
    tax = frozenset({cast.tax.pk})
    assert len(ask("manager_post_named", tax).findings) == 1
    Appointment.objects.filter(person=cast.manager).update(security_post="情報セキュリティ責任者")
    assert not ask("manager_post_named", tax).findings
    Appointment.objects.filter(person=cast.manager).update(security_post="", basis=Basis.CONCURRENT)
    assert not ask("manager_post_named", tax).subjects


@pytest.mark.article("7-2")
def test_audit_officers_of_one_department_cannot_audit_it(cast):
    Posting.objects.filter(person=cast.audit_officer).update(title="部長")
    (finding,) = ask("audit_officers_fair").findings
    assert "同じ部" in finding.clears
    Posting.objects.filter(person=cast.neighbour).update(title="課長")
    Appointment.objects.create(
        seat=Seat.AUDIT_OFFICER,
        person=cast.neighbour,
        valid_from=today(),
        reason="公平",
        appointed_by=cast.chief,
    )
    assert not ask("audit_officers_fair").findings
    Posting.objects.filter(person=cast.neighbour).update(title="主事")
    assert "ではなくなりました" in ask("audit_officers_fair").findings[0].clears


@pytest.mark.article("7-1")
def test_a_ward_without_audit_officers_is_found(cast):
    Appointment.objects.filter(seat=Seat.AUDIT_OFFICER).update(valid_to=today() - DAY)
    (finding,) = ask("audit_officer_seated").findings
    assert "総括保護管理者" in finding.clears


def test_the_queries_stay_the_same_however_many_units_there_are(cast, django_assert_num_queries):
    def all_at_once():
        scope = Scope(today())
        for duty in all_duties():
            if duty.id.startswith("roles."):
                duty.check(scope)

    with django_assert_num_queries(4):
        all_at_once()
    Unit.objects.bulk_create(
        Unit(
            code=f"X{n}", name=f"試験{n}課", organ=cast.mayor, parent=cast.citizens, is_section=True, valid_from=today()
        )
        for n in range(50)
    )
    with django_assert_num_queries(4):
        all_at_once()
