"""An audit opens the examined files to be read, to its officers, while it and their seat last; asked each time.

第7条第3項・第24条. Nothing has to run for it to end.
"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audits.examinations import workflow
from audits.examinations.models import Audit
from files_registry.access import opening
from files_registry.access import policies as access_policies
from files_registry.access.effective import allowed_files, rights_on, worked_with
from files_registry.access.holders import holders_of
from files_registry.access.models import FileUserRight
from files_registry.access.reconciling import differences
from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.policies import can_see_internal, visible_to
from files_registry.catalogue.rights import Right, may
from nerima_privacy.calendars.periods import end_of, midnight
from roles.models import Appointment, Person, Unit
from roles.seats import Seat
from tests.audits import steps
from tests.files_registry.access import steps as rights

pytestmark = [pytest.mark.django_db, pytest.mark.article("7-3", "24-1")]


def opens(person, file):
    """Asked in every way there is; all must agree."""
    person, file = steps.fresh(person), type(file).objects.get(pk=file.pk)
    answers = {
        person.has_perm("files_registry.open_file", file),
        may(person, Right.OPEN, file),
        Right.OPEN in rights_on(person, [file])[file.pk],
        allowed_files(person).filter(pk=file.pk).exists(),
        visible_to(person).filter(pk=file.pk).exists(),
        visible_to(person, single=True).filter(pk=file.pk).exists(),
        access_policies.can_see_who(person, file),
        can_see_internal(person, file),
    }
    assert len(answers) == 1
    return answers.pop()


def listed(file, at=None):
    """The names in 権限一覧 of those who examine the file."""
    return {holder.name for holder in holders_of(file, at) if holder.ground.startswith("監査")}


def test_an_officer_without_an_audit_sees_nothing(cast):
    file = rights.held_file(cast)
    steps.submitted(cast)
    assert not opens(cast.audit_officer, file)
    assert not listed(file)


def test_it_opens_reading_and_nothing_else(cast):
    file = rights.held_file(cast)
    steps.approved(cast)
    assert opens(cast.audit_officer, file)
    assert {right for right in Right if may(steps.fresh(cast.audit_officer), right, file)} == {Right.OPEN}
    for right in set(Right) - {Right.OPEN}:
        assert not allowed_files(cast.audit_officer, right).exists()
    assert not worked_with(cast.audit_officer).exists()


def test_it_opens_the_examined_units_to_the_people_sent_and_to_nobody_else(cast):
    steps.appoint(cast, "dual")
    own, other = rights.held_file(cast), rights.held_file(cast, cast.school, "T-2")
    before = {who for who, person in cast.people.items() if may(person, Right.OPEN, own)}
    steps.approved(cast)
    after = {who for who, person in cast.people.items() if may(steps.fresh(person), Right.OPEN, own)}
    assert after - before == {"audit_officer"}
    assert not opens(cast.audit_officer, other)
    assert listed(own) == {cast.audit_officer.name}


def test_two_officers_see_what_each_may(cast):
    """One of them moves into an examined unit: that unit is closed to that one, the rest stays open to both."""
    steps.appoint(cast, "dual")
    tax, school = rights.held_file(cast), rights.held_file(cast, cast.school, "T-2")
    steps.approved(cast, officers=("audit_officer", "dual"), units=("tax", "school"))
    assert all(opens(who, file) for who in (cast.audit_officer, cast.dual) for file in (tax, school))
    steps.transfer(cast.dual, cast.tax)
    assert not opens(cast.dual, tax)
    assert opens(cast.dual, school)
    assert opens(cast.audit_officer, tax)
    assert listed(tax) == {cast.audit_officer.name}


def test_it_begins_with_the_approval_or_its_first_day_and_ends_to_the_second(cast):
    file = rights.held_file(cast)
    audit = steps.submitted(cast, begins_on=steps.days(2), ends_on=steps.days(5))
    audit = workflow.approve(audit.pk, actor=cast.chief)
    end = end_of(audit.ends_on)
    for moment, expected in [
        (timezone.now(), False),
        (midnight(audit.begins_on) - timedelta(seconds=1), False),
        (midnight(audit.begins_on), True),
        (end - timedelta(seconds=1), True),
        (end, False),
        (end + timedelta(days=300), False),
    ]:
        with time_machine.travel(moment, tick=False):
            assert opens(cast.audit_officer, file) is expected
            assert bool(listed(file)) is expected
    assert Audit.objects.get().status == "under_way"  # nothing ran, and still it ended


def test_it_is_over_the_moment_it_is_ended(cast):
    file, audit = rights.held_file(cast), steps.approved(cast)
    workflow.end(audit.pk, note="確かめ終えた", actor=cast.chief)
    assert not opens(cast.audit_officer, file)
    assert not listed(file)


def test_it_is_over_with_the_seat_and_when_the_person_leaves(cast):
    file = rights.held_file(cast)
    steps.approved(cast)
    seat = Appointment.objects.filter(seat=Seat.AUDIT_OFFICER)
    seat.update(valid_to=steps.days(-1))
    assert not opens(cast.audit_officer, file)
    assert not listed(file)
    seat.update(valid_to=None)
    assert opens(cast.audit_officer, file)
    Person.objects.filter(pk=cast.audit_officer.pk).update(is_active=False)
    assert not opens(cast.audit_officer, file)


def test_who_is_transferred_into_the_examined_unit_sees_it_no_more(cast):
    file, other = rights.held_file(cast), rights.held_file(cast, cast.school, "T-2")
    steps.approved(cast, units=("tax", "school"))
    steps.transfer(cast.audit_officer, cast.tax)
    assert not opens(cast.audit_officer, file)
    assert opens(cast.audit_officer, other)


def test_who_takes_over_the_department_above_sees_its_sections_no_more(cast):
    file = rights.held_file(cast)
    steps.approved(cast)
    steps.seat(cast.audit_officer, Seat.DEPARTMENT_PROTECTION_MANAGER, cast.citizens)
    assert not may(steps.fresh(cast.audit_officer), Right.OPEN, file)
    assert not listed(file)


def test_a_department_stands_for_its_sections_until_one_belongs_to_it(cast):
    tax, collection = rights.held_file(cast), rights.held_file(cast, cast.collection, "T-2")
    steps.approved(cast, units=("citizens",))
    assert opens(cast.audit_officer, tax)
    assert opens(cast.audit_officer, collection)
    steps.transfer(cast.audit_officer, cast.collection)
    assert not opens(cast.audit_officer, tax)  # the 部 is above the own unit now, and falls away with what it brought
    assert not opens(cast.audit_officer, collection)


def merged(cast, ended, into):
    """`ended` ended yesterday; its affairs went to `into`."""
    ended.valid_to = steps.days(-1)
    ended.save()
    ended.successors.add(into)


def test_what_the_examined_unit_took_over_is_examined_with_it(cast):
    old = rights.held_file(cast, cast.closed_school, "T-2")
    steps.approved(cast, units=("other_school",))
    assert opens(cast.audit_officer, old)


def test_a_unit_that_is_merged_away_meanwhile_stays_examined(cast):
    file = rights.held_file(cast)
    steps.approved(cast)
    merged(cast, cast.tax, cast.collection)
    assert opens(cast.audit_officer, file)


def test_what_the_own_unit_took_over_is_not_examined(cast):
    file = rights.held_file(cast)
    steps.approved(cast)
    merged(cast, cast.tax, cast.welfare_admin)
    steps.transfer(cast.audit_officer, cast.welfare_admin)
    assert not may(steps.fresh(cast.audit_officer), Right.OPEN, file)
    assert not listed(file)


def test_what_the_examined_and_the_own_unit_both_took_over_is_not_examined(cast):
    old, new = rights.held_file(cast, cast.closed_school, "T-2"), rights.held_file(cast, cast.other_school, "T-3")
    cast.closed_school.successors.add(cast.school)
    steps.transfer(cast.audit_officer, cast.school)
    steps.approved(cast, units=("other_school",))
    assert opens(cast.audit_officer, new)
    assert not may(steps.fresh(cast.audit_officer), Right.OPEN, old)
    assert not listed(old)


def test_nobody_examined_before_the_approval_on_the_day_of_it(cast):
    file, noon = rights.held_file(cast), midnight(steps.days(0)) + timedelta(hours=12)
    with time_machine.travel(noon, tick=False):
        audit = steps.submitted(cast)
    with time_machine.travel(noon + timedelta(hours=2), tick=False):
        workflow.approve(audit.pk, actor=cast.chief)
        assert not listed(file, noon + timedelta(hours=1))
        assert listed(file, noon + timedelta(hours=2))


@pytest.mark.parametrize(
    ("status", "expected"),
    [(FileStatus.HELD, True), (FileStatus.CEASED, True), (FileStatus.PREPARING, False), (FileStatus.ABANDONED, False)],
)
def test_what_was_held_is_opened_and_what_never_was_is_not(cast, status, expected):
    file = rights.held_file(cast)
    steps.approved(cast)
    day = timezone.localdate() if status == FileStatus.CEASED else None
    type(file).objects.filter(pk=file.pk).update(status=status, ceased_on=day)
    file.refresh_from_db()
    assert may(steps.fresh(cast.audit_officer), Right.OPEN, file) is expected
    assert allowed_files(cast.audit_officer).filter(pk=file.pk).exists() is expected


def test_opening_is_recorded_with_its_ground_and_the_post(cast):
    file, audit = rights.held_file(cast), steps.approved(cast)
    found = opening.open_file(file, purpose="台帳の記載を確かめる", actor=steps.fresh(cast.audit_officer))
    assert found.ground == f"監査{audit.pk}　窓口の監査"
    (holder,) = [holder for holder in holders_of(file) if holder.person == cast.audit_officer]
    assert holder.last_used == found.at
    assert holder.rights == (Right.OPEN,)
    assert holder.ends_at == end_of(audit.ends_on)


def test_the_purpose_is_asked_where_the_class_says_so(cast):
    from files_registry.access.opening import asks_purpose
    from nerima_privacy.refusals import Invalid

    file = rights.held_file(cast, confidentiality="3a")
    assert asks_purpose(file)
    steps.approved(cast)
    with pytest.raises(Invalid):
        opening.open_file(file, actor=steps.fresh(cast.audit_officer))


def test_any_past_day_is_read_back(cast):
    file = rights.held_file(cast)
    with time_machine.travel(timezone.now() - timedelta(days=20), tick=False):
        audit = steps.approved(cast, ends_on=steps.days(40))
    with time_machine.travel(timezone.now() - timedelta(days=10), tick=False):
        workflow.end(audit.pk, note="確かめ終えた", actor=cast.chief)
    now = timezone.now()
    assert [bool(listed(file, now - timedelta(days=days))) for days in (21, 19, 11, 9, 0)] == [
        False, True, True, False, False,
    ]  # fmt: skip


def test_grants_and_rights_agree_with_an_audit_under_way(cast):
    grant = rights.granted(cast)
    steps.approved(cast)
    assert not list(differences())
    assert FileUserRight.objects.filter(grant=grant).exists()


def test_the_whole_ward_but_the_own_part_can_be_examined_at_once(cast):
    """A 書面監査 of every unit that may be."""
    names = [n for n in vars(cast) if isinstance(getattr(cast, n), Unit) and n not in {"welfare", "welfare_admin"}]
    file = rights.held_file(cast)
    steps.approved(cast, units=tuple(n for n in names if n != "closed_school"))
    assert opens(cast.audit_officer, file)
