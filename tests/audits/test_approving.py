"""Who approves where who acts as 総括保護管理者 is of the audit: the one acted for; nobody is left waiting in vain."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audits.examinations import policies, workflow
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid
from roles import workflow as seats
from roles.models import Appointment
from roles.seats import Basis, Seat
from tests.audits import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("7-2", "24-1")]
CHIEF = Seat.GENERAL_PROTECTION_MANAGER


@pytest.fixture
def acted_for(cast):
    """監査責任者 acts as 総括保護管理者 for ten days; the holder takes the seat up again after."""
    first, last = steps.days(0), steps.days(10)
    held = Appointment.objects.get(seat=CHIEF, person=cast.chief)
    Appointment.objects.filter(pk=held.pk).update(valid_from=steps.days(-90))
    seats.appoint_acting(
        seat=CHIEF,
        unit_id=None,
        person_id=cast.audit_officer.pk,
        valid_from=first,
        valid_to=last,
        reason="出張のため",
        actor=cast.administrator,
    )


def test_the_one_acted_for_approves_what_who_acts_is_sent_on(cast, acted_for):
    audit = steps.submitted(cast)
    turn = policies.deciding_turn(audit)
    assert (turn.label, turn.people) == ("総括保護管理者（本人）", [cast.chief])
    assert Notice.objects.filter(kind="audit.submitted", to=cast.chief).exists()
    with pytest.raises(PermissionDenied):
        workflow.approve(audit.pk, actor=cast.audit_officer)
    done = workflow.approve(audit.pk, actor=steps.fresh(cast.chief))
    assert (done.status, done.decided_by) == ("under_way", cast.chief)


def test_the_one_acted_for_finds_the_audit_and_is_shown_the_buttons(client, cast, acted_for):
    audit = steps.submitted(cast)
    client.force_login(cast.chief)
    page = client.get(audit.get_absolute_url())
    assert page.status_code == 200
    assert "承認する" in page.content.decode()
    assert client.post(reverse("audits:approve", args=[audit.pk]), {"stamp": audit.stamp}).status_code == 302
    audit.refresh_from_db()
    assert audit.status == "under_way"


def test_what_who_acts_may_approve_is_not_the_business_of_the_one_acted_for(client, cast, acted_for):
    steps.appoint(cast, "dual")
    audit = steps.submitted(cast, actor="dual", officers=("dual",), units=("school",))
    assert policies.deciding_turn(audit).people == [cast.audit_officer]
    assert not policies.visible_to(steps.fresh(cast.chief)).filter(pk=audit.pk).exists()
    before = steps.everything()
    with pytest.raises(PermissionDenied):
        workflow.approve(audit.pk, actor=steps.fresh(cast.chief))
    assert steps.everything() == before


def test_once_the_acting_ended_the_holder_decides_in_the_own_seat(cast, acted_for):
    audit = steps.submitted(cast)
    seats.end_appointment(
        Appointment.objects.get(seat=CHIEF, basis=Basis.ACTING).pk,
        last_day=steps.days(-1),
        reason="出張から戻ったため",
        actor=cast.administrator,
    )
    turn = policies.deciding_turn(audit)
    assert (turn.label, turn.people) == ("総括保護管理者", [cast.chief])


@pytest.mark.parametrize("planner", ["audit_officer", "dual"])
def test_a_plan_nobody_could_approve_is_refused_at_the_officers(cast, planner):
    steps.appoint(cast, "dual")
    steps.seat(cast.audit_officer, CHIEF, None)
    sent = "dual" if planner == "audit_officer" else "audit_officer"
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        steps.planned(cast, actor=planner, officers=(sent,), units=("school",))
    assert "承認できる人がいません" in refused.value.errors["officers"]
    assert steps.everything() == before


def test_it_is_asked_again_when_approval_is_asked_for(cast):
    audit = steps.planned(cast)
    steps.seat(cast.audit_officer, CHIEF, None)
    before = steps.everything()
    with pytest.raises(Invalid) as refused:
        workflow.submit(audit.pk, actor=cast.audit_officer)
    assert "承認できる人がいません" in refused.value.errors["officers"]
    assert steps.everything() == before


def test_a_vacant_seat_lets_a_plan_wait(cast):
    Appointment.objects.filter(seat=CHIEF).update(valid_to=steps.days(-1))
    audit = steps.submitted(cast)
    assert policies.deciding_turn(audit).vacant
