"""What waits for whom among audits, and whether they are held regularly (第24条)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from audits.examinations import workflow
from audits.examinations.models import Audit
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import midnight
from nerima_privacy.duties.desk import desk_of, work_of
from nerima_privacy.duties.registry import Scope, duty_named
from nerima_privacy.law.models import LegalParameter
from roles.holdings import load_holdings
from roles.models import Appointment
from roles.seats import Seat
from tests.audits import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("24-1")]


def lines(person):
    """(kind, address) of what an area knows for somebody."""
    holdings = load_holdings(person)
    return [(item.kind, item.url) for item in work_of(person, holdings, steps.days(0)) if item.article == "24-1"]


def test_a_plan_waits_for_its_writer_then_for_the_chief_then_leads_to_the_files(cast):
    audit = steps.planned(cast)
    page = audit.get_absolute_url()
    assert lines(cast.audit_officer) == [("turn", page)]
    assert lines(cast.chief) == []
    workflow.submit(audit.pk, actor=cast.audit_officer)
    assert lines(cast.audit_officer) == [("sent", page)]
    assert lines(cast.chief) == [("turn", page)]
    workflow.approve(audit.pk, actor=cast.chief)
    assert lines(cast.audit_officer) == [("turn", f"{page}files/")]
    assert lines(cast.chief) == []
    workflow.end(audit.pk, note="確かめ終えた", actor=cast.audit_officer)
    assert lines(cast.audit_officer) == []


def test_nobody_else_finds_an_audit_on_the_desk(cast):
    steps.submitted(cast)
    steps.approved(cast, units=("school",))
    found = {who for who, person in cast.people.items() if person.is_active and lines(person)}
    assert found == {"chief", "audit_officer"}


def test_an_audit_that_begins_later_is_not_on_the_desk_yet_and_gone_when_it_is_over(cast):
    audit = steps.approved(cast, begins_on=steps.days(3), ends_on=steps.days(5))
    assert lines(cast.audit_officer) == []
    with time_machine.travel(midnight(steps.days(3)), tick=False):
        assert lines(cast.audit_officer) == [("turn", f"{audit.get_absolute_url()}files/")]
    with time_machine.travel(midnight(steps.days(6)), tick=False):
        assert lines(cast.audit_officer) == []


def test_more_than_a_desk_shows_are_named_as_the_rest(cast):
    for _ in range(51):
        steps.submitted(cast)
    (rest,) = [item for item in work_of(cast.chief, load_holdings(cast.chief), steps.days(0)) if item.rest]
    assert (rest.count, rest.url) == (1, "/audits/")


def outcome(on=None):
    return duty_named("audits.held_regularly").check(Scope(on or steps.days(0)))


def test_without_a_regular_audit_the_duty_finds_the_year_until_one_is_approved(cast):
    Appointment.objects.filter(seat=Seat.AUDIT_OFFICER).update(valid_from=steps.days(0))
    (finding,) = outcome().findings
    year = fiscal.fiscal_year(steps.days(0))
    assert (finding.due_on, finding.since) == (fiscal.end(year), fiscal.start(year))
    assert not finding.late(steps.days(0))
    assert finding.url == "/audits/"
    steps.approved(cast, occasion="special")
    assert outcome().findings
    steps.submitted(cast)
    assert outcome().findings
    steps.approved(cast, units=("school",))
    assert (outcome().subjects, outcome().findings) == (1, [])


def test_it_is_late_once_a_year_has_passed_without_one(cast):
    """監査責任者 of the cast sits since 令和5年4月1日, and nothing was ever held."""
    (finding,) = outcome(date(2026, 11, 25)).findings
    assert finding.due_on == date(2024, 3, 31)
    assert finding.late(date(2026, 11, 25))


@time_machine.travel("2026-06-01T09:00:00+09:00", tick=False)
def test_it_counts_from_the_year_the_last_one_went_on(cast):
    audit = steps.approved(cast)
    assert not outcome(date(2027, 3, 31)).findings
    (finding,) = outcome(date(2027, 4, 1)).findings
    assert finding.due_on == date(2028, 3, 31)
    LegalParameter.objects.filter(key="audit.interval_years").update(value=2)
    assert not outcome(date(2027, 4, 1)).findings
    assert outcome(date(2028, 4, 1)).findings
    assert outcome(date(2026, 5, 31)).findings  # before it was approved
    assert audit.status == "under_way"


@time_machine.travel("2026-06-01T09:00:00+09:00", tick=False)
def test_one_approved_for_a_year_to_come_does_not_stand_for_this_one(cast):
    steps.approved(cast, begins_on=date(2027, 4, 5), ends_on=date(2027, 5, 31))
    assert outcome().findings
    assert not outcome(date(2027, 4, 1)).findings


@time_machine.travel("2026-06-01T09:00:00+09:00", tick=False)
def test_one_approved_for_later_this_year_stands_for_it_until_it_is_ended_before_it_began(cast):
    audit = steps.approved(cast, begins_on=date(2026, 9, 1), ends_on=date(2026, 10, 31))
    assert not outcome().findings
    workflow.end(audit.pk, note="計画を改めるため", actor=cast.chief)
    assert outcome().findings


def test_one_that_was_refused_or_taken_back_does_not_count(cast):
    workflow.refuse(steps.submitted(cast).pk, note="分けること", actor=cast.chief)
    workflow.withdraw(steps.submitted(cast).pk, actor=cast.audit_officer)
    assert outcome().findings


def test_the_finding_is_on_the_desk_of_the_officer_and_concerns_no_unit(cast):
    assert not duty_named("audits.held_regularly").check(Scope(steps.days(0), frozenset({cast.tax.pk}))).subjects
    holdings = load_holdings(cast.audit_officer)
    desk = desk_of(cast.audit_officer, holdings, holdings.appointments[0], steps.days(0))
    assert any("定期の監査" in item.title for item in desk.turn)


def test_one_ended_early_counts_for_the_year_it_went_on_in(cast):
    with time_machine.travel(timezone.now() - timedelta(days=400), tick=False):
        audit = steps.approved(cast, ends_on=steps.days(360))
        workflow.end(audit.pk, note="確かめ終えた", actor=cast.chief)
    assert outcome().findings
    assert Audit.objects.get().ended_by == cast.chief
