"""The demonstration ward stands up, with every way a seat is held."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Q

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today, valid_on
from roles.affiliation import affiliation_of, main_posting
from roles.demo.accounts import ACCOUNTS
from roles.demo.ward import load_ward
from roles.holdings import holdings_of
from roles.models import Appointment, Organ, Person, Posting, Unit
from roles.seats import Basis, Seat

pytestmark = pytest.mark.article("2-2")


@pytest.fixture
def ward(db):
    load_ward()


def test_every_unit_but_the_vacant_one_has_its_manager(ward):
    now = valid_on(today(), "appointments__")
    sections = Unit.objects.on().filter(Q(is_section=True) | Q(is_school=True))
    assert sections.count() > 100
    filled = Count("appointments", filter=now & Q(appointments__seat=Seat.PROTECTION_MANAGER))
    assert [u.name for u in sections.annotate(n=filled).exclude(n=1)] == ["開発調整課"]
    departments = Unit.objects.on().filter(is_department=True)
    filled = Count("appointments", filter=now & Q(appointments__seat=Seat.DEPARTMENT_PROTECTION_MANAGER))
    assert departments.count() == 26
    assert not departments.annotate(n=filled).exclude(n=1)


def test_every_basis_occurs_and_five_units_are_department_and_section_at_once(ward):
    assert set(Appointment.objects.values_list("basis", flat=True)) == set(Basis.values)
    assert Unit.objects.filter(is_department=True, is_section=True).count() == 5
    assert Unit.objects.filter(is_school=True).count() == 20
    assert not Organ.objects.get(name="練馬区議会議長").under_act


def test_everything_written_has_history_with_somebody_behind_it(ward):
    for model in (Organ, Unit, Posting, Appointment):
        assert model.history.count() >= model.objects.count()
        assert not model.history.filter(Q(history_user=None) | Q(history_change_reason=None))
    assert Entry.objects.get().verb == "ward.demonstration_loaded"


def test_loading_twice_changes_nothing(ward):
    before = Person.objects.count(), Appointment.history.count()
    load_ward()
    assert (Person.objects.count(), Appointment.history.count()) == before


def test_every_account_is_who_it_says(ward):
    for account in ACCOUNTS:
        person = Person.objects.get(staff_number=account.username)
        posting = main_posting(person)
        assert (posting.unit.name if posting else "") == account.unit
        held = holdings_of(person).appointments
        if not held:
            assert affiliation_of(person).label == account.post
        for appointment in held:
            assert appointment.get_seat_display() in account.post
    assert Person.objects.get(staff_number="kansa").check_password(ACCOUNTS[0].password)


def test_the_list_of_accounts_is_printed_and_refused_in_production(settings):
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    assert set(rows[0]) == {"username", "password", "name", "post", "unit"}
    settings.MODE, settings.PRODUCTION = "production", True
    with pytest.raises(CommandError):
        call_command("demo_accounts")
    with pytest.raises(RuntimeError):
        load_ward()
