"""Two administrators appoint different people to one seat at one time: one of them is told, and one seat one holder."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles import seating, workflow
from roles.models import Appointment
from roles.seats import Seat
from tests.cast import build
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(monkeypatch, first, second):
    """Both at once, the first held open before it tells anybody."""
    first, second = race(monkeypatch, [(seating, "queue")], first, second)
    return {"first": first, "second": second}


def appointing(cast, person, seat=Seat.PROTECTION_MANAGER, unit="tax"):
    return lambda: workflow.appoint(
        seat=seat,
        unit_id=getattr(cast, unit).pk if unit else None,
        person_id=person.pk,
        valid_from=today(),
        actor=cast.administrator,
    )


@pytest.mark.article("5-1")
def test_of_two_people_appointed_to_a_vacant_seat_at_once_one_gets_it(monkeypatch):
    cast = build()
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - timedelta(days=1))
    told = at_once(monkeypatch, appointing(cast, cast.outsider), appointing(cast, cast.neighbour))
    assert isinstance(told["first"], Appointment)
    assert isinstance(told["second"], Invalid | MoveRefused)
    now = Appointment.objects.on().filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax)
    assert [a.person for a in now] == [cast.outsider]
    assert Entry.objects.filter(verb="appointment.made").count() == 1


@pytest.mark.article("3-1")
def test_of_two_general_managers_appointed_at_once_one_gets_the_seat(monkeypatch):
    cast = build()
    Appointment.objects.filter(person=cast.chief).update(valid_to=today() - timedelta(days=1))
    seat = Seat.GENERAL_PROTECTION_MANAGER
    told = at_once(
        monkeypatch, appointing(cast, cast.outsider, seat, None), appointing(cast, cast.neighbour, seat, None)
    )
    assert isinstance(told["second"], Invalid | MoveRefused)
    assert Appointment.objects.on().filter(seat=seat).count() == 1


@pytest.mark.article("5-1")
def test_the_database_alone_keeps_one_holder_when_nothing_else_makes_people_wait(monkeypatch):
    cast = build()
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - timedelta(days=1))

    def insert(person):
        with transaction.atomic():
            row = Appointment.objects.create(
                seat=Seat.PROTECTION_MANAGER, unit=cast.tax, person=person, valid_from=today()
            )
            seating.tell_holder(row, "appointment.made", "試験")
            return row

    told = at_once(monkeypatch, lambda: insert(cast.outsider), lambda: insert(cast.neighbour))
    assert isinstance(told["first"], Appointment)
    assert isinstance(told["second"], IntegrityError)


@pytest.mark.article("5-1")
def test_two_acting_holders_at_once_leave_one_and_the_regular_periods_whole(monkeypatch):
    cast = build()

    def acting(person):
        return lambda: workflow.appoint_acting(
            seat=Seat.PROTECTION_MANAGER,
            unit_id=cast.tax.pk,
            person_id=person.pk,
            valid_from=today(),
            valid_to=today() + timedelta(days=5),
            reason="出張",
            actor=cast.administrator,
        )

    told = at_once(monkeypatch, acting(cast.outsider), acting(cast.neighbour))
    assert isinstance(told["second"], Invalid | MoveRefused)
    assert Appointment.objects.filter(unit=cast.tax, person=cast.manager).count() == 2
    assert Entry.objects.count() == 1
