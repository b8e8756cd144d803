"""Who steps in where a seat is vacant or barred, a unit was merged, somebody left, a file ceased (第12–14条)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from files_registry.handling import checking, correcting, listing, policies, standing, workflow
from files_registry.handling.models import HandlingRequest
from files_registry.handling.turns import deciding_turn
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import holdings_of
from roles.models import Appointment, Unit
from roles.seats import Basis, Seat
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything
from tests.files_registry.handling.waiting import findings, turns

pytestmark = [pytest.mark.article("12-1"), pytest.mark.article("13-1"), pytest.mark.article("14-1")]


def vacate(seat, unit):
    Appointment.objects.filter(seat=seat, unit=unit).update(valid_to=making.days(-1))


def merge(cast):
    """税務課 ends, and 収納課 takes over from it."""
    cast.tax.successors.add(cast.collection)
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=making.days(-1))
    Appointment.objects.filter(unit=cast.tax).update(valid_to=making.days(-1))


def cease(file):
    type(file).objects.filter(pk=file.pk).update(status="ceased", ceased_on=making.days(0))


@pytest.mark.parametrize("why", ["vacant", "applicant"])
def test_of_a_merged_unit_it_steps_up_on_desk_and_page_alike(cast, why):
    request = making.submitted(cast)
    merge(cast)
    assert turns(cast, "neighbour") == [request.get_absolute_url()]
    assert not turns(cast, "department_manager")
    if why == "vacant":
        vacate(Seat.PROTECTION_MANAGER, cast.collection)
    else:
        HandlingRequest.objects.update(applicant=cast.neighbour, prepared_by=cast.neighbour)
    request = HandlingRequest.objects.get()
    assert deciding_turn(request).seat == Seat.DEPARTMENT_PROTECTION_MANAGER
    assert turns(cast, "department_manager") == [request.get_absolute_url()]
    assert listing.turns(cast.department_manager, holdings_of(cast.department_manager)).get() == request
    assert not turns(cast, "chief")
    with pytest.raises(PermissionDenied):
        workflow.refuse(request.pk, reason="x", actor=cast.neighbour)
    assert workflow.refuse(request.pk, reason="要らない。", actor=cast.department_manager).status == "refused"


def test_a_unit_to_be_merged_is_still_decided_by_its_own_seat(cast):
    request = making.submitted(cast)
    cast.tax.successors.add(cast.collection)
    vacate(Seat.PROTECTION_MANAGER, cast.tax)
    assert deciding_turn(request).seat == Seat.DEPARTMENT_PROTECTION_MANAGER
    assert turns(cast, "department_manager") == [request.get_absolute_url()]
    assert not turns(cast, "neighbour")


def test_where_both_seats_are_vacant_the_ward_decides_and_has_it_on_its_desk(cast):
    request = making.submitted(cast)
    vacate(Seat.PROTECTION_MANAGER, cast.tax)
    vacate(Seat.DEPARTMENT_PROTECTION_MANAGER, cast.citizens)
    assert turns(cast, "chief") == [request.get_absolute_url()]
    assert workflow.allow(request.pk, actor=cast.chief).decided_by == cast.chief


def test_a_late_return_is_seen_from_the_first_day_by_who_stands_in_for_the_manager(cast):
    request = making.done(cast)
    url, late = request.get_absolute_url(), request.return_due_on + timedelta(days=1)
    assert not turns(cast, "department_manager", late)
    vacate(Seat.PROTECTION_MANAGER, cast.tax)
    assert turns(cast, "department_manager", late) == [url]


def test_a_managers_own_late_return_is_seen_from_the_first_day_one_seat_up(cast):
    request = workflow.allow(making.submitted(cast, who="manager").pk, actor=cast.department_manager)
    request = workflow.record_done(request.pk, done_on=making.days(0), actor=cast.manager)
    late = request.return_due_on + timedelta(days=1)
    assert turns(cast, "department_manager", late) == [request.get_absolute_url()]


def test_a_return_long_late_passes_a_vacant_seat_and_reaches_the_ward(cast):
    request = making.done(cast)
    very_late = request.return_due_on + timedelta(days=8)
    assert not turns(cast, "chief", very_late)
    vacate(Seat.DEPARTMENT_PROTECTION_MANAGER, cast.citizens)
    assert turns(cast, "chief", very_late) == [request.get_absolute_url()]
    assert not turns(cast, "chief", request.return_due_on + timedelta(days=7))


def test_what_the_only_seat_of_a_unit_corrected_is_checked_one_seat_up(cast):
    done = correcting.correct(
        making.instructed(cast).pk, done_on=making.days(0), done_note="原票と照らした。", actor=cast.manager
    )
    url = done.get_absolute_url()
    assert turns(cast, "officer") == [url]
    assert not turns(cast, "department_manager"), "the officers of the unit can"
    vacate(Seat.PROTECTION_OFFICER, cast.tax)
    assert turns(cast, "department_manager") == [url]
    with pytest.raises(PermissionDenied):
        correcting.check_done(done.pk, actor=cast.manager)
    assert correcting.check_done(done.pk, actor=cast.department_manager).status == "checked"


def test_what_was_corrected_before_the_order_is_not_written_down_as_done_by_it(cast):
    correction = correcting.find(making.file(cast).pk, {"found_on": making.days(-5), **making.FOUND}, actor=cast.clerk)
    correcting.instruct(correction.pk, instruction="直すこと。", due_on=making.days(3), actor=cast.manager)
    before = everything()
    with pytest.raises(Invalid, match="指示の前に直したとき") as wrong:
        correcting.correct(correction.pk, done_on=making.days(-1), done_note="直した。", actor=cast.clerk)
    assert set(wrong.value.errors) == {"done_on"}
    assert everything() == before


def _look(cast, request, check):
    """The second look where there was a first, else the first."""
    if check is None:
        return making.filled(cast, request)
    return checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)


@pytest.mark.parametrize("stage", ["fill", "confirm"])
def test_who_was_transferred_sends_nothing_by_an_open_request(cast, stage):
    request = making.allowed(cast, "send")
    check = making.filled(cast, request) if stage == "confirm" else None
    cast.clerk.postings.update(valid_to=making.days(-1))
    before = everything()
    with pytest.raises(MoveRefused, match="異動など"):
        _look(cast, request, check)
    assert everything() == before


def test_who_was_transferred_sends_nothing_without_a_request_either(cast):
    check = making.posted(cast)
    cast.clerk.postings.update(valid_to=making.days(-1))
    with pytest.raises(MoveRefused, match="異動など"):
        checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)


ASKING = {
    "save_draft": (
        making.draft,
        lambda cast, row: workflow.save_draft(row.pk, {"place": "光が丘"}, stamp=row.stamp, actor=cast.clerk),
    ),
    "submit": (making.draft, lambda cast, row: workflow.submit(row.pk, actor=cast.clerk)),
    "allow": (making.submitted, lambda cast, row: workflow.allow(row.pk, actor=cast.manager)),
    "standing": (making.standing_asked, lambda cast, row: standing.allow(row.pk, actor=cast.manager)),
}


@pytest.mark.parametrize("verb", ASKING)
def test_with_a_file_that_has_ceased_nothing_is_asked_or_allowed_any_more(cast, verb):
    make, ask = ASKING[verb]
    made = make(cast)
    cease(made.file)
    before = everything()
    with pytest.raises(MoveRefused, match="廃止"):
        ask(cast, made)
    assert everything() == before


def test_what_is_out_of_a_file_that_has_ceased_still_comes_back(cast):
    request = making.done(cast)
    cease(request.file)
    assert workflow.record_return(request.pk, **making.RETURN, actor=cast.clerk).status == "returned"


def test_nobody_is_asked_for_a_second_look_who_could_not_see_it(cast):
    offered = policies.confirmers(cast.clerk, cast.tax.pk)
    assert cast.second_clerk in offered
    Appointment.objects.create(
        seat=Seat.SYSTEM_ADMINISTRATOR, person=cast.second_clerk, valid_from=making.days(0), basis=Basis.CHARGE
    )
    assert cast.second_clerk not in policies.confirmers(cast.clerk, cast.tax.pk)


def test_an_act_of_which_nobody_says_what_became_is_found_after_its_period(cast):
    request = making.allowed(cast)
    assert not findings("handling.returned", request.ends_on)
    late = request.ends_on + timedelta(days=1)
    (found,) = findings("handling.returned", late)
    assert (found.key, found.due_on) == (f"handlingrequest:{request.pk}", request.ends_on)
    assert not findings("handling.returned", late, frozenset({cast.collection.pk}))
    workflow.withdraw(request.pk, actor=cast.clerk)
    assert not findings("handling.returned", late)


def test_a_sending_checked_by_two_of_which_nobody_says_what_became_is_found_too(cast):
    request = making.allowed(cast, "send")
    making.confirmed(cast, request)
    late = request.ends_on + timedelta(days=1)
    assert [found.key for found in findings("handling.returned", late)] == [f"handlingrequest:{request.pk}"]
    assert not findings("sending.checked_by_two", late)


def test_what_was_called_off_or_withdrawn_is_no_use_of_a_standing_permission(cast):
    posting = making.posting_allowed(cast)
    checking.call_off(making.posted(cast, posting).pk, actor=cast.clerk)
    making.sent(cast, making.posted_twice(cast, posting))
    copying = making.standing_allowed(cast)
    workflow.withdraw(making.under_standing(cast, copying).pk, actor=cast.second_clerk)
    used = {row.pk: row.used for row in listing.standing_lines(listing.standing_list(cast.clerk))}
    assert used == {posting.pk: 1, copying.pk: 0}


def test_who_was_asked_and_left_has_it_on_the_desk_no_more(cast):
    check = making.posted(cast)
    assert turns(cast, "second_clerk") == [check.get_absolute_url()]
    cast.second_clerk.postings.update(valid_to=making.days(-1))
    assert not turns(cast, "second_clerk"), "the page would be closed to that person"


def test_who_was_asked_has_it_still_when_the_unit_was_merged(cast):
    check = making.posted(cast)
    merge(cast)
    cast.second_clerk.postings.update(unit=cast.collection)
    assert turns(cast, "second_clerk") == [check.get_absolute_url()]


def test_what_was_ordered_lies_with_the_seats_once_its_finder_has_left(cast):
    correction = making.instructed(cast)
    assert not turns(cast, "officer")
    cast.clerk.postings.update(valid_to=making.days(-1))
    assert turns(cast, "officer") == [correction.get_absolute_url()]
    assert not turns(cast, "neighbour")
