"""What is found: every kind of finding, on any day (第11条第1項)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from files_registry.access import workflow as access
from files_registry.access.models import Grant
from files_registry.accounts.models import AccountFinding
from nerima_privacy.calendars.periods import today
from roles.models import Appointment, Person, Posting
from roles.seats import Basis, Seat
from tests.files_registry.access import steps
from tests.files_registry.accounts import making
from tests.files_registry.accounts.making import accounts_of, kinds, line, recorded

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]


@pytest.fixture
def made(cast):
    return making.system(cast)


def test_an_account_of_a_person_with_the_right_is_not_amiss(cast, made):
    steps.granted(cast, making.file_of(made))
    row = recorded(cast, made, line("A1", cast.clerk), line("A2", cast.manager, "管理"))
    assert accounts_of(row) == {}
    assert (row.counts["accounts"], row.counts["agreeing"]) == (2, 2)


def test_an_account_without_any_right_over_the_files_is_excess(cast, made):
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk)))["A1"] == ("excess", "no_right")


def test_a_right_over_a_file_that_is_not_in_the_system_does_not_count(cast, made):
    steps.granted(cast, steps.held_file(cast, number="X-1"))
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk)))["A1"] == ("excess", "no_right")


def test_rights_beyond_those_granted_are_named(cast, made):
    steps.granted(cast, making.file_of(made))
    row = recorded(cast, made, line("A1", cast.clerk, "管理"))
    finding = AccountFinding.objects.get(comparison=row, account="A1")
    assert finding.kind == "wider"
    assert finding.over.split() == ["enter_file", "erase_file", "output_file"]


def test_rights_over_several_files_of_the_system_add_up(cast, made):
    other = steps.held_file(cast, cast.collection, number="C-1")
    making.link(cast, made, other)
    first, _ = made.system_files.order_by("pk")
    steps.granted(cast, first.file, rights=["open_file", "enter_file"])
    grant = steps.requested(cast, other, rights=["open_file", "erase_file"])
    access.grant(grant.pk, actor=cast.neighbour)
    row = recorded(cast, made, line("A1", cast.clerk, "管理"))
    assert AccountFinding.objects.get(comparison=row, account="A1").over == "output_file"


def test_who_has_a_right_and_no_account_is_told_of(cast, made):
    steps.granted(cast, making.file_of(made))
    found = kinds(recorded(cast, made, line("A1", cast.manager)))
    assert found[cast.clerk.staff_number] == ("missing", "no_account")
    assert found[cast.officer.staff_number] == ("missing", "no_account")
    assert cast.second_clerk.staff_number not in found


def test_a_stopped_account_is_neither_excess_nor_missing(cast, made):
    steps.granted(cast, making.file_of(made))
    row = recorded(cast, made, line("A1", cast.clerk, "なし"), line("A2", cast.second_clerk, "なし"))
    assert accounts_of(row) == {}
    assert cast.clerk.staff_number not in kinds(row)
    assert row.counts["stopped"] == 2


def test_who_has_left_is_gone(cast, made):
    Posting.objects.filter(person=cast.second_clerk).update(valid_to=today() - timedelta(days=1))
    row = recorded(cast, made, line("A1", cast.former), line("A2", cast.second_clerk))
    assert accounts_of(row) == {"A1": ("gone", "inactive"), "A2": ("gone", "no_post")}


def test_who_was_transferred_away_from_where_the_right_rested_is_gone(cast, made):
    steps.granted(cast, making.file_of(made))
    Posting.objects.filter(person=cast.clerk).update(valid_to=today() - timedelta(days=1))
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=today())
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk)))["A1"] == ("gone", "moved")


def test_who_moved_stays_gone_when_the_night_has_closed_the_right(cast, made):
    grant = steps.granted(cast, making.file_of(made))
    Posting.objects.filter(person=cast.clerk).update(valid_to=today() - timedelta(days=1))
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=today())
    Grant.objects.filter(pk=grant.pk).update(status="ended", ended_at=timezone.now(), end_reason="異動")
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk)))["A1"] == ("gone", "moved")


def test_whose_account_it_is_nobody_knows(cast, made):
    row = recorded(cast, made, line("SHARED", ""), line("BATCH", "共用"), line("A1", cast.manager))
    assert accounts_of(row) == {"SHARED": ("unknown", "no_number"), "BATCH": ("unknown", "not_known")}
    assert AccountFinding.objects.get(account="BATCH").staff_number == "共用"


def test_two_rows_of_one_account_are_one_with_both_rights(cast, made):
    steps.granted(cast, making.file_of(made), rights=["open_file"])
    row = recorded(cast, made, line("A1", cast.clerk, "閲覧"), line("Ａ１", cast.clerk, "更新"))
    assert row.counts["accounts"] == 1
    assert AccountFinding.objects.get(comparison=row, account="A1").over == "enter_file"


def test_two_accounts_of_one_person_are_two_findings(cast, made):
    row = recorded(cast, made, line("A1", cast.clerk), line("A2", cast.clerk))
    assert set(accounts_of(row)) == {"A1", "A2"}


def test_a_right_given_to_the_posts_of_a_unit_counts_for_its_people(cast, made):
    file = making.file_of(made)
    access.propose(file.pk, group_unit_id=cast.collection.pk, group_kind="staff", actor=cast.manager, **steps.wish())
    Posting.objects.create(person=cast.teacher, unit=cast.collection, valid_from=today())
    row = recorded(cast, made, line("A1", cast.teacher), line("A2", cast.clerk), line("A3", cast.neighbour, "更新"))
    assert accounts_of(row) == {"A2": ("excess", "no_right"), "A3": ("wider", "beyond")}


def given_to_posts(cast, file, kind, unit=None, days=30):
    """A right for the posts of a unit, since some days."""
    unit = unit or cast.collection
    access.propose(file.pk, group_unit_id=unit.pk, group_kind=kind, actor=cast.manager, **steps.wish())
    past = timezone.now() - timedelta(days=days)
    Grant.objects.filter(group__isnull=False).update(begins_at=past, decided_at=past)


def worked(person, unit, first, last):
    now = today()
    Posting.objects.create(
        person=person, unit=unit, is_main=False,
        valid_from=now - timedelta(days=first), valid_to=now - timedelta(days=last),
    )  # fmt: skip


@pytest.mark.parametrize("ended", [False, True], ids=["the right lasts", "the right has ended since"])
def test_who_had_a_right_by_working_in_a_unit_and_has_left_it_is_gone(cast, made, ended):
    given_to_posts(cast, making.file_of(made), "staff")
    worked(cast.teacher, cast.collection, 90, 1)
    if ended:
        Grant.objects.filter(group__isnull=False).update(status="ended", ended_at=timezone.now(), end_reason="見直し")
    assert accounts_of(recorded(cast, made, line("A1", cast.teacher)))["A1"] == ("gone", "moved")


LEFT_NOTHING = {
    "left before it was given": ("staff", "teacher", 90, 40),
    "is of another kind of post": ("dispatched", "teacher", 90, 1),
    "works there again": ("staff", "neighbour", 90, 30),
}


@pytest.mark.parametrize("how", LEFT_NOTHING)
def test_who_never_had_the_right_of_the_group_or_is_still_there_has_not_moved_away_from_it(cast, made, how):
    kind, who, first, last = LEFT_NOTHING[how]
    given_to_posts(cast, making.file_of(made), kind)
    Grant.objects.filter(group__isnull=False).update(ends_at=timezone.now())
    worked(cast.people[who], cast.collection, first, last)
    assert accounts_of(recorded(cast, made, line("A1", cast.people[who])))["A1"] == ("excess", "no_right")


@pytest.mark.parametrize(("still_works", "why"), [(False, ("gone", "moved")), (True, ("excess", "no_right"))])
def test_a_former_officer_has_moved_only_when_out_of_the_unit_too(cast, made, still_works, why):
    given_to_posts(cast, making.file_of(made), "officers")
    dates = {"valid_from": today() - timedelta(days=90), "valid_to": today() - timedelta(days=1)}
    Appointment.objects.create(
        person=cast.teacher, seat=Seat.PROTECTION_OFFICER, unit=cast.collection, basis=Basis.CONCURRENT, **dates
    )
    if still_works:
        worked(cast.teacher, cast.collection, 90, -30)
    assert accounts_of(recorded(cast, made, line("A1", cast.teacher)))["A1"] == why


def test_a_right_for_the_dispatched_does_not_count_for_the_staff(cast, made):
    file = making.file_of(made)
    access.propose(file.pk, group_unit_id=cast.tax.pk, group_kind="dispatched", actor=cast.manager, **steps.wish())
    row = recorded(cast, made, line("A1", cast.dispatched), line("A2", cast.clerk))
    assert set(accounts_of(row)) == {"A2"}


def test_an_acting_holder_of_the_seat_has_all_the_rights(cast, made):
    Appointment.objects.filter(person=cast.manager).update(valid_to=today() - timedelta(days=1))
    Appointment.objects.create(
        person=cast.neighbour, seat=Seat.PROTECTION_MANAGER, unit=cast.tax, basis=Basis.ACTING, valid_from=today()
    )
    row = recorded(cast, made, line("A1", cast.neighbour, "管理"), line("A2", cast.manager))
    assert accounts_of(row) == {"A2": ("excess", "no_right")}


def test_the_seat_of_the_unit_that_took_over_has_the_rights(cast):
    file = steps.held_file(cast, cast.closed_school, number="K-1")
    made = making.system(cast, files=[file])
    row = recorded(cast, made, line("A1", cast.other_principal, "管理"), line("A2", cast.principal))
    assert accounts_of(row) == {"A2": ("excess", "no_right")}


def test_a_grant_opens_nothing_to_the_audit_officer(cast, made):
    grant = steps.granted(cast, making.file_of(made))
    Appointment.objects.create(
        person=cast.clerk, seat=Seat.AUDIT_OFFICER, valid_from=today(), reason="公平", appointed_by=cast.chief
    )
    assert grant.status == "granted"
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk)))["A1"] == ("excess", "no_right")


def test_a_right_that_has_ended_is_none_and_one_of_a_ceased_file_is_none(cast, made):
    file = making.file_of(made)
    grant = steps.granted(cast, file)
    steps.granted(cast, file, "second_clerk")
    access.revoke(grant.pk, note="担当を外れた", actor=cast.manager)
    assert set(accounts_of(recorded(cast, made, line("A1", cast.clerk), line("A2", cast.second_clerk)))) == {"A1"}
    type(file).objects.filter(pk=file.pk).update(status="ceased", ceased_on=today())
    assert set(accounts_of(recorded(cast, made, line("A2", cast.second_clerk)))) == {"A2"}


def test_a_past_day_is_compared_with_the_rights_and_places_of_that_day(cast, made):
    """Granted in May, taken away in July: on the list of June nothing is amiss; on that of April and of today it is."""
    tokyo = timezone.get_default_timezone()
    with time_machine.travel(datetime(2026, 5, 10, 9, tzinfo=tokyo), tick=False):
        grant = steps.granted(cast, making.file_of(made), ends_on=today() + timedelta(days=300))
    with time_machine.travel(datetime(2026, 7, 10, 9, tzinfo=tokyo), tick=False):
        access.revoke(grant.pk, note="担当を外れた", actor=cast.manager)
    rows = [line("A1", cast.clerk)]
    with time_machine.travel(datetime(2026, 8, 1, 9, tzinfo=tokyo), tick=False):
        found = [
            accounts_of(recorded(cast, made, *rows, as_of=today().replace(month=month, day=30))) for month in (4, 6, 7)
        ]
    assert [set(one) for one in found] == [{"A1"}, set(), {"A1"}]


def test_a_transfer_after_the_day_of_the_list_does_not_count_for_it(cast, made):
    steps.granted(cast, making.file_of(made))
    grant = Grant.objects.get()
    past = timezone.now() - timedelta(days=30)
    Grant.objects.filter(pk=grant.pk).update(begins_at=past, decided_at=past)
    Posting.objects.filter(person=cast.clerk).update(valid_to=today() - timedelta(days=1))
    Posting.objects.create(person=cast.clerk, unit=cast.collection, valid_from=today())
    day = today() - timedelta(days=10)
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk), as_of=day)) == {}
    assert accounts_of(recorded(cast, made, line("A1", cast.clerk)))["A1"] == ("gone", "moved")


def test_excel_may_have_taken_leading_zeros_away(cast, made):
    Person.objects.filter(pk=cast.clerk.pk).update(staff_number="0012345")
    steps.granted(cast, making.file_of(made))
    assert accounts_of(recorded(cast, made, line("A1", "12345"))) == {}


def test_leading_zeros_are_not_forgiven_where_two_people_are_meant(cast, made):
    Person.objects.filter(pk=cast.clerk.pk).update(staff_number="0012345")
    Person.objects.filter(pk=cast.second_clerk.pk).update(staff_number="012345")
    assert accounts_of(recorded(cast, made, line("A1", "12345")))["A1"] == ("unknown", "not_known")


def test_without_a_column_of_rights_only_the_account_itself_is_compared(cast, made):
    steps.granted(cast, making.file_of(made))
    meaning = making.Meaning({"account": "ユーザID", "staff": "職員番号"}, {}, {})
    row = recorded(cast, made, line("A1", cast.clerk, "管理"), line("A2", cast.second_clerk), meaning=meaning)
    assert set(accounts_of(row)) == {"A2"}
