"""A later day of return or erasure: asked for with a reason, decided by somebody else, and followed by all (第12条)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from files_registry.handling import listing, workflow
from files_registry.handling.models import Extension
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import holdings_of
from roles.models import Appointment, Unit
from roles.seats import Basis, Seat
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything
from tests.files_registry.handling.waiting import items, turns

pytestmark = pytest.mark.article("12-1")


def granted(cast, **data):
    request = making.extension_asked(cast, **data)
    return workflow.grant_extension(request.pk, answer="一度だけ。", actor=cast.manager)


def test_granting_moves_the_day_and_keeps_the_earlier_one_and_both_reasons(cast):
    request = making.done(cast)
    before = request.return_due_on
    request = workflow.grant_extension(
        making.extension_asked(cast, request).pk, answer="一度だけ。", actor=cast.manager
    )
    assert request.return_due_on == before + timedelta(days=10)
    assert request.status == "done"
    extension = Extension.objects.get()
    assert (extension.due_before, extension.due_on) == (before, request.return_due_on)
    assert (extension.reason, extension.answer) == ("調査が雨で延びたため", "一度だけ。")
    assert extension.decided_by == cast.manager
    days = list(request.history.order_by("history_date").values_list("return_due_on", flat=True))
    assert (days[0], days[-1]) == (None, request.return_due_on)
    assert before in days


@pytest.mark.parametrize("verb", ["refuse", "withdraw"])
def test_refusing_or_withdrawing_leaves_the_day_and_lets_it_be_asked_anew(cast, verb):
    request = making.extension_asked(cast)
    before = making.days(5)
    if verb == "refuse":
        workflow.refuse_extension(request.pk, answer="戻せるため。", actor=cast.manager)
    else:
        workflow.withdraw_extension(request.pk, actor=cast.clerk)
    request.refresh_from_db()
    assert request.return_due_on == before
    assert making.extension_asked(cast, request).extensions.count() == 2


def test_only_one_is_open_at_a_time(cast):
    request = making.extension_asked(cast)
    before = everything()
    with pytest.raises(MoveRefused, match="もう求められています"):
        making.extension_asked(cast, request)
    assert everything() == before
    extension = Extension.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            request=request,
            due_before=extension.due_before,
            due_on=extension.due_on,
            reason="x",
            asked_by=cast.clerk,
            asked_at=timezone.now(),
        )


def test_the_database_refuses_a_decision_by_who_asked(cast):
    making.extension_asked(cast)
    with pytest.raises(IntegrityError, match="extension_asker_never_decides"), transaction.atomic():
        Extension.objects.update(decided_by=cast.clerk)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"due_on": None}, "due_on"),
        ({"due_on": making.days(5)}, "due_on"),
        ({"due_on": making.days(-1)}, "due_on"),
        ({"reason": " "}, "reason"),
        ({"reason": "長" * 1001}, "reason"),
    ],
)
def test_what_does_not_hold_is_said_at_its_field_and_nothing_is_written(cast, data, field):
    request = making.done(cast)
    before = everything()
    with pytest.raises(Invalid) as wrong:
        making.extension_asked(cast, request, **data)
    assert set(wrong.value.errors) == {field}
    assert everything() == before


def test_a_refusal_needs_its_reason(cast):
    request = making.extension_asked(cast)
    with pytest.raises(Invalid) as wrong:
        workflow.refuse_extension(request.pk, answer="", actor=cast.manager)
    assert set(wrong.value.errors) == {"answer"}


def test_what_has_no_day_of_return_has_none_later(cast):
    with pytest.raises(MoveRefused, match="期限のない申請"):
        workflow.ask_extension(
            making.allowed(cast, "send").pk, due_on=making.days(9), reason="延びたため", actor=cast.clerk
        )


@pytest.mark.parametrize("verb", ["grant_extension", "refuse_extension", "withdraw_extension"])
def test_where_nothing_was_asked_nothing_is_decided(cast, verb):
    request = making.done(cast)
    actor = cast.clerk if verb == "withdraw_extension" else cast.manager
    before = everything()
    with pytest.raises(MoveRefused, match="ありません"):
        getattr(workflow, verb)(request.pk, actor=actor, **({"answer": "x"} if verb == "refuse_extension" else {}))
    assert everything() == before


def test_it_may_be_asked_before_the_act_too(cast):
    request = making.extension_asked(cast, making.allowed(cast))
    assert workflow.grant_extension(request.pk, actor=cast.manager).return_due_on == making.days(15)


# whose turn


def test_the_managers_own_steps_up_to_the_department(cast):
    request = workflow.allow(making.submitted(cast, who="manager").pk, actor=cast.department_manager)
    making.extension_asked(cast, request, who="manager")
    before = everything()
    for who in ("manager", "officer", "chief"):
        with pytest.raises(PermissionDenied):
            workflow.grant_extension(request.pk, actor=cast.people[who])
    assert everything() == before
    assert turns(cast, "department_manager") == [request.get_absolute_url()]
    assert workflow.grant_extension(request.pk, actor=cast.department_manager).return_due_on == making.days(15)


def test_who_holds_both_seats_and_asks_is_decided_upon_by_the_ward(cast):
    request = workflow.allow(making.submitted(cast, who="manager").pk, actor=cast.department_manager)
    department = Appointment.objects.filter(seat=Seat.DEPARTMENT_PROTECTION_MANAGER, unit=cast.citizens)
    department.update(valid_to=making.days(-1))
    seat(cast.manager, Seat.DEPARTMENT_PROTECTION_MANAGER, cast.citizens, Basis.CHARGE)
    making.extension_asked(cast, request, who="manager")
    with pytest.raises(PermissionDenied):
        workflow.grant_extension(request.pk, actor=cast.manager)
    assert not [item for item in items(cast, "manager") if "判断" in item.detail]
    assert turns(cast, "chief") == [request.get_absolute_url()]
    assert workflow.grant_extension(request.pk, actor=cast.chief).return_due_on == making.days(15)


def test_a_vacant_seat_steps_up_and_an_acting_holder_decides(cast):
    request = making.extension_asked(cast)
    Appointment.objects.filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax).update(valid_to=making.days(-1))
    assert turns(cast, "department_manager") == [request.get_absolute_url()]
    seat(cast.second_officer, Seat.PROTECTION_MANAGER, cast.tax, Basis.ACTING)
    assert not items(cast, "department_manager")
    assert workflow.grant_extension(request.pk, actor=cast.second_officer).return_due_on == making.days(15)


def test_it_moves_to_the_seat_of_the_unit_that_took_over(cast):
    request = making.extension_asked(cast)
    cast.tax.successors.add(cast.collection)
    Unit.objects.filter(pk=cast.tax.pk).update(valid_to=making.days(-1))
    Appointment.objects.filter(unit=cast.tax).update(valid_to=making.days(-1))
    assert turns(cast, "neighbour") == [request.get_absolute_url()]
    assert workflow.grant_extension(request.pk, actor=cast.neighbour).return_due_on == making.days(15)


def seat(person, seat, unit, basis):
    Appointment.objects.create(seat=seat, unit=unit, person=person, valid_from=making.days(0), basis=basis)


def test_it_lies_with_who_decides_and_with_nobody_else(cast):
    request = making.extension_asked(cast)
    (item,) = items(cast, "manager")
    assert (item.url, item.due_on) == (request.get_absolute_url(), making.days(3))
    assert "延長" in item.detail
    assert listing.turns(cast.manager, holdings_of(cast.manager)).get() == request
    assert not items(cast, "second_clerk")
    assert not items(cast, "department_manager")
    (own,) = items(cast, "clerk")
    assert own.due_on == making.days(5), "until it is decided the day stands"
    workflow.grant_extension(request.pk, actor=cast.manager)
    assert not items(cast, "manager")
    (own,) = items(cast, "clerk")
    assert own.due_on == making.days(15)
