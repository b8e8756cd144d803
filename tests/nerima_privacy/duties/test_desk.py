"""The desk says what waits for a person in the post chosen, what is late, and who has what was sent."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from nerima_privacy.duties.desk import WorkItem, desk_of, register_work
from nerima_privacy.duties.registry import Finding
from roles.holdings import holdings_of
from roles.models import Appointment, Posting
from roles.seats import Seat
from tests.nerima_privacy.duties.ward_of_duties import ON, declare, finding

pytestmark = [pytest.mark.article("5-3"), pytest.mark.usefixtures("no_duties", "no_work")]


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        yield


def item(title, due_on=None, *, kind="turn", post=None, now_with="", since=date(2026, 11, 16), url=""):
    return WorkItem(title, url or f"/{title}/", "届出の確認", "10-1", due_on, since, kind, now_with, post and post.pk)


def desk(person):
    holdings = holdings_of(person)
    return desk_of(person, holdings, next(iter(holdings.appointments), None), ON)


def page(client, person):
    client.force_login(person)
    return client.get(reverse("desk")).content.decode()


def test_late_comes_first_and_each_line_says_how_long_is_left(client, cast):
    days = {"あとで": date(2026, 12, 15), "きのう": date(2026, 11, 22), "本日": ON, "近日": date(2026, 11, 27)}
    register_work(lambda person, holdings, on: [item(title, due) for title, due in days.items()])
    shown = page(client, cast.manager)
    places = [shown.index(words) for words in ("2日おくれ", "きょうまで", "あと3日", "12月15日")]
    assert places == sorted(places)
    assert "第10条第1項" in shown


def test_the_heading_and_the_lead_say_the_day_the_post_and_how_much_waits(client, cast):
    register_work(lambda person, holdings, on: [item(str(n)) for n in range(5)])
    shown = page(client, cast.manager)
    assert "令和8年11月24日（火）　わたしの机" in shown
    assert "税務課の保護責任者として、あなたの番のものが5件あります。" in shown


def test_what_was_sent_shows_who_has_it_and_for_how_many_open_days(client, cast):
    register_work(lambda person, holdings, on: [item("軽自動車税", kind="sent", now_with="情報公開課で検討中")])
    shown = page(client, cast.manager)
    assert "情報公開課で検討中" in shown
    assert "11月16日（5開庁日）" in shown


def test_a_finding_of_the_own_seat_waits_on_the_desk_and_others_do_not(cast):
    declare("filing.filed", [finding(cast.tax, subject="課税台帳"), finding(cast.collection, subject="収納台帳")])
    declare("filing.asked", [finding(cast.tax, subject="照会", key="2")], seat=Seat.PROTECTION_OFFICER)
    assert [i.title for i in desk(cast.manager).turn] == ["課税台帳　保有の届出"]
    assert [i.title for i in desk(cast.officer).turn] == ["照会　保有の届出"]


def test_what_an_area_already_shows_is_not_shown_twice(cast):
    declare("filing.filed", [finding(cast.tax)])
    register_work(lambda person, holdings, on: [item("課税台帳", url="/files/1/")])
    assert [i.title for i in desk(cast.manager).turn] == ["課税台帳"]


@pytest.mark.article("4-3")
def test_what_a_vacant_seat_leaves_waits_with_the_department_manager(cast):
    declare("filing.filed", [finding(cast.tax)])
    assert desk(cast.department_manager).turn == []
    Appointment.objects.filter(person=cast.manager).update(valid_to=date(2026, 11, 23))
    cache.clear()
    assert [i.post_id for i in desk(cast.department_manager).turn] == [
        Appointment.objects.get(person=cast.department_manager).pk
    ]


def test_somebody_with_two_posts_sees_the_chosen_one_and_how_much_waits_in_the_other(client, cast):
    as_department, as_manager = Appointment.objects.filter(person=cast.dual).order_by("pk")
    register_work(lambda p, h, on: [item("部として", post=as_department), item("課として", post=as_manager)])
    shown = page(client, cast.dual)
    assert "部として" in shown
    assert "課として" not in shown
    assert "会計管理室　保護責任者としては、1件があなたの番です。" in shown


def test_the_meters_show_the_units_of_the_post(client, cast):
    declare("filing.filed", [finding(cast.tax)], subjects={cast.tax.pk: 31, cast.collection.pk: 9})
    shown = page(client, cast.manager)
    assert "税務課のいま" in shown
    assert "届出（第10条）" in shown
    assert "31件中 1件おくれ" in shown
    assert "40件中 1件おくれ" in page(client, cast.department_manager)


def test_many_findings_of_one_duty_are_one_line(client, cast):
    declare(
        "filing.filed",
        [Finding(f"六冊{n}", f"/files/{n}/", cast.tax.pk, ON, ON, "届け出ると消えます。") for n in range(6)],
    )
    (line,) = desk(cast.manager).turn
    assert line.title == "保有の届出　6件"
    client.force_login(cast.manager)
    assert client.get(line.url).content.decode().count("六冊") == 6


def test_what_waits_for_another_seat_is_not_the_turn_of_the_duty_seat(cast):
    late = Finding(
        "届出", "/filings/1/", cast.tax.pk, ON, ON, "結果の通知を待っています。", seat=Seat.DISCLOSURE_MANAGER
    )
    declare("filing.filed", [late])
    assert desk(cast.manager).turn == []
    assert [len(s.findings) for s in desk(cast.manager).standings] == [1]


def test_a_ward_wide_seat_is_asked_only_its_own_duties(cast):
    asked = []
    declare("filing.filed", [finding(cast.tax)])
    declare("filing.decided", asked, seat=Seat.DISCLOSURE_MANAGER, article="10-2")
    assert {s.duty.id for s in desk(cast.disclosure_staff).standings} == set()
    assert {s.duty.id for s in desk(cast.disclosure_manager).standings} == {"filing.decided"}


def test_without_a_post_the_desk_says_what_is_open_and_whom_to_ask(client, cast):
    shown = page(client, cast.clerk)
    assert "保護責任者などの役割についていません" in shown
    assert f"税務課　保護責任者の{cast.manager.name}さん" in shown
    assert "状況" not in shown.split("<main")[1]


def test_without_a_posting_it_says_so(client, cast):
    Posting.objects.filter(person=cast.clerk).delete()
    assert "所属が登録されていません" in page(client, cast.clerk)


@pytest.mark.parametrize("who", ["chief", "audit_officer", "administrator", "superuser", "dispatched", "outsider"])
def test_everybody_who_can_log_in_has_a_desk(client, cast, who):
    client.force_login(cast.people[who])
    assert client.get(reverse("desk")).status_code == 200


def test_once_the_duties_are_known_the_desk_takes_at_most_twelve_queries(client, cast, django_assert_max_num_queries):
    declare("filing.filed", [finding(cast.accounting, key=str(n)) for n in range(80)])
    client.force_login(cast.dual)
    client.get(reverse("desk"))
    with django_assert_max_num_queries(12):
        client.get(reverse("desk"))
