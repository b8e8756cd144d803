"""What two people checked is marked sent: once, in time, with its line in the ledger (第14条・第15条)."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from files_registry.handling import checking, standing, workflow
from files_registry.handling.models import SendingCheck, StandingPermission
from files_registry.ledgers.models import LedgerEntry
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import midnight, today
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Posting
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything
from tests.files_registry.handling.waiting import outcome, turns

pytestmark = pytest.mark.article("14-1")
DUTY = "sending.checked_by_two"


def test_what_two_have_checked_is_marked_sent_once_and_leaves_its_line_in_the_ledger(cast):
    check = making.posted_twice(cast)
    done = making.sent(cast, check)
    assert (done.status, done.sent_on, done.sent_by) == ("sent", making.days(0), cast.clerk)
    line = LedgerEntry.objects.get(file=check.file)
    assert (line.kind, line.on, line.persons, line.medium) == ("moved", making.days(0), 3, "paper")
    assert (line.place, line.purpose, line.done_by) == ("対象者本人", "納税通知書の再発行", cast.clerk.name)
    assert (line.witness, line.source_url) == (cast.second_clerk.name, check.get_absolute_url())
    assert "簡易書留" in line.method
    assert "控え1部" in line.remarks
    before = everything()
    with pytest.raises(MoveRefused):
        making.sent(cast, check, "second_clerk")
    assert everything() == before


@pytest.mark.parametrize("end", ["filled", "sent_back", "called_off", "called_off_after"])
def test_what_was_not_checked_by_two_is_not_marked_sent(cast, end):
    check = making.posted_twice(cast) if end == "called_off_after" else making.posted(cast)
    if end == "sent_back":
        checking.send_back(check.pk, reason="宛先が違う。", actor=cast.second_clerk)
    elif end != "filled":
        checking.call_off(check.pk, actor=cast.clerk)
    before = everything()
    with pytest.raises(MoveRefused):
        making.sent(cast, check)
    assert everything() == before


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"sent_on": None}, "sent_on"),
        ({"sent_on": making.days(1)}, "sent_on"),
        ({"sent_on": making.days(-1)}, "sent_on"),
        ({"sent_how": " "}, "sent_how"),
        ({"sent_how": "長" * 201}, "sent_how"),
        ({"remains": ""}, "remains"),
    ],
)
def test_what_does_not_hold_of_the_sending_is_said_at_its_field(cast, data, field):
    check = making.posted_twice(cast)
    before = everything()
    with pytest.raises(Invalid) as wrong:
        making.sent(cast, check, **data)
    assert set(wrong.value.errors) == {field}
    assert everything() == before


def test_a_check_too_old_for_the_ward_lets_nothing_be_sent_but_what_was_sent_in_time_may_be_written_down(cast):
    check = making.posted_twice(cast)
    with time_machine.travel(midnight(making.days(8)), tick=False):
        with pytest.raises(Invalid, match="確かめてから7日"):
            making.sent(cast, check, sent_on=today())
        assert making.sent(cast, check, sent_on=making.days(-1)).status == "sent"


def test_the_ward_says_how_long_a_check_stands(cast):
    check = making.posted_twice(cast)
    LegalParameter.objects.filter(key="sending.send_days").update(value=1)
    with (
        time_machine.travel(midnight(making.days(2)), tick=False),
        pytest.raises(Invalid, match="確かめてから1日"),
    ):
        making.sent(cast, check, sent_on=today())


def test_after_the_standing_permission_ended_nothing_is_sent_under_it(cast):
    check = making.posted_twice(cast)
    StandingPermission.objects.update(status="ended", ended_on=making.days(0))
    with time_machine.travel(midnight(making.days(1)), tick=False):
        before = everything()
        with pytest.raises(Invalid, match="送ることができたのは"):
            making.sent(cast, check, sent_on=today())
        assert everything() == before
        assert making.sent(cast, check, sent_on=making.days(-1)).status == "sent"


def test_after_the_file_ceased_nothing_of_it_is_sent(cast):
    check = making.posted_twice(cast)
    type(check.file).objects.filter(pk=check.file_id).update(status="ceased", ceased_on=making.days(0))
    with time_machine.travel(midnight(making.days(1)), tick=False):
        with pytest.raises(Invalid, match="廃止"):
            making.sent(cast, check, sent_on=today())
        assert making.sent(cast, check, sent_on=making.days(-1)).status == "sent"


@pytest.mark.parametrize("why", ["ended", "stricter"])
def test_nobody_confirms_what_may_not_be_sent_any_more(cast, why):
    check = making.posted(cast)
    if why == "ended":
        standing.end(check.standing_id, reason="事務をやめた。", actor=cast.manager)
    else:
        making.rules(cast, {"3c": {"send_out": "each"}})
    before = everything()
    with pytest.raises(MoveRefused, match="送らないでください"):
        checking.confirm(check.pk, ticked=making.points(check), actor=cast.second_clerk)
    assert everything() == before
    assert checking.send_back(check.pk, reason="許可がない。", actor=cast.second_clerk).status == "sent_back"


def test_what_was_asked_for_is_written_down_on_its_request(cast):
    check = making.confirmed(cast)
    before = everything()
    with pytest.raises(MoveRefused, match="申請のページ"):
        making.sent(cast, check)
    assert everything() == before


def test_the_database_refuses_a_sending_that_was_not_checked_or_says_nothing(cast):
    half, whole = making.posted(cast), making.posted_twice(cast)
    said = {
        "sent_on": making.days(0),
        "sent_at": timezone.now(),
        "sent_by": cast.clerk,
        "sent_how": "x",
        "remains": "x",
    }
    for check, data in ((half, said), (whole, {**said, "sent_how": ""}), (whole, {**said, "remains": ""}), (whole, {})):
        with pytest.raises(IntegrityError), transaction.atomic():
            SendingCheck.objects.filter(pk=check.pk).update(status="sent", **data)


def test_what_may_be_sent_lies_with_its_sender_and_once_late_with_the_seats(cast):
    url = making.posted_twice(cast).get_absolute_url()
    assert turns(cast, "clerk") == [url]
    assert not turns(cast, "second_clerk")
    late = making.days(8)
    assert not turns(cast, "manager", making.days(7))
    assert turns(cast, "manager", late) == turns(cast, "officer", late) == [url]
    assert not turns(cast, "neighbour", late)
    making.sent(cast, SendingCheck.objects.get())
    assert not turns(cast, "clerk")
    assert not turns(cast, "manager", late)


def test_the_duty_finds_what_nobody_says_was_sent_also_on_a_day_that_has_passed(cast):
    check = making.posted_twice(cast)
    (found,) = outcome(DUTY).findings
    assert (found.key, found.due_on) == (f"sendingcheck:{check.pk}", making.days(7))
    with time_machine.travel(midnight(making.days(3)), tick=False):
        making.sent(cast, check)
    assert not outcome(DUTY, making.days(3)).findings
    (found,) = outcome(DUTY, making.days(2)).findings
    assert "送ったことを記録" in found.clears, "by then both had checked it"
    assert outcome(DUTY, making.days(3)).subjects == 1


def test_the_seats_call_off_what_somebody_who_left_had_checked(cast):
    check = making.posted_twice(cast)
    Posting.objects.filter(person=cast.clerk).update(valid_to=today() - timedelta(days=1))
    assert checking.call_off(check.pk, reason="出していない。", actor=cast.officer).status == "called_off"
    assert {notice.to for notice in Notice.objects.filter(kind="sending.called_off")} == {cast.clerk, cast.second_clerk}
    assert not outcome(DUTY).findings


def test_it_is_marked_sent_with_a_button_and_shown_on_page_list_and_sheet(cast, client):
    check = making.posted_twice(cast)
    client.force_login(cast.clerk)
    html = client.get(check.get_absolute_url()).content.decode()
    assert "送ったことを記録する</button>" in html
    assert "送付の記録待ち" in client.get(reverse("handling:checks") + "?tab=unsent").content.decode()
    url = reverse("handling:check-sent", args=[check.pk])
    answer = client.post(url, {"sent_on": "あした", "sent_how": "手で渡した", "remains": ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "あした" in html
    assert "手で渡した" in html
    assert "ないときは「なし」と書きます" in html
    sent = {"sent_on": wareki(making.days(0)), "sent_how": "書留で出した", "remains": "なし", "stamp": check.stamp}
    for _ in range(2):
        assert client.post(url, sent).status_code == 302
    assert LedgerEntry.objects.filter(file=check.file).count() == 1
    html = client.get(check.get_absolute_url()).content.decode()
    for words in ("送付済み", "書留で出した", "手もとに残ったもの"):
        assert words in html
    assert "送ったことを記録する</button>" not in html
    assert "に送付" in client.get(reverse("handling:checks") + "?tab=all").content.decode()
    html = client.get(reverse("handling:checks") + "?tab=unsent").content.decode()
    assert "送ったことの記録を待っているものはありません" in html
    paper = PdfReader(BytesIO(client.get(reverse("handling:check.pdf", args=[check.pk])).content))
    assert "書留で出した" in "".join("".join(page.extract_text() for page in paper.pages).split())


def test_the_page_of_a_check_that_was_asked_for_leads_to_its_request(cast, client):
    check = making.confirmed(cast)
    client.force_login(cast.clerk)
    html = client.get(check.get_absolute_url()).content.decode()
    assert f"申請 {check.request_id} のページへ" in html
    assert "送ったことを記録する</button>" not in html


def test_the_ledger_says_where_a_sending_that_was_asked_for_went(cast):
    request = making.allowed(cast, "send")
    making.confirmed(cast, request)
    workflow.record_done(request.pk, done_on=making.days(0), actor=cast.clerk)
    line = LedgerEntry.objects.get()
    assert (line.place, line.medium, line.witness) == ("東京都主税局", "mail", cast.second_clerk.name)
    assert "電子メール" in line.method


@pytest.mark.parametrize(("day", "words"), [(-1, "以後の日付"), (2, "確かめてから1日")])
def test_what_was_asked_for_is_done_after_its_check_and_before_that_is_too_old(cast, day, words):
    LegalParameter.objects.filter(key="sending.send_days").update(value=1)
    request = making.allowed(cast, "send", begins_on=making.days(-2))
    making.confirmed(cast, request)
    on = making.days(day)
    with time_machine.travel(midnight(making.days(max(day, 0))), tick=False):
        before = everything()
        with pytest.raises(Invalid, match=words) as wrong:
            workflow.record_done(request.pk, done_on=on, actor=cast.clerk)
        assert set(wrong.value.errors) == {"done_on"}
        assert everything() == before


def test_a_check_too_old_is_called_off_and_the_request_checked_anew(cast):
    request = making.allowed(cast, "send")
    old = making.confirmed(cast, request)
    checking.call_off(old.pk, actor=cast.clerk)
    request.refresh_from_db()
    assert request.confirmed_check is None
    new = making.confirmed(cast, request)
    done = workflow.record_done(request.pk, done_on=making.days(0), actor=cast.clerk)
    assert (done.status, done.confirmed_check) == ("closed", new)
    before = everything()
    with pytest.raises(MoveRefused, match="申請が「終了」"):
        checking.call_off(new.pk, actor=cast.clerk)
    assert everything() == before


def test_after_the_period_asked_for_nothing_is_checked(cast):
    request, half = making.allowed(cast, "send"), making.filled(cast)
    with time_machine.travel(midnight(making.days(4)), tick=False):
        before = everything()
        with pytest.raises(MoveRefused, match="期間"):
            making.filled(cast, request)
        with pytest.raises(MoveRefused, match="期間"):
            checking.confirm(half.pk, ticked=making.points(half), actor=cast.second_clerk)
        assert everything() == before


def test_the_page_says_whose_turn_it_is_and_calls_upon_nobody_else(cast, client):
    check = making.posted_twice(cast)
    said = {}
    for who in ("clerk", "second_clerk", "manager"):
        client.force_login(cast.people[who])
        html = client.get(check.get_absolute_url()).content.decode()
        said[who] = "あなたの番です" in html
        assert "送ったことを記録する</button>" in html, "a colleague may do it all the same"
        assert said[who] or f"いまは {cast.tax.name}　{cast.clerk.name} の番です" in html
    assert said == {"clerk": True, "second_clerk": False, "manager": False}


def test_what_waits_too_long_is_shown_late_in_the_list(cast, client):
    half, whole = making.posted(cast), making.posted_twice(cast)

    def kinds(days):
        with time_machine.travel(midnight(making.days(days)), tick=False):
            client.force_login(cast.clerk)
            rows = client.get(reverse("handling:checks") + "?tab=all").context["rows"]
        return {row["check"].pk: row["kind"] == "late" for row in rows}

    assert kinds(1) == {half.pk: False, whole.pk: False}
    assert kinds(2) == {half.pk: True, whole.pk: False}
    assert kinds(8) == {half.pk: True, whole.pk: True}
