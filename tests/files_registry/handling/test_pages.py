"""The pages: only the fields an act needs, nothing typed lost, a word where it does not happen, few queries."""

import re

import pytest
from django.urls import reverse

from files_registry.handling import standing, workflow
from files_registry.handling.acts import SAYS, Act
from files_registry.handling.models import Correction, HandlingRequest, SendingCheck, StandingPermission
from files_registry.handling.steps import short
from nerima_privacy.calendars.eras import wareki
from roles.models import Appointment
from roles.seats import Seat
from tests.files_registry.handling import making
from tests.files_registry.handling.verbs import everything

pytestmark = pytest.mark.article("12-1")


@pytest.fixture
def press(client):
    def post(person, name, *args, **data):
        client.force_login(person)
        return client.post(reverse(f"handling:{name}", args=args), data)

    return post


@pytest.fixture
def read(client):
    def get(person, name, *args, query=""):
        client.force_login(person)
        return client.get(reverse(f"handling:{name}", args=args) + query)

    return get


def typed(request, **data):
    """What the form of a draft sends."""
    facts = {**making.facts(request.act), **data}
    facts["items"] = facts["items"].split("\n") if isinstance(facts["items"], str) else facts["items"]
    return {name: wareki(value) if name.endswith("_on") else value for name, value in facts.items()}


def test_the_whole_journey_is_made_with_buttons(cast, press):
    file = making.file(cast)
    assert press(cast.clerk, "new", file.pk, act="take_out", token="t").status_code == 302
    request = HandlingRequest.objects.get()
    answer = press(cast.clerk, "edit", request.pk, **typed(request), stamp=0, submit="1")
    assert answer.status_code == 302
    journey = [
        ("manager", "ask-back", {"note": "何人分ですか。"}, "asked"),
        ("clerk", "submit", {}, "submitted"),
        ("manager", "allow", {"note": "袋に入れること。"}, "allowed"),
        ("clerk", "done", {"done_on": wareki(making.days(0)), "note": ""}, "done"),
        ("clerk", "returned", {**making.RETURN, "returned_on": wareki(making.days(0))}, "returned"),
        ("manager", "close", {"reason": ""}, "closed"),
    ]
    for who, name, data, status in journey:
        assert press(cast.people[who], name, request.pk, **data).status_code == 302, name
        request.refresh_from_db()
        assert request.status == status


@pytest.mark.parametrize("act", Act.values)
def test_the_form_shows_only_what_the_act_needs_and_asks_for_no_names(cast, read, act):
    request = making.draft(cast, act)
    html = read(cast.clerk, "edit", request.pk).content.decode()
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', html.split("<main")[1]))
    assert names - {"csrfmiddlewaretoken", "stamp", "next"} == set(SAYS[Act(act)].fields) - {"standing"}
    assert "区民などの氏名や番号は書かないでください" in html


def test_a_standing_permission_is_offered_where_there_is_one(cast, read):
    making.standing_allowed(cast)
    assert 'name="standing"' in read(cast.clerk, "edit", making.draft(cast, "copy").pk).content.decode()


def test_whoever_may_use_a_standing_permission_is_led_on_from_its_page(cast, read):
    permission, begin = making.standing_asked(cast), reverse("handling:new", args=[making.file(cast).pk])
    asked = read(cast.manager, "standing", permission.pk).content.decode()
    assert "確認を求めるとき" not in asked, "nobody asks back here"
    assert begin not in read(cast.second_clerk, "standing", permission.pk).content.decode()
    standing.allow(permission.pk, conditions="", actor=cast.manager)
    assert begin in read(cast.second_clerk, "standing", permission.pk).content.decode()
    assert begin not in read(cast.chief, "standing", permission.pk).content.decode()
    standing.end(permission.pk, reason="済んだため", actor=cast.manager)
    assert begin not in read(cast.second_clerk, "standing", permission.pk).content.decode()


def test_a_draft_is_kept_unfinished_and_says_what_is_missing_when_submitted(cast, press):
    making.file(cast)
    request = making.draft(cast)
    sent = {**typed(request, place=""), "stamp": request.stamp}
    assert press(cast.clerk, "edit", request.pk, **sent, save="1").status_code == 302
    request.refresh_from_db()
    assert request.place == ""
    answer = press(cast.clerk, "edit", request.pk, **{**sent, "stamp": request.stamp, "reason": "別の理由"}, submit="1")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "場所を書いてください。" in html
    assert "別の理由" in html
    request.refresh_from_db()
    assert (request.status, request.reason) == ("draft", "別の理由")


