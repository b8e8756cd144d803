"""Two administrators appoint different people to one seat at one time: one of them is told, and one seat one holder."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles import admin, appointment_rules, seating, workflow
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


def saving(cast, row=None, **facts):
    """Save the form of an appointment in the administration, filled in for 試験 outsider in 税務課."""
    browser = Client()
    browser.force_login(cast.administrator, backend="django.contrib.auth.backends.ModelBackend")
    typed = {
        "seat": Seat.PROTECTION_MANAGER.value,
        "unit": cast.tax.pk,
        "person": cast.outsider.pk,
        "valid_from": today().isoformat(),
        "basis": "ex_officio",
        "order_document": "8練総職第77号",
        "reason": "年度途中の異動",
        "change_reason": "訂正",
        **facts,
    }
    page = "change" if row else "add"
    return browser.post(reverse(f"admin:roles_appointment_{page}", args=[row.pk] if row else []), typed)


def stands_again_with_what_was_typed(response, cast):
    page = response.content.decode()
    assert response.status_code == 200
    for typed in ("8練総職第77号", "年度途中の異動", f'value="{today().isoformat()}"', "訂正"):
        assert typed in page, typed
    assert f'<option value="{cast.outsider.pk}" selected>' in page
    return page


@pytest.mark.article("5-1")
def test_who_comes_second_in_the_administration_gets_the_form_back_with_all_that_was_typed(monkeypatch):
    cast = build()
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - timedelta(days=1))
    before = Appointment.objects.count()
    told = at_once(monkeypatch, appointing(cast, cast.neighbour), lambda: saving(cast))
    assert isinstance(told["first"], Appointment)
    page = stands_again_with_what_was_typed(told["second"], cast)
    assert f"{cast.neighbour.name}さんが" in page
    assert Appointment.objects.count() == before + 1
    assert Appointment.history.filter(person=cast.outsider).count() == 0
    assert Entry.objects.count() == 1
    assert not Notice.objects.filter(to=cast.outsider).exists()


@pytest.mark.article("5-1")
@pytest.mark.parametrize("which", ["add", "change"])
def test_what_the_database_alone_refuses_is_said_at_the_form_and_nothing_is_written(monkeypatch, which):
    cast = build()
    row = Appointment.objects.get(person=cast.neighbour) if which == "change" else None
    before = sorted(Appointment.objects.values_list())
    for module in (admin, appointment_rules):  # as if nobody had been seen in the seat until the row was written
        monkeypatch.setattr(module, "problems", lambda appointment: {})
    shown = stands_again_with_what_was_typed(saving(cast, row), cast)
    assert "ほかの人がこの役割の任命を変えました。何も保存していません。" in shown
    assert sorted(Appointment.objects.values_list()) == before
    assert not Appointment.history.filter(person=cast.outsider).exists()
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()
