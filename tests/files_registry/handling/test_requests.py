"""What a request says, who decides it, what it opens, and how it ends (第12条)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from files_registry.access.effective import rights_of
from files_registry.access.granting import open_right
from files_registry.access.models import Grant
from files_registry.catalogue import policies as files
from files_registry.catalogue.rights import Right, may
from files_registry.handling import workflow
from files_registry.handling.acts import SAYS, Act
from files_registry.handling.models import HandlingRequest
from files_registry.handling.turns import deciding_turn
from nerima_privacy.calendars.periods import midnight
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment
from roles.seats import Seat
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything

pytestmark = pytest.mark.article("12-1")
BOTH = {Right.OPEN, Right.OUTPUT}


@pytest.mark.parametrize("act", ["copy", "send", "send_out", "take_out"])
def test_what_is_allowed_opens_the_right_and_nothing_before(cast, act):
    request = making.submitted(cast, act)
    assert rights_of(cast.clerk, request.file) == set()
    request = workflow.allow(request.pk, actor=cast.manager)
    assert rights_of(cast.clerk, request.file) == BOTH
    assert request.grant.decided_by == cast.manager
    assert rights_of(cast.second_clerk, request.file) == set()


def test_another_risky_act_opens_no_right(cast):
    assert making.allowed(cast, "other").grant is None


def test_the_right_ends_by_itself_at_its_moment_to_the_second(cast):
    request = making.allowed(cast)
    last = midnight(request.ends_on + timedelta(days=1))
    with time_machine.travel(last - timedelta(seconds=1), tick=False):
        assert may(cast.clerk, Right.OUTPUT, request.file)
    with time_machine.travel(last, tick=False):
        assert not may(cast.clerk, Right.OUTPUT, request.file)


def test_a_period_to_come_opens_the_right_on_its_first_day(cast):
    request = making.allowed(cast, begins_on=making.days(1))
    assert not may(cast.clerk, Right.OPEN, request.file)
    with time_machine.travel(midnight(making.days(1)), tick=False):
        assert may(cast.clerk, Right.OPEN, request.file)


@pytest.mark.parametrize("end", ["withdraw", "return", "close", "all_done"])
def test_the_right_closes_when_the_request_ends(cast, end):
    if end == "all_done":
        request = making.allowed(cast, "send")
        making.confirmed(cast, request)
        workflow.record_done(request.pk, done_on=making.days(0), actor=cast.clerk)
    elif end == "withdraw":
        request = workflow.withdraw(making.allowed(cast).pk, actor=cast.clerk)
    elif end == "close":
        request = workflow.close(making.allowed(cast).pk, reason="中止", actor=cast.manager)
    else:
        request = making.returned(cast)
    assert rights_of(cast.clerk, request.file) == set()
    assert Grant.objects.get().status == "ended"


def test_who_leaves_the_unit_has_no_right_any_more(cast):
    request = making.allowed(cast)
    cast.clerk.postings.update(valid_to=making.days(-1))
    assert rights_of(cast.clerk, request.file) == set()


def test_the_managers_own_request_steps_up_to_the_department(cast):
    request = making.submitted(cast, who="manager")
    turn = deciding_turn(request)
    assert (turn.seat, turn.unit) == (Seat.DEPARTMENT_PROTECTION_MANAGER, cast.citizens)
    with pytest.raises(PermissionDenied):
        workflow.allow(request.pk, actor=cast.manager)
    request = workflow.allow(request.pk, actor=cast.department_manager)
    assert request.decided_by == cast.department_manager


def test_a_principals_own_request_steps_up_to_the_ward(cast):
    from tests.access.world import World

    world = World(cast)
    request = workflow.draft(world.other.files["held"].pk, act="take_out", actor=cast.principal)
    request = workflow.save_draft(request.pk, making.facts(), stamp=0, actor=cast.principal)
    request = workflow.submit(request.pk, actor=cast.principal)
    assert deciding_turn(request).seat == Seat.GENERAL_PROTECTION_MANAGER
    assert workflow.allow(request.pk, actor=cast.chief).decided_post == "総括保護管理者"


def test_a_vacant_seat_steps_up_and_an_acting_holder_decides(cast):
    request = making.submitted(cast)
    seat = Appointment.objects.filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax)
    seat.update(valid_to=making.days(-1))
    with pytest.raises(PermissionDenied):
        workflow.allow(request.pk, actor=cast.manager)
    assert deciding_turn(request).post(cast.department_manager)
    Appointment.objects.create(
        seat=Seat.PROTECTION_MANAGER,
        unit=cast.tax,
        person=cast.second_officer,
        valid_from=making.days(0),
        basis="acting",
    )
    assert workflow.allow(request.pk, actor=cast.second_officer).decided_post == "税務課　保護責任者（職務代理）"


def test_an_officer_prepares_for_others_and_never_decides_it_later(cast):
    request = workflow.draft(making.file(cast).pk, act="take_out", applicant_pk=cast.clerk.pk, actor=cast.officer)
    request = workflow.save_draft(request.pk, making.facts(), stamp=0, actor=cast.officer)
    request = workflow.submit(request.pk, actor=cast.officer)
    assert (request.applicant, request.prepared_by) == (cast.clerk, cast.officer)
    Appointment.objects.filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax).update(person=cast.officer)
    with pytest.raises(PermissionDenied):
        workflow.allow(request.pk, actor=cast.officer)


def test_staff_do_not_prepare_for_others(cast):
    with pytest.raises(PermissionDenied):
        workflow.draft(making.file(cast).pk, act="copy", applicant_pk=cast.second_clerk.pk, actor=cast.clerk)


@pytest.mark.parametrize("who", ["applicant", "prepared_by"])
def test_the_database_refuses_a_decision_by_who_asked(cast, who):
    request = making.submitted(cast)
    with pytest.raises(IntegrityError, match="handling_applicant_never_decides"), transaction.atomic():
        HandlingRequest.objects.filter(pk=request.pk).update(decided_by=getattr(request, who))


def test_the_database_refuses_a_sending_done_without_the_check(cast):
    request = making.allowed(cast, "send")
    with pytest.raises(IntegrityError, match="handling_sending_done_was_checked"), transaction.atomic():
        HandlingRequest.objects.filter(pk=request.pk).update(done_at=timezone.now())


def test_a_person_hired_through_an_agency_asks_only_where_a_grant_says_so(cast):
    file = making.file(cast)
    assert not files.visible_to(cast.dispatched).exists()
    with pytest.raises(PermissionDenied):
        workflow.draft(file.pk, act="copy", actor=cast.dispatched)
    open_right(
        file,
        cast.dispatched,
        unit=cast.tax,
        rights=[Right.OPEN],
        purpose="入力",
        begins_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=9),
        actor=cast.manager,
        post=None,
    )
    assert files.visible_to(cast.dispatched).get() == file
    assert workflow.draft(file.pk, act="copy", actor=cast.dispatched).applicant_unit == cast.tax


@pytest.mark.parametrize("act", Act.values)
def test_an_empty_draft_is_told_every_field_its_act_needs_at_once(cast, act):
    request = workflow.draft(making.file(cast).pk, act=act, actor=cast.clerk)
    with pytest.raises(Invalid) as wrong:
        workflow.submit(request.pk, actor=cast.clerk)
    assert set(wrong.value.errors) == set(SAYS[Act(act)].must)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("persons", 0),
        ("ends_on", making.days(-1)),
        ("return_due_on", making.days(-3)),
        ("encryption", "plain"),
    ],
)
def test_a_fact_that_does_not_hold_is_said_at_its_field(cast, field, value):
    data = {field: value, **({"begins_on": making.days(-5)} if field == "ends_on" else {})}
    request = making.draft(cast, **data)
    with pytest.raises(Invalid) as wrong:
        workflow.submit(request.pk, actor=cast.clerk)
    assert set(wrong.value.errors) == {"encryption_note" if field == "encryption" else field}


def test_it_is_not_done_before_it_was_allowed_even_where_its_period_began_earlier(cast):
    request = making.allowed(cast, begins_on=making.days(-5))
    before = everything()
    with pytest.raises(Invalid, match="許可された日") as wrong:
        workflow.record_done(request.pk, done_on=making.days(-1), actor=cast.clerk)
    assert set(wrong.value.errors) == {"done_on"}
    assert everything() == before
    assert workflow.record_done(request.pk, done_on=making.days(0), actor=cast.clerk).done_on == making.days(0)


@pytest.mark.parametrize("day", [-1, 1, 4])
def test_it_is_done_within_its_period_and_not_tomorrow(cast, day):
    request = making.allowed(cast)
    with pytest.raises(Invalid) as wrong:
        workflow.record_done(request.pk, done_on=making.days(day), actor=cast.clerk)
    assert set(wrong.value.errors) == {"done_on"}


def test_a_return_needs_its_evidence(cast):
    request = making.done(cast)
    with pytest.raises(Invalid) as wrong:
        workflow.record_return(request.pk, return_kind="", returned_on=None, return_evidence=" ", actor=cast.clerk)
    assert set(wrong.value.errors) == {"return_kind", "returned_on", "return_evidence"}


def test_closing_without_a_return_needs_the_reason(cast):
    with pytest.raises(Invalid):
        workflow.close(making.done(cast).pk, actor=cast.manager)


def test_overdue_is_a_matter_of_the_day_not_of_the_state(cast):
    request = making.done(cast)
    assert not request.overdue(request.return_due_on)
    assert request.overdue(request.return_due_on + timedelta(days=1))
    assert making.allowed(cast).lapsed(making.days(4))


def test_a_stale_form_is_told_who_moved_it(cast):
    request = making.draft(cast)
    page = request.stamp
    workflow.save_draft(request.pk, {"place": "光が丘"}, stamp=page, actor=cast.clerk)
    with pytest.raises(MoveRefused, match=cast.clerk.name):
        workflow.save_draft(request.pk, {"place": "大泉"}, stamp=page, actor=cast.clerk)
    assert HandlingRequest.objects.get(pk=request.pk).place == "光が丘"


def test_a_file_that_has_ceased_cannot_be_asked_for(cast):
    file = making.file(cast)
    type(file).objects.filter(pk=file.pk).update(status="ceased", ceased_on=making.days(0))
    with pytest.raises(MoveRefused, match="廃止"):
        workflow.draft(file.pk, act="copy", actor=cast.clerk)


def test_the_applicant_and_the_deciders_are_told(cast):
    request = making.submitted(cast)
    assert Notice.objects.filter(to=cast.manager, kind="handling.submitted").count() == 1
    workflow.allow(request.pk, instructions="袋に入れること。", actor=cast.manager)
    notice = Notice.objects.get(to=cast.clerk, kind="handling.allowed")
    assert notice.body == "袋に入れること。"
