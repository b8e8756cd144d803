"""The database lets one person at a time hold a seat, on SQLite and on PostgreSQL."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from roles import exclusion
from roles.models import Appointment
from roles.people import system_actor
from roles.seats import Seat


def appoint(person, seat, unit, begin, end=None):
    with transaction.atomic():
        return Appointment.objects.create(
            seat=seat, unit=unit, person=person, valid_from=begin, valid_to=end, reason="x", appointed_by=person
        )


@pytest.mark.article("5-1")
def test_two_people_cannot_hold_one_seat_at_one_time(cast):
    with pytest.raises(IntegrityError):
        appoint(cast.outsider, Seat.PROTECTION_MANAGER, cast.tax, date(2026, 4, 1))


@pytest.mark.article("3-1")
def test_two_people_cannot_hold_a_seat_of_the_ward_at_one_time(cast):
    with pytest.raises(IntegrityError):
        appoint(cast.outsider, Seat.GENERAL_PROTECTION_MANAGER, None, date(2026, 4, 1), date(2026, 4, 1))


@pytest.mark.article("6-1")
def test_several_people_hold_the_seat_of_an_officer_but_nobody_twice(cast):
    appoint(cast.outsider, Seat.PROTECTION_OFFICER, cast.tax, date(2026, 4, 1))
    with pytest.raises(IntegrityError):
        appoint(cast.officer, Seat.PROTECTION_OFFICER, cast.tax, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("first_end", "second_begin", "fits"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), True),
        (date(2026, 4, 1), date(2026, 4, 1), False),
        (date(2026, 4, 2), date(2026, 4, 1), False),
        (None, date(2030, 4, 1), False),
    ],
)
def test_the_last_day_belongs_to_the_one_who_leaves(cast, first_end, second_begin, fits):
    Appointment.objects.filter(person=cast.manager).update(valid_to=first_end)
    if fits:
        assert appoint(cast.outsider, Seat.PROTECTION_MANAGER, cast.tax, second_begin)
    else:
        with pytest.raises(IntegrityError):
            appoint(cast.outsider, Seat.PROTECTION_MANAGER, cast.tax, second_begin)


def test_a_period_cannot_be_lengthened_into_that_of_the_next(cast):
    Appointment.objects.filter(person=cast.manager).update(valid_to=date(2026, 3, 31))
    appoint(cast.outsider, Seat.PROTECTION_MANAGER, cast.tax, date(2026, 4, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(person=cast.manager).update(valid_to=None)


def test_a_change_that_leaves_the_period_alone_is_no_conflict_with_itself(cast):
    row = Appointment.objects.get(person=cast.manager)
    row.order_document = "8練総職第1号"
    row.save()
    Appointment.objects.filter(pk=row.pk).update(valid_from=date(2023, 4, 2))


def test_the_check_names_what_a_rebuilt_table_lost_and_migrate_puts_it_back(cast):
    if connection.vendor != "sqlite":
        assert exclusion.missing() == []
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {exclusion.TRIGGERS[0]}")
    (error,) = exclusion.check_exclusion(None, databases=["default"])
    assert error.id == "roles.E001"
    assert exclusion.TRIGGERS[0] in error.msg
    call_command("migrate", verbosity=0)
    assert exclusion.missing() == []


@pytest.mark.django_db
def test_the_system_actor_cannot_log_in_and_holds_nothing(rf):
    actor = system_actor()
    assert not actor.is_active
    assert not actor.has_usable_password()
    assert authenticate(rf.post("/login/"), username=actor.staff_number, password="!") is None
