"""What follows a later day of return: the right, lateness, duties and notices; and its pages (第12条)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from files_registry.catalogue.rights import Right, may
from files_registry.handling import workflow
from files_registry.handling.daily import remind_of_returns
from files_registry.handling.models import Extension, ExtensionStatus, HandlingRequest
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import end_of
from nerima_privacy.duties.registry import Scope, duty_named
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid
from roles.people import system_actor
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything
from tests.files_registry.handling.waiting import findings, items, turns

pytestmark = pytest.mark.article("12-1")


def granted(cast, **data):
    request = making.extension_asked(cast, **data)
    return workflow.grant_extension(request.pk, answer="一度だけ。", actor=cast.manager)


def open_to(cast, moment):
    with time_machine.travel(moment, tick=False):
        return may(cast.clerk, Right.OPEN, making.file(cast))


def test_a_right_that_lasts_until_the_day_lasts_until_the_later_one(cast):
    request = making.done(cast, ends_on=making.days(5))
    old = request.grant
    request = workflow.grant_extension(making.extension_asked(cast, request).pk, actor=cast.manager)
    old.refresh_from_db()
    assert request.grant != old
    assert old.status == "ended"
    assert request.grant.ends_at == end_of(making.days(15))
    assert request.grant.decided_by == cast.manager
    assert open_to(cast, end_of(making.days(15)) - timedelta(seconds=1))
    assert not open_to(cast, end_of(making.days(15)))


def test_a_right_that_ends_with_the_act_before_the_day_is_left_alone(cast):
    request = making.done(cast, ends_on=making.days(3))
    old = request.grant
    request = workflow.grant_extension(making.extension_asked(cast, request).pk, actor=cast.manager)
    assert request.grant == old
    assert not open_to(cast, end_of(making.days(3)))


def test_a_right_that_is_over_is_not_opened_again(cast):
    request = making.done(cast, ends_on=making.days(5))
    with time_machine.travel(end_of(making.days(6)), tick=False):
        making.extension_asked(cast, request)
        workflow.grant_extension(request.pk, actor=cast.manager)
        assert not may(cast.clerk, Right.OPEN, making.file(cast))
    request.refresh_from_db()
    assert request.return_due_on == making.days(15)


# late, and what follows it


def test_asked_after_the_day_it_is_possible_and_shows_as_late(cast, client):
    request = making.done(cast)
    with time_machine.travel(end_of(making.days(6)), tick=False):
        making.extension_asked(cast, request)
        assert Extension.objects.get().late
        request.refresh_from_db()
        assert request.overdue(making.days(7)), "until it is decided"
        assert request.get_absolute_url() in turns(cast, "manager", making.days(7))
        client.force_login(cast.manager)
        assert "期限を過ぎてからの求め" in client.get(request.get_absolute_url()).content.decode()
        request = workflow.grant_extension(request.pk, actor=cast.manager)
        assert not request.overdue(making.days(7))
        assert not items(cast, "manager", making.days(7))
    assert not making.extension_asked(cast).extensions.get().late


def test_a_day_that_passed_while_it_waited_cannot_be_granted(cast):
    request = making.extension_asked(cast)
    with time_machine.travel(end_of(making.days(16)), tick=False):
        before = everything()
        with pytest.raises(Invalid, match="過ぎています"):
            workflow.grant_extension(request.pk, actor=cast.manager)
        assert everything() == before


def test_the_seat_above_hears_of_it_by_the_later_day(cast):
    request = granted(cast)
    late = making.days(5 + 8)
    assert not items(cast, "department_manager", late)
    assert turns(cast, "department_manager", making.days(15 + 8)) == [request.get_absolute_url()]


def test_the_duty_counts_the_day_as_it_was_on_the_day_that_is_asked_about(cast):
    request = making.done(cast)
    key = f"handlingrequest:{request.pk}"
    with time_machine.travel(end_of(making.days(8)), tick=False):
        making.extension_asked(cast, request)
        workflow.grant_extension(request.pk, actor=cast.manager)
    assert [found.key for found in findings("handling.returned", making.days(7))] == [key], (
        "late on that day, whatever came after"
    )
    assert not findings("handling.returned", making.days(9))
    assert [found.key for found in findings("handling.returned", making.days(16))] == [key]


def test_an_undecided_one_is_found_until_it_is_decided(cast):
    making.extension_asked(cast)
    extension = Extension.objects.get()
    outcome = duty_named("handling.decided").check(Scope(making.days(0)))
    (found,) = outcome.findings
    assert found.key == f"extension:{extension.pk}"
    assert found.late(making.days(4))
    assert not findings("handling.decided", making.days(0), frozenset({cast.collection.pk}))
    workflow.refuse_extension(extension.request_id, answer="戻せるため。", actor=cast.manager)
    assert not findings("handling.decided", making.days(0))


def test_the_applicant_is_reminded_of_the_later_day(cast):
    request = granted(cast)
    assert remind_of_returns(making.days(5), system_actor()) == 0
    assert remind_of_returns(request.return_due_on, system_actor()) == 1


def test_those_whose_turn_it_is_are_told(cast):
    granted(cast)
    assert Notice.objects.filter(to=cast.manager, kind="handling.extension_asked").count() == 1
    notice = Notice.objects.get(to=cast.clerk, kind="handling.extension_granted")
    assert wareki(making.days(15)) in notice.title
    assert notice.body == "一度だけ。"


@pytest.mark.parametrize("end", ["record_return", "close"])
def test_what_ends_before_it_is_decided_settles_it(cast, end):
    request = making.extension_asked(cast)
    if end == "close":
        workflow.close(request.pk, reason="紛失のため事故として扱う。", actor=cast.manager)
    else:
        workflow.record_return(request.pk, **making.RETURN, actor=cast.clerk)
    extension = Extension.objects.get()
    assert (extension.status, extension.decided_by) == (ExtensionStatus.SETTLED, None)
    assert not findings("handling.decided", making.days(0))
    assert "extension" not in str([item.detail for item in items(cast, "manager")])


# pages


def press(client, person, name, request, **data):
    client.force_login(person)
    return client.post(reverse(f"handling:{name}", args=[request.pk]), data)


def test_it_is_asked_and_granted_with_buttons(cast, client):
    request = making.done(cast)
    client.force_login(cast.clerk)
    assert "期限の延長を求める" in client.get(request.get_absolute_url()).content.decode()
    sent = {"due_on": wareki(making.days(15)), "reason": "雨のため"}
    assert press(client, cast.clerk, "ask-extension", request, **sent).status_code == 302
    html = client.get(request.get_absolute_url()).content.decode()
    assert reverse("handling:ask-extension", args=[request.pk]) not in html
    assert reverse("handling:withdraw-extension", args=[request.pk]) in html
    assert reverse("handling:grant-extension", args=[request.pk]) not in html
    client.force_login(cast.manager)
    html = client.get(request.get_absolute_url()).content.decode()
    assert f"{wareki(making.days(15))}まで延ばすことを求められています" in html
    assert "あなたの番です（きょうから）" in html
    assert press(client, cast.manager, "grant-extension", request, note="一度だけ。").status_code == 302
    html = client.get(request.get_absolute_url()).content.decode()
    for words in ("雨のため", "一度だけ。", wareki(making.days(5)), wareki(making.days(15)), "延長を許可"):
        assert words in html


def test_a_bad_day_is_said_at_the_field_and_nothing_typed_is_lost(cast, client):
    request = making.done(cast)
    answer = press(client, cast.clerk, "ask-extension", request, due_on="あした", reason="雨が続いたため")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "あした" in html
    assert "雨が続いたため" in html
    assert not Extension.objects.exists()


def test_pressed_twice_it_happens_once_and_frightens_nobody(cast, client):
    request = making.extension_asked(cast)
    for _ in range(2):
        assert press(client, cast.manager, "grant-extension", request, note="", stamp=request.stamp).status_code == 302
    assert Entry.objects.filter(verb="handling.extension_granted").count() == 1
    assert HandlingRequest.objects.get().return_due_on == making.days(15)


def test_a_page_somebody_overtook_keeps_what_was_typed_and_says_who(cast, client):
    request = making.extension_asked(cast)
    workflow.withdraw_extension(request.pk, actor=cast.clerk)
    making.extension_asked(cast, request, due_on=making.days(30))
    answer = press(client, cast.manager, "grant-extension", request, note="条件です。", stamp=request.stamp)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert cast.clerk.name in html
    assert "条件です。" in html
    assert Extension.objects.filter(status="granted").count() == 0


def test_the_list_shows_it_under_the_deciders_turn(cast, client):
    request = making.extension_asked(cast)
    client.force_login(cast.manager)
    rows = client.get(reverse("handling:list")).context["rows"]
    assert [row["request"] for row in rows] == [request]
    assert "期限の延長の判断待ち" in client.get(reverse("handling:list")).content.decode()
