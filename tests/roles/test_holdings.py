"""A right comes from an appointment valid now and ends with it (第3–7条)."""

from datetime import date, timedelta

import pytest

from nerima_privacy.calendars.periods import today
from roles.holdings import holders, holdings_of
from roles.models import Appointment
from roles.seats import Seat

pytestmark = pytest.mark.article("5-1")


def test_a_manager_holds_the_seat_of_the_own_unit_only(cast):
    holdings = holdings_of(cast.manager)
    assert holdings.post(Seat.PROTECTION_MANAGER, unit_id=cast.tax.pk)
    assert holdings.post(Seat.PROTECTION_MANAGER, unit_id=cast.collection.pk) is None


def test_a_seat_ends_with_its_last_day(cast):
    Appointment.objects.filter(person=cast.manager).update(valid_to=today())
    assert holdings_of(cast.manager).has(Seat.PROTECTION_MANAGER)
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - timedelta(days=1))
    assert not holdings_of(cast.manager).has(Seat.PROTECTION_MANAGER)


def test_nobody_inactive_holds_a_seat(cast):
    cast.manager.is_active = False
    cast.manager.save()
    assert not holdings_of(cast.manager).appointments
    assert not holders(Seat.PROTECTION_MANAGER, cast.tax).exists()


def test_the_successor_of_a_merged_school_takes_over_its_affairs(cast):
    holdings = holdings_of(cast.other_principal)
    assert holdings.post(Seat.PROTECTION_MANAGER, unit_id=cast.closed_school.pk)
    assert cast.closed_school.pk in holdings.unit_ids(Seat.PROTECTION_MANAGER)
    assert list(holders(Seat.PROTECTION_MANAGER, cast.closed_school)) == [cast.other_principal]


def test_before_the_merger_the_successor_has_no_say(cast):
    cast.closed_school.valid_to = date(2099, 3, 31)
    cast.closed_school.save()
    assert holdings_of(cast.other_principal).post(Seat.PROTECTION_MANAGER, unit_id=cast.closed_school.pk) is None


def test_a_superuser_holds_no_seat(cast):
    assert not holdings_of(cast.superuser).appointments
