"""People move and schools merge, and rights move with them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid
from roles import transfers
from roles.affiliation import Affiliation, SecurityPolicy, affiliation_of, policy_of
from roles.holdings import holders, holdings_of
from roles.models import Appointment, Posting, Unit
from roles.seats import Seat

pytestmark = pytest.mark.article("2-2")
DAY = timedelta(days=1)


def test_a_transfer_ends_the_seats_of_the_unit_left_and_changes_the_class(cast):
    assert affiliation_of(cast.manager) == Affiliation.STAFF
    posting = transfers.transfer(
        cast.manager.pk,
        unit_id=cast.school.pk,
        title="校長",
        valid_from=today(),
        reason="定期異動",
        actor=cast.administrator,
    )
    assert not holdings_of(cast.manager).appointments
    assert Appointment.objects.get(person=cast.manager).valid_to == today() - DAY
    assert affiliation_of(cast.manager) == Affiliation.SCHOOL_STAFF
    assert policy_of(cast.manager) == SecurityPolicy.SCHOOL
    assert affiliation_of(cast.manager, today() - DAY) == Affiliation.STAFF
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_id) == ("person.transferred", posting.pk)
    assert entry.facts["ended_appointments"] == 1


def test_the_dispatched_stay_what_they_are_wherever_they_work(cast):
    assert affiliation_of(cast.dispatched) == Affiliation.DISPATCHED
    assert policy_of(cast.dispatched) == SecurityPolicy.WARD


def test_merging_schools_hands_their_affairs_to_the_successor(cast):
    transfers.merge_units(
        [cast.school.pk], into_id=cast.other_school.pk, last_day=today() - DAY, reason="統合", actor=cast.administrator
    )
    school = Unit.objects.get(pk=cast.school.pk)
    assert school.valid_to == today() - DAY
    assert list(school.successors.all()) == [cast.other_school]
    assert not holdings_of(cast.principal).appointments
    assert list(holders(Seat.PROTECTION_MANAGER, school)) == [cast.other_principal]
    assert not Posting.objects.on().filter(unit=school).exists()
    assert Entry.objects.get().facts["ended_appointments"] == 2
    version = school.history.latest()
    assert version.history_user == cast.administrator
    assert version.history_change_reason == "統合"


@pytest.mark.parametrize("name", ["chief", "manager", "superuser", "disclosure_manager"])
def test_only_administrators_move_people_and_units(cast, name):
    actor = cast.people[name]
    with pytest.raises(PermissionDenied):
        transfers.transfer(cast.clerk.pk, unit_id=cast.school.pk, title="", valid_from=today(), reason="x", actor=actor)
    with pytest.raises(PermissionDenied):
        transfers.merge_units([cast.school.pk], into_id=cast.other_school.pk, last_day=today(), reason="x", actor=actor)
    assert not Entry.objects.exists()
    assert not Posting.history.exists()


def test_a_department_with_sections_is_not_merged_away(cast):
    with pytest.raises(Invalid):
        transfers.merge_units(
            [cast.citizens.pk], into_id=cast.welfare.pk, last_day=today(), reason="x", actor=cast.administrator
        )
    assert not Entry.objects.exists()


def test_a_posting_is_added_and_ended(cast):
    posting = transfers.post_person(
        cast.outsider.pk,
        unit_id=cast.tax.pk,
        title="主事",
        valid_from=today(),
        reason="採用",
        actor=cast.administrator,
    )
    ended = transfers.end_posting(posting.pk, last_day=today(), reason="退職", actor=cast.administrator)
    assert ended.valid_to == today()
    assert list(Entry.objects.values_list("verb", flat=True)) == ["posting.ended", "posting.made"]


def test_nobody_is_posted_to_a_unit_that_is_not_there(cast):
    with pytest.raises(Invalid):
        transfers.post_person(
            cast.outsider.pk,
            unit_id=cast.closed_school.pk,
            title="",
            valid_from=date(2026, 4, 1),
            reason="x",
            actor=cast.administrator,
        )
    assert not Entry.objects.exists()
