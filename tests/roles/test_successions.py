"""The successions read all at once say of each unit what the units themselves say one by one."""

from datetime import timedelta

from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.reach import reach_and_vacant
from nerima_privacy.web.together import read
from roles.holdings import Holdings, living_units, load_holdings
from roles.models import Appointment, Unit
from roles.seats import Seat
from roles.successions import living_by, successions


def end(unit, *successors):
    unit.valid_to = today() - timedelta(days=1)
    unit.save()
    unit.successors.set(successors)


def test_whoever_took_over_is_found_however_long_the_chain(cast):
    end(cast.tax, cast.collection, cast.school)
    end(cast.collection, cast.welfare_admin)
    end(cast.other_school)
    (rows,) = read([successions()])
    living = living_by(rows, today())
    for unit in Unit.objects.all():
        assert living(unit) == {found.pk for found in living_units(unit)}, unit
    assert living(cast.tax) == {cast.school.pk, cast.welfare_admin.pk}


def test_a_department_reaches_what_it_and_its_sections_took_over_and_knows_what_is_vacant(cast):
    end(cast.welfare_admin, cast.tax)
    end(cast.welfare, cast.citizens)
    Appointment.objects.filter(unit=cast.collection, seat=Seat.PROTECTION_MANAGER).delete()
    holdings = load_holdings(cast.department_manager)
    within, vacant = reach_and_vacant(holdings, holdings.appointments)
    reached = {cast.citizens, cast.tax, cast.collection, cast.welfare, cast.welfare_admin}
    assert within == {cast.citizens.pk: {unit.pk for unit in reached}}
    held = Appointment.objects.on().filter(seat=Seat.PROTECTION_MANAGER, person__is_active=True).values("unit")
    assert vacant == {unit.pk for unit in reached} - set(held.values_list("unit", flat=True))
    assert cast.collection.pk in vacant
    assert cast.tax.pk not in vacant


def test_who_holds_no_seat_of_a_unit_asks_for_no_succession(cast, django_assert_num_queries):
    holdings: Holdings = load_holdings(cast.chief)
    with django_assert_num_queries(0):
        assert holdings.post(Seat.PROTECTION_MANAGER, unit_id=cast.tax.pk) is None
