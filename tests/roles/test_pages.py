"""The pages of the organisation: who sees what, on which day, and the appointment of 監査責任者 in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices.models import Notice
from roles.models import Appointment, Posting
from roles.seats import Seat


@pytest.fixture
def see(client, cast):
    def get(person, name, *args, **query):
        client.force_login(cast.people[person], backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse(f"units:{name}", args=args), query)

    return get


def test_the_organisation_names_who_holds_each_seat_and_who_acts(see, cast):
    text = see("clerk", "list").content.decode()
    assert cast.manager.name in text
    assert "職務代理" in text
    assert "欠員" in text  # 福祉部 has no 保護管理責任者 in the cast


def test_the_organisation_of_a_past_day_shows_what_stood_then(see, cast):
    assert cast.closed_school.name not in see("clerk", "list").content.decode()
    text = see("clerk", "list", on="令和７年４月１日").content.decode()
    assert cast.closed_school.name in text
    assert "令和7年4月1日" in text


def test_ended_units_are_listed_by_themselves(see, cast):
    text = see("clerk", "list", past="on").content.decode()
    assert cast.closed_school.name in text
    assert "税務課" not in text


@pytest.mark.parametrize(
    ("typed", "found"), [("税務", True), ("0310", True), ("区民部 manager", True), ("水道", False)]
)
def test_the_search_finds_by_name_code_and_holder(see, typed, found):
    text = see("clerk", "list", q=typed).content.decode()
    assert (">税務課</a>" in text) is found


def test_a_date_that_cannot_be_says_so_and_keeps_what_was_typed(see):
    response = see("clerk", "list", on="令和99年1月1日")
    text = response.content.decode()
    assert "令和99年" in text
    assert "先の年すぎます" in text


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("manager", True),
        ("officer", True),
        ("department_manager", True),
        ("chief", True),
        ("administrator", True),
        ("clerk", False),
        ("neighbour", False),
        ("disclosure_manager", False),
        ("superuser", False),
        ("outsider", False),
    ],
)
def test_who_works_in_a_unit_is_shown_to_those_who_answer_for_it(see, cast, person, sees):
    text = see(person, "detail", "0310").content.decode()
    assert (cast.second_clerk.name in text) is sees
    assert cast.manager.name in text


@pytest.mark.parametrize(
    ("name", "args"), [("list", []), ("detail", ["0310"]), ("history", ["0310"]), ("me", []), ("audit-officers", [])]
)
def test_a_page_stays_within_its_queries(see, client, name, args, django_assert_max_num_queries):
    see("manager", name, *args)
    with django_assert_max_num_queries(12):
        client.get(reverse(f"units:{name}", args=args))


def test_an_unknown_unit_is_not_found(see):
    assert see("clerk", "detail", "nothing").status_code == 404
    assert see("clerk", "history", "nothing").status_code == 404


def test_the_successor_and_the_predecessor_name_each_other(see, cast):
    assert cast.other_school.name in see("clerk", "detail", "9003").content.decode()
    assert cast.closed_school.name in see("clerk", "detail", "9002").content.decode()


def test_the_history_of_a_unit_says_who_and_why(see, cast):
    cast.tax._history_user, cast.tax._change_reason = cast.administrator, "住所の訂正"
    cast.tax.address = "練馬区豊玉北9-9-9"
    cast.tax.save()
    text = see("clerk", "history", "0310").content.decode()
    assert "住所の訂正" in text


def test_my_seats_say_what_they_allow_and_by_which_article(see):
    text = see("two_seats", "me").content.decode()
    assert "人事戦略担当部" in text
    assert "事務取扱" in text
    assert "第4条第1項" in text
    assert "いま就いている役割はありません" in see("clerk", "me").content.decode()
    assert "教職員" in see("teacher", "me").content.decode()


def test_from_when_an_appointment_is_shown_as_ending_is_a_legal_value(see, cast, client):
    last = today() + timedelta(days=40)
    Appointment.objects.filter(person=cast.manager).update(valid_to=last)
    assert "まもなく終わり" not in see("manager", "me").content.decode()
    LegalParameter.objects.filter(key="seats.ending_days").update(value=40)
    assert "まもなく終わり" in see("manager", "me").content.decode()


@pytest.fixture
def candidate(cast):
    Posting.objects.filter(person=cast.neighbour).update(title="課長")
    return cast.neighbour


def post(client, person, name, data, *args):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(reverse(f"units:{name}", args=args), data)


@pytest.mark.article("7-2")
def test_the_general_manager_appoints_an_audit_officer_on_the_page(client, cast, candidate, see):
    assert candidate.name in see("chief", "appoint-audit-officer", q="収納").content.decode()
    assert candidate.name not in see("chief", "appoint-audit-officer", q="情報公開課").content.decode()
    data = {"person_id": candidate.pk, "reason": "公平に監査できる。", "valid_from": "令和8年11月1日"}
    assert post(client, cast.chief, "appoint-audit-officer", data).status_code == 302
    assert Appointment.objects.filter(seat=Seat.AUDIT_OFFICER, person=candidate).exists()
    assert candidate.name in see("clerk", "audit-officers").content.decode()


@pytest.mark.article("7-2")
def test_a_form_with_a_gap_says_where_and_keeps_what_was_typed(client, cast, candidate):
    data = {"person_id": candidate.pk, "reason": "", "valid_from": "令和8年13月1日", "order_document": "8総第1号"}
    response = post(client, cast.chief, "appoint-audit-officer", data)
    text = response.content.decode()
    assert response.status_code == 422
    assert "8総第1号" in text
    assert "令和8年13月1日" in text
    assert f'value="{candidate.pk}" ' in text
    assert "checked" in text
    assert not Entry.objects.exists()


@pytest.mark.article("7-2")
def test_everybody_else_is_refused_and_nothing_is_written(client, cast, candidate):
    officer = Appointment.objects.get(seat=Seat.AUDIT_OFFICER)
    data = {"person_id": candidate.pk, "reason": "x", "valid_from": "令和8年11月1日", "last_day": "令和8年11月1日"}
    for name, person in cast.people.items():
        if name == "chief" or not person.is_active:
            continue
        assert post(client, person, "appoint-audit-officer", data).status_code == 403, name
        assert post(client, person, "end-audit-officer", data, officer.pk).status_code == 403, name
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()
    assert Appointment.objects.filter(seat=Seat.AUDIT_OFFICER).count() == 1


@pytest.mark.article("7-2")
def test_the_general_manager_ends_the_appointment_of_an_audit_officer(client, cast):
    officer = Appointment.objects.get(seat=Seat.AUDIT_OFFICER)
    data = {"last_day": today().isoformat(), "reason": "異動のため"}
    assert post(client, cast.chief, "end-audit-officer", data, officer.pk).status_code == 302
    officer.refresh_from_db()
    assert officer.valid_to == today()


def test_a_visitor_is_led_to_the_login(client, cast):
    for name, args in (("list", []), ("detail", ["0310"]), ("me", []), ("audit-officers", [])):
        response = client.get(reverse(f"units:{name}", args=args))
        assert response.status_code == 302
        assert "login" in response.url
