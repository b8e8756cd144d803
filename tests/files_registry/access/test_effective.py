"""A right ends at its moment and with each of its grounds, however it is asked, with nothing having to run (第11条)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from files_registry.access import daily, workflow
from files_registry.access.effective import allowed_files, rights_on
from files_registry.access.holders import holders_of
from files_registry.access.models import FileUserRight, GroupKind
from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import visible_to
from files_registry.catalogue.rights import Right, may
from nerima_privacy.calendars.periods import today
from roles.models import Appointment, Person, Posting, Unit
from roles.people import system_actor
from roles.seats import Seat
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1", "11-2")]
YESTERDAY = timedelta(days=-1)


def fresh(person):
    return Person.objects.get(pk=person.pk)


def opens(person, file):
    """Asked in every way there is; all must agree."""
    person, file = fresh(person), type(file).objects.get(pk=file.pk)
    answers = {
        person.has_perm("files_registry.open_file", file),
        "open_file" in person.get_all_permissions(file),
        may(person, Right.OPEN, file),
        Right.OPEN in rights_on(person, [file])[file.pk],
        allowed_files(person).filter(pk=file.pk).exists(),
    }
    assert len(answers) == 1
    return answers.pop()


def test_exactly_those_with_a_seat_or_a_grant_may_open(cast):
    file = steps.granted(cast).file
    assert {who for who, p in cast.people.items() if opens(p, file)} == {
        "manager",
        "officer",
        "second_officer",
        "clerk",
    }


def test_being_a_superuser_opens_nothing(cast):
    file = steps.held_file(cast)
    assert not any(fresh(cast.superuser).has_perm(right.perm, file) for right in Right)
    assert not allowed_files(cast.superuser).exists()


def test_only_what_was_given_is_given(cast):
    file = steps.granted(cast, rights=["output_file"]).file
    given = {right for right in Right if may(cast.clerk, right, file)}
    assert given == {Right.OPEN, Right.OUTPUT}


def test_it_begins_and_ends_to_the_second(cast):
    last = today() + timedelta(days=5)
    grant = steps.granted(cast, begins_on=today() + timedelta(days=1), ends_on=last)
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    assert grant.ends_at == end
    assert not opens(cast.clerk, grant.file)
    for moment, expected in [
        (grant.begins_at, True),
        (end - timedelta(seconds=1), True),
        (end, False),
        (end + timedelta(days=300), False),
    ]:
        with time_machine.travel(moment, tick=False):
            assert opens(cast.clerk, grant.file) is expected
    assert FileUserRight.objects.filter(grant=grant).exists()  # nothing ran, and still it ended


def test_it_ends_when_the_person_works_elsewhere_and_is_not_taken_along(cast):
    grant = steps.granted(cast)
    posting = Posting.objects.get(person=cast.clerk)
    posting.valid_to = today() + YESTERDAY
    posting.save()
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=today())
    assert not opens(cast.clerk, grant.file)


def test_it_ends_with_the_appointment_it_rests_on(cast):
    Posting.objects.filter(person=cast.neighbour).update(unit=cast.collection)
    grant = steps.granted(cast, who="neighbour")
    Posting.objects.filter(person=cast.neighbour).delete()
    assert opens(cast.neighbour, grant.file)
    Appointment.objects.filter(person=cast.neighbour).update(valid_to=today() + YESTERDAY)
    assert not opens(cast.neighbour, grant.file)


@pytest.mark.parametrize("status", [FileStatus.CEASED, FileStatus.ABANDONED])
def test_it_ends_with_the_file(cast, status):
    file = steps.granted(cast).file
    type(file).objects.filter(pk=file.pk).update(status=status, ceased_on=today())
    assert not opens(cast.clerk, file)
    assert opens(cast.manager, file)


def test_it_ends_when_the_person_leaves(cast):
    file = steps.granted(cast).file
    Person.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert not opens(cast.clerk, file)


@pytest.mark.parametrize("seat", [Seat.SYSTEM_ADMINISTRATOR, Seat.AUDIT_OFFICER])
def test_a_seat_that_must_not_see_files_silences_every_grant(cast, seat):
    file = steps.granted(cast).file
    Appointment.objects.create(seat=seat, person=cast.clerk, valid_from=today(), reason="公平", appointed_by=cast.chief)
    assert not opens(cast.clerk, file)


def test_a_group_means_whoever_works_there_now(cast):
    file = steps.held_file(cast)
    workflow.propose(
        file.pk, group_unit_id=cast.collection.pk, group_kind=GroupKind.STAFF, actor=cast.manager, **steps.wish()
    )
    assert opens(cast.neighbour, file)
    assert not opens(cast.clerk, file)
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=today(), is_main=False)
    assert opens(cast.clerk, file)
    Posting.objects.filter(person=cast.neighbour).update(valid_to=today() + YESTERDAY)
    assert not opens(cast.neighbour, file)


def test_it_ends_with_the_unit_it_rests_on_though_the_posting_was_left_open(cast):
    grant = steps.granted(cast, who="neighbour")
    file = grant.file
    workflow.propose(
        file.pk, group_unit_id=cast.collection.pk, group_kind=GroupKind.STAFF, actor=cast.manager, **steps.wish()
    )
    assert opens(cast.neighbour, file)
    Unit.objects.filter(pk=cast.collection.pk).update(valid_to=today() + YESTERDAY)
    assert Posting.objects.on().filter(person=cast.neighbour).exists()
    assert not opens(cast.neighbour, file)
    assert cast.neighbour not in {holder.person for holder in holders_of(file)}
    assert daily.end_what_ran_out(today(), system_actor()) == 1
    assert not opens(cast.neighbour, file)


def test_a_group_of_staff_leaves_out_those_hired_through_an_agency(cast):
    file = steps.held_file(cast, cast.collection, "T-9")
    facts = steps.wish()
    workflow.propose(file.pk, group_unit_id=cast.tax.pk, group_kind=GroupKind.STAFF, actor=cast.neighbour, **facts)
    assert opens(cast.clerk, file)
    assert not opens(cast.dispatched, file)


def test_a_file_of_another_unit_becomes_known_with_the_right_and_only_so_long(cast):
    file = steps.held_file(cast)
    assert not visible_to(cast.teacher).filter(pk=file.pk).exists()
    (grant,) = workflow.propose(file.pk, people=[cast.teacher.pk], actor=cast.manager, **steps.wish())
    assert visible_to(fresh(cast.teacher)).filter(pk=file.pk).exists()
    assert visible_to(fresh(cast.teacher), single=True).filter(pk=file.pk).exists()
    workflow.revoke(grant.pk, note="終わった", actor=cast.manager)
    assert not visible_to(fresh(cast.teacher)).filter(pk=file.pk).exists()


def test_a_page_of_two_hundred_files_is_asked_in_one_query(cast, django_assert_num_queries):
    files = [steps.held_file(cast, number=f"N-{n}") for n in range(20)]
    steps.granted(cast, files[3])
    clerk = fresh(cast.clerk)
    from roles.holdings import load_holdings

    clerk._holdings = load_holdings(clerk)
    with django_assert_num_queries(1):
        found = rights_on(clerk, files)
    assert [bool(found[file.pk]) for file in files].count(True) == 1


def test_the_right_is_guardians_own_row(cast):
    """guardian's shortcuts find what a grant wrote, and nothing once it is taken back; of time they know nothing."""
    from guardian.shortcuts import get_objects_for_user, get_user_perms

    grant = steps.granted(cast, rights=["output_file"])
    found = get_objects_for_user(cast.clerk, "files_registry.output_file", accept_global_perms=False)
    assert list(found) == [grant.file]
    assert set(get_user_perms(cast.clerk, grant.file)) == {"open_file", "output_file"}
    workflow.revoke(grant.pk, note="担当を外れた", actor=cast.manager)
    assert not get_objects_for_user(cast.clerk, "files_registry.output_file", accept_global_perms=False).exists()
