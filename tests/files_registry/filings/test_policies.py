"""Who sees which file and notification (第3–6条・第10条・第11条)."""

import pytest

from files_registry.catalogue.policies import can_see_internal
from files_registry.catalogue.policies import visible_to as files_visible_to
from files_registry.filings.models import FilingStatus
from files_registry.filings.policies import visible_to
from files_registry.filings.turns import who_has_it
from nerima_privacy.calendars.periods import today
from roles.models import Appointment
from tests.files_registry import steps

pytestmark = pytest.mark.article("10-1")
UNIT = {"manager", "officer", "second_officer"}
STAFF = {"clerk", "second_clerk"}
WARD = {"chief", "disclosure_manager", "disclosure_staff"}
OVER = {"department_manager"}


def readers(cast, door, obj):
    return {name for name, person in cast.people.items() if door(person).filter(pk=obj.pk).exists()}


def test_a_draft_is_seen_by_the_unit_s_seats_only(cast):
    filing = steps.draft(cast)
    assert readers(cast, visible_to, filing) == UNIT
    assert readers(cast, files_visible_to, filing.file) == UNIT


def test_a_submitted_one_is_seen_by_the_department_as_well(cast):
    assert readers(cast, visible_to, steps.submitted(cast)) == UNIT | OVER


def test_a_filed_one_is_seen_by_the_ward_and_the_unit_s_staff(cast):
    filing = steps.filed(cast)
    assert readers(cast, visible_to, filing) == UNIT | OVER | WARD | STAFF
    assert readers(cast, files_visible_to, filing.file) == UNIT | OVER | WARD


def test_a_held_file_is_read_by_staff_of_the_unit_in_print_only(cast):
    file = steps.held(cast).file
    assert readers(cast, files_visible_to, file) == UNIT | OVER | WARD | STAFF
    inside = {name for name, person in cast.people.items() if can_see_internal(person, file)}
    assert inside == UNIT | OVER | WARD


def test_a_file_withdrawn_before_filing_stays_with_the_unit(cast):
    from files_registry.filings import workflow

    filing = workflow.withdraw(steps.draft(cast).pk, reason="やめた。", actor=cast.officer)
    assert readers(cast, files_visible_to, filing.file) == UNIT


def test_a_seat_that_ended_shows_nothing_more(cast):
    filing = steps.draft(cast)
    Appointment.objects.filter(person=cast.officer).delete()
    assert "officer" not in readers(cast, visible_to, filing)


def test_the_page_says_who_has_it(cast):
    filing = steps.submitted(cast)
    assert who_has_it(filing).seat == "税務課　保護責任者"
    Appointment.objects.filter(person__in=[cast.manager, cast.department_manager]).delete()
    waiting = who_has_it(filing)
    assert (waiting.seat, waiting.note) == ("総括保護管理者", "税務課の保護責任者が空席のため")


@pytest.mark.article("10-2")
def test_the_one_who_filed_never_considers(cast):
    from django.core.exceptions import PermissionDenied

    from files_registry.filings import workflow

    data = {**steps.CELLS, **steps.plan()}
    own = workflow.draft_new(cast.disclosure.pk, actor=cast.disclosure_officer, data=data)
    own = workflow.file(own.pk, actor=cast.disclosure_manager)
    assert who_has_it(own).seat == "総務部　保護管理責任者"
    words = {"propose": False, "reason": "定例", "result": "no_objection"}
    for person in (cast.disclosure_manager, cast.disclosure_staff, cast.chief, cast.department_manager):
        with pytest.raises(PermissionDenied):
            workflow.consider(own.pk, actor=person, **words)
    decided = workflow.consider(own.pk, actor=cast.two_seats, **words)
    assert (decided.status, decided.considered_by) == (FilingStatus.DECIDED, cast.two_seats)


def test_while_the_seat_is_vacant_the_department_files(cast):
    from files_registry.filings import workflow

    filing = steps.submitted(cast)
    Appointment.objects.filter(person=cast.manager).update(valid_to=today().replace(year=today().year - 1))
    assert workflow.file(filing.pk, actor=cast.department_manager).status == FilingStatus.FILED