@pytest.mark.parametrize("day", ["令和99年4月1日", "令和8年2月30日", "あした"])
def test_an_impossible_day_is_said_at_the_field_and_kept(cast, press, day):
    request = making.draft(cast)
    answer = press(cast.clerk, "edit", request.pk, **typed(request) | {"ends_on": day}, stamp=request.stamp, save="1")
    assert answer.status_code == 422
    assert day in answer.content.decode()


def test_a_form_somebody_overtook_is_kept_beside_what_stands_now_and_may_be_sent_again(cast, press):
    request = making.draft(cast)
    sent = typed(request, place="大泉")
    answer = press(cast.clerk, "edit", request.pk, **sent, stamp=request.stamp - 1, save="1")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "大泉" in html
    assert "石神井庁舎" in html
    assert "画面に残っています" in html
    stamp = re.search(r'name="stamp" value="(\d+)"', html)[1]
    assert press(cast.clerk, "edit", request.pk, **sent, stamp=stamp, save="1").status_code == 302
    request.refresh_from_db()
    assert request.place == "大泉"


def test_one_page_sent_twice_begins_one_record(cast, press):
    file = making.file(cast)
    one = press(cast.clerk, "new", file.pk, act="copy", token="same")
    two = press(cast.clerk, "new", file.pk, act="copy", token="same")
    assert one["Location"] == two["Location"]
    assert HandlingRequest.objects.count() == 1
    scope = {**making.scope(), "items": ["氏名"], "token": "page"}
    scope |= {name: wareki(scope[name]) for name in ("valid_from", "valid_to")}
    for _ in range(2):
        assert press(cast.clerk, "standing-new", file.pk, **scope).status_code == 302
    assert StandingPermission.objects.count() == 1
    found = {**making.FOUND, "items": ["住所"], "found_on": wareki(making.days(0)), "token": "found"}
    for _ in range(2):
        assert press(cast.clerk, "correction-new", file.pk, **found).status_code == 302
    assert Correction.objects.count() == 1


def test_refusing_without_a_word_keeps_the_page_and_writes_nothing(cast, press):
    request = making.submitted(cast)
    before = everything()
    for name in ("refuse", "ask-back"):
        answer = press(cast.manager, name, request.pk, note=" ")
        assert answer.status_code == 422
        assert "書いてください" in answer.content.decode()
    assert everything() == before


def test_a_double_click_does_it_once_and_frightens_nobody(cast, press):
    request = making.submitted(cast)
    press(cast.manager, "allow", request.pk, note="")
    before = everything()
    assert press(cast.manager, "allow", request.pk, note="").status_code == 302
    assert everything() == before


def test_who_comes_second_reads_why_and_keeps_what_was_typed(cast, press):
    request = making.submitted(cast)
    press(cast.clerk, "withdraw", request.pk, reason="やめた。")
    before = everything()
    answer = press(cast.manager, "allow", request.pk, note="袋に入れること。")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "取下げ" in html
    assert "袋に入れること。" in html
    assert everything() == before


def test_a_right_that_ended_between_page_and_click_decides_nothing(cast, read, press):
    request = making.submitted(cast)
    assert "許可する</button>" in read(cast.manager, "detail", request.pk).content.decode()
    Appointment.objects.filter(person=cast.manager).update(valid_to=making.days(-1))
    before = everything()
    assert press(cast.manager, "allow", request.pk, note="").status_code == 404
    assert everything() == before


def test_an_applicant_who_left_between_page_and_click_asks_for_nothing(cast, press):
    request = making.draft(cast)
    cast.clerk.postings.update(valid_to=making.days(-1))
    before = everything()
    assert press(cast.clerk, "submit", request.pk).status_code == 403
    assert everything() == before


def test_a_sending_offers_no_button_for_done_before_the_check(cast, read, press):
    request = making.allowed(cast, "send")
    html = read(cast.clerk, "detail", request.pk).content.decode()
    assert "送る前の確認をする" in html
    assert "実施を記録する</button>" not in html
    assert press(cast.clerk, "done", request.pk, done_on=wareki(making.days(0))).status_code == 422
    check = making.filled(cast, request)
    html = read(cast.clerk, "detail", request.pk).content.decode()
    assert f"いまは 二人目の確認　{cast.second_clerk.name} の番です" in html
    press(cast.second_clerk, "check-confirm", check.pk, ticked=making.points(check))
    assert "実施を記録する</button>" in read(cast.clerk, "detail", request.pk).content.decode()


