"""What waits over a unit that was merged reaches somebody: page, list, number, desk and notices say alike who it is."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from django.urls import reverse

from files_registry.access import desk as rights_desk
from files_registry.access import pages as rights
from files_registry.access import policies as rights_policies
from files_registry.access import turn_queries as rights_turns
from files_registry.access import workflow as rights_verbs
from files_registry.filings import desk as filings_desk
from files_registry.filings import listing as filings
from files_registry.filings import policies as filings_policies
from files_registry.handling import desk as handling_desk
from files_registry.handling import listing as handling
from files_registry.handling.turns import deciding_turn
from files_registry.systems import sides
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from roles.holdings import holdings_of
from roles.models import Appointment, Posting, Unit
from roles.seats import Seat
from tests.cast import BEGIN
from tests.files_registry import steps
from tests.files_registry.access import steps as access_steps
from tests.files_registry.handling import making
from tests.files_registry.systems import making as systems

pytestmark = [pytest.mark.article("10-1"), pytest.mark.article("11-1"), pytest.mark.article("12-1")]
YESTERDAY = timedelta(days=-1)
WAYS = ("page", "list", "number", "desk", "told")
MANAGER, HEAD = Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER


def end(unit, *into):
    """The unit was abolished yesterday, its seats with it."""
    Appointment.objects.filter(unit=unit).update(valid_to=today() + YESTERDAY)
    Unit.objects.filter(pk=unit.pk).update(valid_to=today() + YESTERDAY)
    unit.successors.add(*into)


def vacate(seat, *units):
    Appointment.objects.filter(seat=seat, unit__in=units).update(valid_to=today() + YESTERDAY)


def seat(seat, unit, person):
    Appointment.objects.create(seat=seat, unit=unit, person=person, valid_from=BEGIN)


def chain(cast, *names):
    """Each of the units took over from the one before; the first from 税務課."""
    units = [cast.tax, *(getattr(cast, name) for name in names)]
    for ended, into in pairwise(units):
        end(ended, into)
    return units[-1]


def one_successor(cast):
    chain(cast, "collection")
    vacate(MANAGER, cast.collection)


def merged_twice(cast):
    seat(HEAD, cast.welfare, cast.dual)
    vacate(MANAGER, chain(cast, "collection", "welfare_admin"))


def merged_three_times(cast):
    vacate(MANAGER, chain(cast, "collection", "welfare_admin", "disclosure"))


def merged_three_times_and_seated(cast):
    chain(cast, "collection", "welfare_admin", "disclosure")


def nobody_took_over(cast):
    end(cast.tax)


def the_successor_went_too(cast):
    chain(cast, "collection")
    end(cast.collection)


def the_successor_is_to_be_merged(cast):
    chain(cast, "collection")
    vacate(MANAGER, cast.collection)
    cast.collection.successors.add(cast.welfare_admin)


def two_successors_one_seated(cast):
    end(cast.tax, cast.collection, cast.welfare_admin)
    vacate(MANAGER, cast.collection)


def two_successors_both_vacant(cast):
    end(cast.tax, cast.collection, cast.welfare_admin)
    vacate(MANAGER, cast.collection, cast.welfare_admin)


def into_a_department(cast):
    chain(cast, "accounting")
    vacate(MANAGER, cast.accounting)


def into_a_school(cast):
    chain(cast, "school")
    vacate(MANAGER, cast.school)


def the_department_went_too(cast):
    one_successor(cast)
    end(cast.citizens, cast.welfare)
    end(cast.welfare, cast.personnel)


def the_department_went_and_its_heir_is_vacant(cast):
    one_successor(cast)
    end(cast.citizens, cast.welfare)


def no_head_either(cast):
    one_successor(cast)
    vacate(HEAD, cast.citizens)


def it_was_a_school(cast):
    Unit.objects.filter(pk=cast.tax.pk).update(is_school=True, is_section=False, parent=None)
    chain(cast, "school")
    vacate(MANAGER, cast.school)


WARD = {
    one_successor: "department_manager",
    merged_twice: "department_manager",
    merged_three_times: "department_manager",
    merged_three_times_and_seated: "disclosure_manager",
    nobody_took_over: "department_manager",
    the_successor_went_too: "department_manager",
    the_successor_is_to_be_merged: "department_manager",
    two_successors_one_seated: "acting",
    two_successors_both_vacant: "department_manager",
    into_a_department: "department_manager",
    into_a_school: "department_manager",
    the_department_went_too: "two_seats",
    the_department_went_and_its_heir_is_vacant: "chief",
    no_head_either: "chief",
    it_was_a_school: "chief",
}


class Rights:
    make = staticmethod(access_steps.requested)
    listed = staticmethod(rights.listed)
    turns = staticmethod(rights_turns.turns)
    work = staticmethod(rights_desk.work)
    turn = staticmethod(rights_policies.deciding_turn)


class Notifications:
    make = staticmethod(steps.submitted)
    listed = staticmethod(partial(filings.listed, wanted={}))
    turns = staticmethod(filings.turns)
    work = staticmethod(filings_desk.work)
    turn = staticmethod(filings_policies.filing_turn)


class Requests:
    make = staticmethod(making.submitted)
    listed = staticmethod(partial(handling.listed, wanted={}))
    turns = staticmethod(handling.turns)
    work = staticmethod(handling_desk.work)
    turn = staticmethod(deciding_turn)


def only(name):
    """What `whose` says where it is one person's turn."""
    return {way: {name} for way in WAYS}


