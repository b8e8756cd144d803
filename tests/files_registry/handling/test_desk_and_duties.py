"""What lies on whose desk, and what the duties find (第12–14条)."""

from datetime import timedelta

import pytest

from files_registry.handling import checking, correcting, listing, workflow
from files_registry.handling.models import Correction, HandlingRequest, SendingCheck
from nerima_privacy.duties.registry import Scope, duty_named
from roles.holdings import holdings_of
from tests.files_registry.handling import making
from tests.files_registry.handling.waiting import desk, findings, turns

DUTIES = ["handling.decided", "handling.returned", "handling.corrected", "sending.checked_by_two"]


@pytest.mark.article("12-1")
def test_what_is_asked_for_waits_with_the_manager_and_is_seen_as_sent(cast):
    request = making.submitted(cast)
    assert turns(cast, "manager") == [request.get_absolute_url()]
    (sent,) = desk(cast, "clerk")
    assert (sent.kind, sent.now_with) == ("sent", "税務課　保護責任者")
    assert listing.turns(cast.manager, holdings_of(cast.manager)).count() == 1
    assert not desk(cast, "second_clerk")
    assert not desk(cast, "department_manager")


@pytest.mark.article("12-1")
def test_the_managers_own_request_waits_one_seat_up(cast):
    request = making.submitted(cast, who="manager")
    assert turns(cast, "department_manager") == [request.get_absolute_url()]
    assert not turns(cast, "manager")
    assert listing.turns(cast.department_manager, holdings_of(cast.department_manager)).count() == 1


@pytest.mark.article("12-1")
def test_a_late_return_is_on_the_desk_of_applicant_manager_and_then_one_seat_up(cast):
    request = making.done(cast)
    url, due = request.get_absolute_url(), request.return_due_on
    late = due + timedelta(days=1)
    assert turns(cast, "clerk", due) == [url]
    assert not turns(cast, "manager", due)
    assert turns(cast, "manager", late) == [url]
    assert not turns(cast, "department_manager", late)
    assert turns(cast, "department_manager", due + timedelta(days=8)) == [url]
    assert not turns(cast, "chief", due + timedelta(days=8))


@pytest.mark.article("12-1")
def test_a_schools_late_return_steps_up_to_the_ward(cast):
    from tests.access.world import World

    world = World(cast)
    request = world.other.handled["done"]
    very_late = request.return_due_on + timedelta(days=8)
    assert request.get_absolute_url() in turns(cast, "principal", very_late)
    assert request.get_absolute_url() in turns(cast, "chief", very_late)
    assert world.own.handled["done"].get_absolute_url() not in turns(cast, "chief", very_late)


@pytest.mark.article("14-1")
def test_the_second_check_is_on_the_desk_of_who_was_asked_and_of_nobody_else(cast):
    check = making.filled(cast)
    assert turns(cast, "second_clerk") == [check.get_absolute_url()]
    assert not turns(cast, "manager")
    assert not turns(cast, "clerk"), "the sending waits for the second person"
    checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)
    assert turns(cast, "clerk") == [check.request.get_absolute_url()]


@pytest.mark.article("13-1")
def test_a_correction_goes_from_the_manager_to_the_finder_and_back(cast):
    correction = making.found(cast)
    url = correction.get_absolute_url()
    assert turns(cast, "manager") == [url]
    correcting.instruct(correction.pk, instruction="直すこと。", due_on=making.days(3), actor=cast.manager)
    assert turns(cast, "clerk") == [url]
    correcting.correct(correction.pk, done_on=making.days(0), done_note="直した。", actor=cast.clerk)
    assert turns(cast, "officer") == [url]


@pytest.mark.article("12-1")
def test_an_undecided_request_is_found_late_until_it_is_decided(cast):
    request = making.submitted(cast)
    (found,) = findings("handling.decided")
    assert not found.late(making.days(3))
    assert found.late(making.days(4))
    workflow.allow(request.pk, actor=cast.manager)
    assert not findings("handling.decided")


@pytest.mark.article("12-1")
def test_asking_back_is_an_answer_for_the_time_being(cast):
    making.asked(cast)
    assert not findings("handling.decided")


@pytest.mark.article("12-1")
def test_a_return_that_is_late_is_found_until_it_is_recorded_and_on_past_days_after_it(cast):
    request = making.done(cast)
    late = request.return_due_on + timedelta(days=1)
    assert not findings("handling.returned", request.return_due_on)
    (found,) = findings("handling.returned", late)
    assert found.due_on == request.return_due_on
    HandlingRequest.objects.filter(pk=request.pk).update(returned_on=late + timedelta(days=1))
    assert findings("handling.returned", late)
    assert not findings("handling.returned", late + timedelta(days=1))
    assert not findings("handling.returned", late, frozenset({cast.collection.pk}))


@pytest.mark.article("12-1")
def test_an_act_without_a_return_is_no_subject_of_it(cast):
    making.allowed(cast, "send")
    assert duty_named("handling.returned").check(Scope(making.days(0))).subjects == 0


@pytest.mark.article("13-1")
def test_a_correction_not_made_by_its_day_is_found(cast):
    correction = making.instructed(cast)
    assert not findings("handling.corrected", making.days(7))
    assert [f.key for f in findings("handling.corrected", making.days(8))] == [f"correction:{correction.pk}"]
    Correction.objects.update(done_on=making.days(2), status="done")
    assert not findings("handling.corrected", making.days(8))


@pytest.mark.article("14-1")
def test_a_sending_nobody_checked_second_is_found(cast):
    check = making.filled(cast)
    (found,) = findings("sending.checked_by_two")
    assert found.key == f"sendingcheck:{check.pk}"
    assert found.late(making.days(2))
    checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)
    assert not findings("sending.checked_by_two")


@pytest.mark.article("14-1")
def test_a_sending_whose_period_is_over_without_a_check_is_found(cast):
    request = making.allowed(cast, "send")
    assert not findings("sending.checked_by_two", request.ends_on)
    late = request.ends_on + timedelta(days=1)
    assert [f.key for f in findings("sending.checked_by_two", late)] == [f"handlingrequest:{request.pk}"]
    workflow.withdraw(request.pk, actor=cast.clerk)
    assert not findings("sending.checked_by_two", late)


@pytest.mark.parametrize("id", DUTIES)
def test_what_is_met_is_counted_with_its_unit(cast, id):
    making.returned(cast)
    making.corrected(cast)
    making.confirmed(cast)
    outcome = duty_named(id).check(Scope(making.days(0)))
    assert outcome.subjects >= 1
    assert set(outcome.by_unit) == {cast.tax.pk}
    assert not outcome.findings


@pytest.mark.parametrize("id", DUTIES)
def test_a_duty_takes_as_many_queries_for_many_as_for_one(cast, id, django_assert_max_num_queries):
    for _ in range(4):
        making.submitted(cast)
        making.done(cast)
        making.instructed(cast)
        making.filled(cast)
    assert SendingCheck.objects.count() == 4
    with django_assert_max_num_queries(5):
        duty_named(id).check(Scope(making.days(60)))