def test_a_checklist_that_is_not_ticked_through_is_shown_again_as_ticked(cast, press):
    request = making.allowed(cast, "send")
    points = making.points(request)
    answer = press(cast.clerk, "fill-check", request.pk, ticked=points[:2], asked_of=cast.second_clerk.pk)
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 2
    alone = press(cast.clerk, "fill-check", request.pk, ticked=points[:2], asked_of="")
    assert set(alone.context["form"].errors) == {"ticked", "asked_of"}, "all that lacks is said at once"
    assert not SendingCheck.objects.exists()


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
def test_what_ended_before_it_began_has_no_day_to_be_brought_back(cast, read, end):
    request = making.submitted(cast)
    due = f"期限 {short(request.return_due_on)}"
    assert due in read(cast.clerk, "detail", request.pk).content.decode()
    if end == "refuse":
        workflow.refuse(request.pk, reason="足りるため", actor=cast.manager)
    else:
        workflow.withdraw(request.pk, actor=cast.clerk)
    assert due not in read(cast.clerk, "detail", request.pk).content.decode()


def test_rules_are_set_from_the_page_and_looser_ones_cannot_be_chosen(cast, press, read):
    assert "決まりを定める</button>" in read(cast.manager, "unit-rules", cast.tax.pk).content.decode()
    assert "決まりを定める</button>" not in read(cast.clerk, "unit-rules", cast.tax.pk).content.decode()
    form = read(cast.manager, "unit-rules", cast.tax.pk).context["form"]
    data = {name: field.initial for name, field in form.fields.items() if "-" in name}
    data |= {"valid_from": wareki(making.days(0)), "reason": "課税の記録のため", "seen": "", "3b-copy": "each"}
    assert press(cast.manager, "set-rules", cast.tax.pk, **data | {"3b-send": "note"}).status_code == 422
    assert press(cast.manager, "set-rules", cast.tax.pk, **data).status_code == 302
    assert "区の最低限：包括許可でよい" in read(cast.clerk, "unit-rules", cast.tax.pk).content.decode()
    assert press(cast.manager, "set-rules", cast.tax.pk, **data).status_code == 409
    assert "複製はその都度の許可が要る" in read(cast.clerk, "unit-rules", cast.tax.pk).content.decode(), "what was set"


def test_the_page_of_a_file_offers_it_to_those_who_work_with_it(cast, client):
    file = making.file(cast)
    for who, offered in [("clerk", True), ("manager", True), ("department_manager", False), ("chief", False)]:
        client.force_login(cast.people[who])
        html = client.get(file.get_absolute_url()).content.decode()
        assert (reverse("handling:new", args=[file.pk]) in html) is offered, who


def test_the_vacant_seat_is_said_on_the_page(cast, read):
    request = making.submitted(cast)
    Appointment.objects.filter(seat=Seat.PROTECTION_MANAGER, unit=cast.tax).update(valid_to=making.days(-1))
    html = read(cast.clerk, "detail", request.pk).content.decode()
    assert "税務課の保護責任者が空席のため" in html
    assert "区民部　保護管理責任者" in html


def test_what_was_asked_back_is_said_where_it_is_answered(cast, read):
    html = read(cast.clerk, "detail", making.asked(cast).pk).content.decode()
    assert "「何人分ですか。」と確認を求められています" in html


def test_a_person_hired_through_an_agency_is_shown_no_link_to_pages_that_person_may_not_see(cast, read, client):
    from datetime import timedelta

    from django.utils import timezone

    from files_registry.access.granting import open_right
    from files_registry.catalogue.rights import Right

    file = making.file(cast)
    period = {"begins_at": timezone.now(), "ends_at": timezone.now() + timedelta(days=9)}
    open_right(
        file,
        cast.dispatched,
        unit=cast.tax,
        rights=[Right.OPEN],
        purpose="入力",
        **period,
        actor=cast.manager,
        post=None,
    )
    request = making.submitted(cast, who="dispatched")
    html = read(cast.dispatched, "detail", request.pk).content.decode()
    assert file.get_absolute_url() not in html
    assert read(cast.dispatched, "list", query="?tab=open").context["page"].paginator.count == 1