def whose(cast, area, row):
    """Whose turn it is, for each way of asking."""
    row = type(row).objects.get(pk=row.pk)
    ways = {way: set() for way in WAYS}
    told = set(area.turn(row).people)
    for name, person in cast.people.items():
        holdings = holdings_of(person)
        desk = [item.url for item in area.work(person, holdings, today()) if item.kind == "turn"]
        said = {
            "page": area.turn(row).post(person) is not None,
            "list": row in area.listed(person, "turn"),
            "number": row in area.turns(person, holdings),
            "desk": row.get_absolute_url() in desk,
            "told": person in told,
        }
        for way in WAYS:
            ways[way] |= {name} if said[way] else set()
    return ways


@pytest.mark.parametrize("area", [Rights, Notifications, Requests])
@pytest.mark.parametrize("what_happened", WARD, ids=lambda what: what.__name__)
def test_a_merged_unit_with_a_vacant_successor_reaches_the_seat_above(cast, area, what_happened):
    row = area.make(cast)
    what_happened(cast)
    assert whose(cast, area, row) == only(WARD[what_happened])


@pytest.mark.parametrize("what_happened", WARD, ids=lambda what: what.__name__)
def test_what_is_agreed_about_a_system_reaches_the_seat_above_too(cast, what_happened):
    agreement = systems.proposed(cast, "clerk")
    what_happened(cast)
    found = {name for name, person in cast.people.items() if sides.awaiting(person, holdings_of(person)).exists()}
    pair = sides.pair_of(agreement.system, Unit.objects.get(pk=cast.tax.pk), agreement.proposed_by_id)
    assert found == {WARD[what_happened]}
    assert set(pair.turn.people) == {cast.people[name] for name in found}


@pytest.mark.parametrize("area", [Rights, Requests])
def test_a_successor_who_asked_is_passed_over(cast, area):
    row = area.make(cast)
    who = {"person": cast.neighbour} if area is Rights else {"applicant": cast.neighbour, "prepared_by": cast.neighbour}
    type(row).objects.filter(pk=row.pk).update(**who)
    chain(cast, "collection")
    assert whose(cast, area, row) == only("department_manager")


def test_a_right_asked_for_after_the_merger_is_told_to_the_seat_above(cast, client):
    file = access_steps.held_file(cast)
    one_successor(cast)
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=BEGIN)
    grant = access_steps.requested(cast, file)
    assert set(Notice.objects.filter(kind="access.requested").values_list("to", flat=True)) == {
        cast.department_manager.pk
    }
    (mine,) = rights_desk.work(cast.clerk, holdings_of(cast.clerk), today())
    assert mine.now_with == "区民部　保護管理責任者"
    client.force_login(cast.department_manager)
    assert "許可する" in client.get(grant.get_absolute_url()).content.decode()
    assert str(grant.pk) in client.get(reverse("access:list")).content.decode()
    assert rights_verbs.grant(grant.pk, actor=cast.department_manager).decided_by == cast.department_manager


def test_what_disclosure_took_over_is_considered_one_seat_up(cast):
    filing = steps.filed(cast)
    chain(cast, "collection", "disclosure")
    ways = {
        name
        for name, person in cast.people.items()
        if filings_policies.considering_post(person, type(filing).objects.get(pk=filing.pk))
    }
    listed = {name for name, person in cast.people.items() if filing in filings.listed(person, "turn", {})}
    assert ways == {"department_manager"}
    assert listed - {"disclosure_staff"} == ways, listed


def test_a_submitted_notification_of_a_merged_unit_is_not_shown_to_the_ward_while_its_successor_sits(cast):
    filing = steps.submitted(cast)
    vacate(HEAD, cast.citizens)
    chain(cast, "collection")
    assert filing not in filings.listed(cast.chief, "all", {})
    vacate(MANAGER, cast.collection)
    assert filing in filings.listed(cast.chief, "all", {})
