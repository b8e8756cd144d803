"""Two people before anything is sent (第14条), and corrections by order (第13条)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from files_registry.handling import checking, correcting, workflow
from files_registry.handling.acts import Channel
from files_registry.handling.models import Correction, SendingCheck
from nerima_privacy.law.catalogue import KEYS
from nerima_privacy.law.parameters import rows
from nerima_privacy.refusals import Invalid, MoveRefused
from tests.files_registry.handling import making

SENDING = pytest.mark.article("14-1")
CORRECTING = pytest.mark.article("13-1")


@SENDING
def test_a_sending_is_not_done_before_two_people_checked_it(cast):
    request = making.allowed(cast, "send")
    for stage in (None, making.filled):
        if stage:
            stage(cast, request)
        with pytest.raises(Invalid, match="二人で終えてから"):
            workflow.record_done(request.pk, done_on=making.days(0), actor=cast.clerk)
    checking.confirm(SendingCheck.objects.get().pk, ticked=making.points(request), actor=cast.second_clerk)
    assert workflow.record_done(request.pk, done_on=making.days(0), actor=cast.clerk).status == "closed"


@SENDING
def test_one_person_in_two_sessions_cannot_be_both(cast):
    from django.test import Client

    request = making.allowed(cast, "send")
    one, other = Client(), Client()
    one.force_login(cast.clerk)
    other.force_login(cast.clerk)
    data = {"ticked": making.points(request), "asked_of": cast.second_clerk.pk, "stamp": request.stamp}
    assert one.post(reverse("handling:fill-check", args=[request.pk]), data).status_code == 302
    check = SendingCheck.objects.get()
    answer = other.post(reverse("handling:check-confirm", args=[check.pk]), {"ticked": making.points(check)})
    assert answer.status_code == 403
    check.refresh_from_db()
    assert check.status == "filled"
    with pytest.raises(IntegrityError, match="check_confirmed_by_another"), transaction.atomic():
        SendingCheck.objects.filter(pk=check.pk).update(confirmed_by=cast.clerk)


@SENDING
@pytest.mark.parametrize("who", ["clerk", "dispatched", "neighbour"])
def test_the_second_is_another_of_the_wards_staff_of_the_units_concerned(cast, who):
    request = making.allowed(cast, "send")
    with pytest.raises(Invalid) as wrong:
        checking.fill(request.pk, ticked=making.points(request), asked_of=cast.people[who].pk, actor=cast.clerk)
    assert set(wrong.value.errors) == {"asked_of"}


@SENDING
def test_every_point_is_ticked_by_both(cast):
    request = making.allowed(cast, "send")
    points = making.points(request)
    with pytest.raises(Invalid) as wrong:
        checking.fill(request.pk, ticked=points[1:], asked_of=cast.second_clerk.pk, actor=cast.clerk)
    assert set(wrong.value.errors) == {"ticked"}
    check = making.filled(cast, request)
    with pytest.raises(Invalid):
        checking.confirm(check.pk, ticked=[], actor=cast.second_clerk)


@SENDING
def test_a_check_sent_back_begins_anew_and_both_stay(cast):
    request = making.allowed(cast, "send")
    check = making.filled(cast, request)
    with pytest.raises(MoveRefused, match="もう始まっています"):
        making.filled(cast, request)
    checking.send_back(check.pk, reason="宛先が違う。", actor=cast.second_clerk)
    assert making.confirmed(cast, request).pk != check.pk
    assert request.sending_checks.count() == 2


@SENDING
def test_the_list_is_kept_as_it_was_with_its_source(cast):
    check = making.filled(cast)
    key = Channel(check.channel).checklist
    row = rows([key])[key]
    assert (check.points, check.source) == (row.value, row.source)


@SENDING
@pytest.mark.django_db
@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_its_list(channel):
    assert channel.checklist in KEYS
    row = rows([channel.checklist])[channel.checklist]
    assert len(row.value) >= 4
    assert row.source


@SENDING
def test_what_is_not_sent_has_no_check(cast):
    request = making.allowed(cast, "take_out")
    with pytest.raises(MoveRefused, match="送る行為ではない"):
        checking.fill(request.pk, ticked=[], asked_of=cast.second_clerk.pk, actor=cast.clerk)


@CORRECTING
def test_a_correction_is_ordered_done_and_checked_by_another(cast):
    correction = making.corrected(cast)
    assert correction.done_by == cast.clerk
    done = correcting.check_done(correction.pk, actor=cast.officer)
    assert (done.status, done.checked_by) == ("checked", cast.officer)


@CORRECTING
def test_who_corrected_does_not_check_it(cast):
    correction = correcting.correct(
        making.instructed(cast).pk, done_on=making.days(0), done_note="原票と照らした。", actor=cast.officer
    )
    with pytest.raises(PermissionDenied):
        correcting.check_done(correction.pk, actor=cast.officer)
    with pytest.raises(IntegrityError, match="correction_checked_by_another"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(checked_by=cast.officer)
    assert correcting.check_done(correction.pk, actor=cast.manager).status == "checked"


@CORRECTING
def test_the_manager_may_order_what_the_manager_found(cast):
    correction = making.found(cast, "manager")
    assert (
        correcting.instruct(
            correction.pk, instruction="直すこと。", due_on=making.days(3), actor=cast.manager
        ).instructed_by
        == cast.manager
    )


@CORRECTING
def test_nothing_is_corrected_before_the_order(cast):
    with pytest.raises(MoveRefused):
        correcting.correct(making.found(cast).pk, done_on=making.days(0), done_note="直した。", actor=cast.clerk)


@CORRECTING
def test_what_is_done_again_keeps_its_order(cast):
    correction = correcting.send_back(making.corrected(cast).pk, note="1件残っている。", actor=cast.manager)
    assert (correction.status, correction.instruction) == ("instructed", "申請書と照らして直すこと。")


@CORRECTING
@pytest.mark.parametrize("field", ["found_on", "items", "description"])
def test_what_was_found_is_said(cast, field):
    data = {"found_on": making.days(0), **making.FOUND, field: None if field == "found_on" else " "}
    with pytest.raises(Invalid) as wrong:
        correcting.find(making.file(cast).pk, data, actor=cast.clerk)
    assert set(wrong.value.errors) == {field}


@CORRECTING
def test_the_page_keeps_it_apart_from_a_persons_own_request(cast, client):
    client.force_login(cast.clerk)
    html = client.get(making.found(cast).get_absolute_url()).content.decode()
    assert "個人情報保護法第90条" in html
    assert "別の手続" in html
