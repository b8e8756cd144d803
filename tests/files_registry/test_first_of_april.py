"""4月1日: one import moves 2,000 people, and what rested on where they were ends that second (第11条・第12条)."""

from datetime import timedelta

import pytest
import time_machine

from files_registry.access import pages as access_pages
from files_registry.access import policies, workflow
from files_registry.access.effective import allowed_files
from files_registry.access.holders import holders_of
from files_registry.access.models import FileUserRight, Grant, GrantStatus
from files_registry.access.reconciling import differences
from files_registry.catalogue.rights import Right, may
from files_registry.handling import listing, standing
from files_registry.handling import policies as handling_policies
from files_registry.handling import workflow as handling
from files_registry.handling.models import HandlingStatus, StandingStatus
from nerima_privacy.activity.models import Entry
from nerima_privacy.duties.sweep import sweep
from nerima_privacy.refusals import MoveRefused
from tests.files_registry.year_of_transfers import ASKED_ON, DAY, Ward, moment

pytestmark = [pytest.mark.article("11-1"), pytest.mark.article("12-1"), pytest.mark.article("2-2")]
BEFORE, AFTER = moment(DAY) - timedelta(seconds=1), moment(DAY)


def rights_are(ward, *, moved):
    """By the 権限一覧 of every file everybody, and as a page asks some of each section."""
    allowed = {person.pk: ward.expected(section, person, moved=moved) for section, person in ward.everybody()}
    for section in ward.sections:
        listed = {holder.person.pk for holder in holders_of(section.own)}
        assert listed == {pk for pk, files in allowed.items() if section.own.pk in files}
    for section in ward.sections:
        for person in section.some():
            assert set(allowed_files(person).values_list("pk", flat=True)) == allowed[person.pk]
            assert may(person, Right.ENTER, section.own) == (section.own.pk in allowed[person.pk])


def test_everything_follows_the_seats_and_places_of_the_new_year(cast):
    with time_machine.travel(moment(ASKED_ON, 10), tick=False):
        ward = Ward(cast)
        ward.ask()
        run = ward.transfer()
        assert {c["title"]: (c["create"], c["change"]) for c in run.counts} == {
            "組織": (0, 0), "職員": (0, 2000), "任命": (40, 20),
        }  # fmt: skip
        assert Entry.objects.filter(verb__startswith="import.").count() == 2, "the upload and the commit"
    with time_machine.travel(BEFORE, tick=False):
        rights_are(ward, moved=False)
        names = {holder.name for holder in holders_of(ward.sections[0].own)}
    with time_machine.travel(AFTER, tick=False):
        rights_are(ward, moved=True)
        requests_of_rights_wait_for_the_seat(ward)
        requests_to_take_out_wait_for_the_seat(ward)
        standing_permissions_stand(ward)
        closing(ward)
        assert {holder.name for holder in holders_of(ward.sections[0].own, BEFORE)} == names, "history keeps the names"


def requests_of_rights_wait_for_the_seat(ward):
    for section in ward.sections[:3]:
        target = ward.after(section, 3)
        new, old = ward.after(section, 2).manager, target.manager
        waiting = list(Grant.objects.filter(file=target.own, status=GrantStatus.REQUESTED))
        assert len(waiting) == 5
        assert set(access_pages.listed(new, "turn")) == set(waiting)
        assert not set(access_pages.listed(old, "turn")) & set(waiting)
        for grant in waiting:
            assert policies.can_decide(new, grant)
            assert not policies.can_decide(old, grant)
        with pytest.raises(MoveRefused, match="異動"):
            workflow.grant(waiting[0].pk, actor=new)
        workflow.refuse(waiting[0].pk, note="新しい所属から申請してください。", actor=new)


def requests_to_take_out_wait_for_the_seat(ward):
    for section in ward.sections:
        new, old = ward.after(section, -1).manager, section.manager
        waiting = set(section.requests)
        assert set(listing.listed(new, "turn", {})) >= waiting
        assert not set(listing.listed(old, "turn", {})) & waiting
        for request in waiting:
            assert not handling_policies.can_decide(old, request)
            with pytest.raises(MoveRefused, match="異動"):
                handling.allow(request.pk, actor=new)
        handling.refuse(section.requests[1].pk, reason="退職したため。", actor=new)
        section.requests[1].refresh_from_db()
        assert section.requests[1].status == HandlingStatus.REFUSED
        assert section.requests[1].applicant == section.leavers[0]


def standing_permissions_stand(ward):
    for section in ward.sections[:3]:
        new = ward.after(section, -1).manager
        assert section.standing in handling_policies.standing_visible_to(new)
        assert section.standing not in handling_policies.standing_visible_to(section.manager)
        standing.end(section.standing.pk, reason="担当が替わったため", actor=new)
        section.standing.refresh_from_db()
        assert section.standing.status == StandingStatus.ENDED


def closing(ward):
    """The night's work closes each row that opens nothing any more, once."""
    resting = Grant.objects.filter(status=GrantStatus.GRANTED, person__isnull=False)
    left = resting.count()
    first = sweep(DAY)
    assert not first.failed
    ended = Entry.objects.filter(verb="access.ended")
    stayed = resting.count()
    assert stayed == sum(len(section.stayers) + 1 for section in ward.sections)
    assert ended.count() == left - stayed
    assert ended.values("subject_id").distinct().count() == ended.count()
    assert list(differences()) == []
    assert set(FileUserRight.objects.values_list("grant", flat=True)) == set(resting.values_list("pk", flat=True))
    done = Entry.objects.exclude(verb="sweep.ran").count()
    assert not sweep(DAY).failed
    assert Entry.objects.exclude(verb="sweep.ran").count() == done, "nothing is left to do"
