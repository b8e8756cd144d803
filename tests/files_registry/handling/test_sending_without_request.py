"""A sending that needs no permission of its own is checked by two people all the same (第14条)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from files_registry.handling import checking, workflow
from files_registry.handling.acts import Act, Channel
from files_registry.handling.models import SendingCheck
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Posting
from tests.files_registry import steps
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything
from tests.files_registry.handling.waiting import outcome, turns

pytestmark = pytest.mark.article("14-1")
DUTY = "sending.checked_by_two"


def test_it_is_filled_by_one_and_confirmed_by_another_and_names_its_ground(cast):
    permission = making.posting_allowed(cast)
    check = making.posted(cast, permission)
    assert (check.request, check.standing, check.level) == (None, permission, "standing")
    with pytest.raises(PermissionDenied):
        checking.confirm(check.pk, ticked=making.points(check), actor=cast.clerk)
    done = checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)
    assert (done.status, done.confirmed_by) == ("confirmed", cast.second_clerk)
    with pytest.raises(IntegrityError, match="check_confirmed_by_another"), transaction.atomic():
        SendingCheck.objects.filter(pk=check.pk).update(confirmed_by=cast.clerk)


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_it_where_the_act_is_only_noted(cast, channel):
    file = steps.held(cast, confidentiality="1").file
    check = checking.fill_without_request(
        file.pk,
        making.sending(cast, channel=channel, recipient="区のウェブサイト"),
        ticked=making.channel_points(channel),
        asked_of=cast.second_clerk.pk,
        actor=cast.clerk,
    )
    assert (check.level, check.standing, check.channel) == ("note", None, channel)


def test_where_permission_is_needed_each_time_it_is_asked_for_first(cast):
    file = making.file(cast)
    before = everything()
    with pytest.raises(Invalid, match="先に申請"):
        checking.fill_without_request(
            file.pk,
            making.sending(cast, channel="mail"),
            ticked=making.channel_points("mail"),
            asked_of=cast.second_clerk.pk,
            actor=cast.clerk,
        )
    assert everything() == before


def test_a_unit_that_asks_for_more_is_heard(cast):
    permission = making.posting_allowed(cast)
    making.rules(cast, {"3c": {"send_out": "each"}})
    with pytest.raises(Invalid, match="先に申請"):
        making.posted(cast, permission)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"standing": None}, "standing"),
        ({"recipient": "大阪府"}, "recipient"),
        ({"persons": 101}, "persons"),
        ({"items": "氏名\n所得"}, "items"),
        ({"channel": "mail"}, "standing"),
        ({"channel": "pigeon"}, "channel"),
        ({"what": " "}, "what"),
        ({"recipient": ""}, "recipient"),
        ({"persons": 0}, "persons"),
        ({"persons": None}, "persons"),
        ({"encryption": ""}, "encryption"),
        ({"what": "長" * 201}, "what"),
    ],
)
def test_what_is_missing_or_outside_the_permission_is_said_at_its_field(cast, data, field):
    permission = making.posting_allowed(cast)
    before = everything()
    facts = making.sending(cast, permission, **data)
    with pytest.raises(Invalid) as wrong:
        checking.fill_without_request(
            permission.file_id,
            facts,
            ticked=making.channel_points("post"),
            asked_of=cast.second_clerk.pk,
            actor=cast.clerk,
        )
    assert set(wrong.value.errors) == {field}
    assert everything() == before


def test_who_allowed_the_standing_permission_does_not_send_under_it(cast):
    permission = making.posting_allowed(cast)
    with pytest.raises(Invalid, match="あなたが許可した"):
        making.posted(cast, permission, who="manager")


@pytest.mark.parametrize("ticked", [[], ["address"]])
def test_every_point_is_ticked(cast, ticked):
    permission = making.posting_allowed(cast)
    with pytest.raises(Invalid) as wrong:
        checking.fill_without_request(
            permission.file_id,
            making.sending(cast, permission),
            ticked=ticked,
            asked_of=cast.second_clerk.pk,
            actor=cast.clerk,
        )
    assert set(wrong.value.errors) == {"ticked"}


@pytest.mark.parametrize("second", ["clerk", "dispatched", "neighbour"])
def test_the_second_is_another_of_the_wards_staff_of_the_units_concerned(cast, second):
    with pytest.raises(Invalid) as wrong:
        making.posted(cast, second=second)
    assert set(wrong.value.errors) == {"asked_of"}


def test_from_a_file_that_has_ceased_nothing_is_sent(cast):
    permission = making.posting_allowed(cast)
    type(permission.file).objects.filter(pk=permission.file_id).update(status="ceased", ceased_on=making.days(0))
    with pytest.raises(MoveRefused, match="廃止"):
        making.posted(cast, permission)


def test_the_database_asks_what_is_sent(cast):
    check = making.posted(cast)
    for values in ({"what": ""}, {"recipient": ""}, {"persons": None}, {"level": "each"}, {"standing": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SendingCheck.objects.filter(pk=check.pk).update(**values)


def test_who_made_the_first_check_calls_it_off_and_the_second_is_told(cast):
    check = making.posted(cast)
    off = checking.call_off(check.pk, reason="出さないことにした。", actor=cast.clerk)
    assert off.status == "called_off"
    assert Notice.objects.filter(to=cast.second_clerk, kind="sending.called_off").count() == 1
    assert not turns(cast, "second_clerk")
    with pytest.raises(MoveRefused):
        checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)


@pytest.mark.parametrize("end", ["withdraw", "close"])
def test_a_request_that_ends_leaves_no_check_on_a_desk(cast, end):
    check = making.filled(cast)
    if end == "withdraw":
        workflow.withdraw(check.request_id, actor=cast.clerk)
    else:
        workflow.close(check.request_id, reason="送らないこととした。", actor=cast.manager)
    check.refresh_from_db()
    assert check.status == "called_off"
    assert not turns(cast, "second_clerk")


def test_the_second_look_is_on_the_desk_of_who_was_asked_and_once_late_of_the_seats_too(cast):
    url = making.posted(cast).get_absolute_url()
    assert turns(cast, "second_clerk") == [url]
    assert not turns(cast, "officer")
    assert not turns(cast, "clerk")
    late = making.days(3)
    assert url in turns(cast, "officer", late)
    assert url in turns(cast, "manager", late)
    assert url not in turns(cast, "neighbour", late)


def test_the_duty_finds_it_until_it_is_sent_or_called_off(cast):
    check = making.posted(cast)
    (found,) = outcome(DUTY).findings
    assert (found.key, found.unit_id) == (f"sendingcheck:{check.pk}", cast.tax.pk)
    assert found.late(making.days(2))
    assert not outcome(DUTY, units=frozenset({cast.collection.pk})).findings
    checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)
    making.sent(cast, check)
    assert not outcome(DUTY).findings
    assert outcome(DUTY).subjects == 1
    other = making.posted(cast, check.standing)
    checking.call_off(other.pk, actor=cast.clerk)
    assert not outcome(DUTY).findings
    assert outcome(DUTY).subjects == 1


def test_a_person_who_left_the_unit_confirms_nothing(cast):
    check = making.posted(cast)
    Posting.objects.filter(person=cast.second_clerk).update(valid_to=today() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)


def test_the_way_decides_the_act():
    assert {channel: channel.act for channel in Channel} == {
        Channel.MAIL: Act.SEND,
        Channel.FAX: Act.SEND,
        Channel.WEB: Act.SEND,
        Channel.POST: Act.SEND_OUT,
        Channel.HAND_OVER: Act.SEND_OUT,
    }


# pages


def typed(cast, permission, **data):
    facts = making.sending(cast, permission, **data)
    facts |= {"items": facts["items"].split("\n"), "standing": permission.pk}
    return facts | {"ticked": making.channel_points("post"), "asked_of": cast.second_clerk.pk, "token": "a page"}


def test_it_is_made_with_buttons_from_the_page_of_the_file(cast, client):
    permission = making.posting_allowed(cast)
    file = permission.file
    client.force_login(cast.clerk)
    assert reverse("handling:check-choose", args=[file.pk]) in client.get(file.get_absolute_url()).content.decode()
    html = client.get(reverse("handling:check-choose", args=[file.pk])).content.decode()
    assert reverse("handling:check-new", args=[file.pk, "post"]) in html
    url = reverse("handling:check-new", args=[file.pk, "post"])
    html = client.get(url).content.decode()
    assert f"包括許可 {permission.pk}" in html
    for _ in range(2):
        assert client.post(url, typed(cast, permission)).status_code == 302
    check = SendingCheck.objects.get()
    client.force_login(cast.second_clerk)
    assert "あなたの番です" in client.get(reverse("handling:checks")).content.decode()
    html = client.get(check.get_absolute_url()).content.decode()
    for words in ("納税通知書の再発行", "対象者本人", "3人", f"包括許可 {permission.pk}"):
        assert words in html
    answer = client.post(reverse("handling:check-confirm", args=[check.pk]), {"ticked": making.points(check)})
    assert answer.status_code == 302
    check.refresh_from_db()
    assert check.status == "confirmed"
    html = client.get(reverse("handling:checks") + f"?tab=all&file={file.pk}").content.decode()
    assert "二人で確認済み" in html
    assert check.get_absolute_url() in client.get(permission.get_absolute_url()).content.decode()
    rows = client.get(reverse("handling:standing-list")).context["rows"]
    assert [row["used"] for row in rows] == [1]


def test_what_was_typed_stays_where_something_is_missing(cast, client):
    permission = making.posting_allowed(cast)
    client.force_login(cast.clerk)
    url = reverse("handling:check-new", args=[permission.file_id, "post"])
    answer = client.post(url, typed(cast, permission, recipient="大阪府"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "大阪府" in html
    assert "納税通知書の再発行" in html
    assert re.search(r'name="ticked"[^>]* checked', html)
    assert not SendingCheck.objects.exists()


def test_a_way_that_needs_permission_leads_to_the_request(cast, client):
    file = making.file(cast)
    client.force_login(cast.clerk)
    html = client.get(reverse("handling:check-new", args=[file.pk, "mail"])).content.decode()
    assert "先に申請してください" in html
    assert reverse("handling:new", args=[file.pk]) in html
    assert client.get(reverse("handling:check-new", args=[file.pk, "pigeon"])).status_code == 404


def test_without_a_standing_permission_that_covers_it_the_page_leads_to_one(cast, client):
    file = making.posting_allowed(cast).file
    client.force_login(cast.clerk)
    html = client.get(reverse("handling:check-new", args=[file.pk, "mail"])).content.decode()
    assert "使える包括許可がありません" in html
    assert reverse("handling:standing-new", args=[file.pk]) in html


def test_the_page_says_who_can_confirm_in_whole_words(cast, client):
    check = making.posted(cast)
    client.force_login(cast.clerk)
    html = client.get(check.get_absolute_url()).content.decode()
    assert "二人目の確認をすることができるのは、" in html


def test_another_unit_sees_nothing_of_it(cast, client):
    check = making.posted(cast)
    for who, status in [("neighbour", 404), ("disclosure_manager", 404), ("chief", 200), ("department_manager", 200)]:
        client.force_login(cast.people[who])
        assert client.get(check.get_absolute_url()).status_code == status, who
        page = client.get(reverse("handling:checks")).context["page"]
        assert page.paginator.count == (1 if status == 200 else 0), who
