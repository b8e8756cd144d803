"""Choosing a post opens nothing; the page of accidents names whom to tell at once (第22条第1項)."""

from datetime import date

import pytest
from django.test import Client

from roles.models import Appointment, Posting
from roles.seats import Seat


def browse(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_person_of_two_seats_chooses_in_which_to_act(cast):
    client = browse(cast.disclosure_manager)
    second = Appointment.objects.get(person=cast.disclosure_manager, seat=Seat.PROTECTION_MANAGER)
    answer = client.post("/post/", {"post": second.pk, "next": "/accident/"})
    assert answer.url == "/accident/"
    assert '<span class="post-now">情報公開課　保護責任者' in client.get("/accident/").text


def test_nobody_acts_in_the_seat_of_another(cast):
    client = browse(cast.clerk)
    other = Appointment.objects.get(person=cast.manager)
    for post in (other.pk, "", "x", 10**20):
        assert client.post("/post/", {"post": post}).status_code == 404
    assert "chosen_post" not in client.session


def test_choosing_a_post_never_leads_to_another_site(cast):
    client = browse(cast.manager)
    own = Appointment.objects.get(person=cast.manager)
    assert client.post("/post/", {"post": own.pk, "next": "https://evil.example/"}).url == "/"
    assert client.get("/post/").status_code == 405


@pytest.mark.article("22-1")
def test_the_manager_of_ones_own_unit_and_the_disclosure_manager_are_named(cast):
    page = browse(cast.clerk).get("/accident/").text
    assert "区民部 税務課　保護責任者" in page
    assert cast.manager.name in page
    assert cast.disclosure_manager.name in page
    assert "この画面から報告を送ることは、まだできません" in page


@pytest.mark.article("22-1")
def test_the_manager_of_another_unit_is_found_by_a_part_of_its_name(cast):
    client = browse(cast.teacher)
    assert '?unit=0320"' in client.get("/accident/?unit_q=収納").text
    page = client.get("/accident/?unit=0320").text
    assert cast.neighbour.name in page
    assert cast.principal.name not in page


@pytest.mark.article("22-1")
def test_for_a_closed_school_the_one_that_took_it_over_is_named(cast):
    assert cast.other_principal.name in browse(cast.clerk).get("/accident/?unit=9003").text


@pytest.mark.article("22-1")
def test_a_vacant_seat_is_said_and_leads_to_the_disclosure_section(cast):
    Appointment.objects.filter(person=cast.manager).update(valid_to=date(2023, 4, 2))
    page = browse(cast.clerk).get("/accident/").text
    assert "いま保護責任者がいません。つぎの情報公開課に直ちに伝えてください。" in page


@pytest.mark.article("22-2")
def test_each_class_of_person_is_told_its_own_rules(cast):
    assert "練馬区情報セキュリティ事故等管理要領" in browse(cast.clerk).get("/accident/").text
    assert "練馬区学校情報セキュリティ事故等管理要領" in browse(cast.teacher).get("/accident/").text


def test_a_person_of_no_unit_and_an_unknown_unit_get_the_search(cast):
    assert "所属の課・学校が登録されていません" in browse(cast.outsider).get("/accident/").text
    assert "その課・学校は見つかりません" in browse(cast.clerk).get("/accident/?unit=nowhere").text
    assert "見つかりません" in browse(cast.clerk).get("/accident/?unit_q=どこにもない").text


def test_the_page_takes_twelve_queries_at_most(cast, django_assert_max_num_queries):
    client = browse(cast.clerk)
    assert Posting.objects.filter(person=cast.clerk).exists()
    client.get("/accident/")  # notes the moment of the last request, once a minute
    with django_assert_max_num_queries(12):
        client.get("/accident/?unit=9003&unit_q=管理")
