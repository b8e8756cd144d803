"""Pickers: what is suggested to whom, and what a form understands of what was typed."""

import time

import pytest
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.web import idle, keeping
from roles.models import Appointment, Person, Posting, Unit

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def browse(client, cast):
    def as_person(name):
        client.force_login(cast.people[name], backend=BACKEND)
        return client

    return as_person


@pytest.fixture
def hanako(cast):
    """A person with a name written with a blank, and in katakana."""
    person = Person.objects.create(staff_number="H001", name="石神井　花子", kana="シャクジイ　ハナコ")
    Posting.objects.create(person=person, unit=cast.tax, title="課長", valid_from=today())
    return person


def units(client, q, **more):
    return client.get(reverse("pick-unit"), {"q": q, **more}).json()


def people(client, q):
    return client.post(reverse("pick-person"), {"q": q}).json()["rows"]


@pytest.mark.parametrize("typed", ["税務", "0310", "０３１０", "区民部 税", "区民部税務課", "03"])
def test_a_unit_is_suggested_by_name_by_code_and_by_its_department(browse, typed):
    assert "0310　区民部 税務課" in [row["value"] for row in units(browse("clerk"), typed)["rows"]]


def test_the_unit_named_exactly_comes_first_and_those_that_begin_so_before_the_rest(browse, cast):
    Unit.objects.create(code="0001", name="市税務課", organ=cast.mayor, is_section=True, valid_from=today())
    Unit.objects.create(code="0002", name="税務課分室", organ=cast.mayor, is_section=True, valid_from=today())
    found = [row["text"] for row in units(browse("clerk"), "税務課")["rows"]]
    assert found == ["区民部 税務課", "税務課分室", "市税務課"]


def test_ended_units_are_suggested_where_files_are_looked_for_and_not_where_people_are_moved_to(browse, cast):
    client = browse("clerk")
    (line,) = units(client, "第八", among="with-files")["rows"]
    assert line["detail"].endswith("廃止")
    assert units(client, "第八", among="living")["rows"] == []
    assert units(client, "区民部", among="with-files")["rows"] != []
    assert cast.citizens.code not in [row["value"][:4] for row in units(client, "区民部", among="with-files")["rows"]]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%", "_", "水道"])
def test_nothing_is_suggested_for_nothing_or_for_marks_of_the_database(browse, typed):
    assert units(browse("clerk"), typed) == {"rows": [], "more": False}


def test_twenty_lines_at_most_in_one_query(browse, cast, django_assert_num_queries):
    client = browse("clerk")
    Unit.objects.bulk_create(
        Unit(code=f"8{n:03}", name=f"第{n}中学校", organ=cast.education, is_school=True, valid_from=today())
        for n in range(30)
    )
    units(client, "中学校")
    with django_assert_num_queries(4) as queries:  # the session, the person, what the person holds, the units
        answer = units(client, "中学校", among="living")
    assert len(answer["rows"]) == 20
    assert answer["more"]
    assert len([q for q in queries.captured_queries if "LIKE" in q["sql"].upper() or "ILIKE" in q["sql"].upper()]) == 1


@pytest.mark.parametrize(
    "typed", ["石神井", "花子 石神井", "石神井花子", "シャクジイ", "しゃくじい", "ｼｬｸｼﾞｲ", "H001", "ｈ００１"]
)
def test_a_person_is_suggested_by_name_kana_or_number_with_the_place_of_work(browse, hanako, typed):
    (line,) = people(browse("administrator"), typed)
    assert line == {"value": "H001　石神井　花子", "text": "石神井　花子", "detail": "H001　区民部 税務課　課長"}


@pytest.mark.parametrize("typed", ["高崎", "髙﨑", "高﨑", "髙崎龍", "高崎竜"])
def test_a_name_in_old_forms_is_found_and_taken_by_either_form(browse, cast, typed):
    Person.objects.create(staff_number="H002", name="髙﨑 龍")
    Person.objects.create(staff_number="H003", name="高畑 竜")
    assert [line["value"] for line in people(browse("administrator"), typed)] == ["H002　髙﨑 龍"]


def test_nobody_who_left_is_suggested(browse, cast):
    assert people(browse("administrator"), cast.former.name) == []
    assert people(browse("administrator"), "SYSTEM") == []


def test_people_are_looked_up_by_those_who_appoint_alone_and_never_in_an_address(browse, cast, client):
    for who, person in cast.people.items():
        if not person.is_active:
            continue
        client.force_login(person, backend=BACKEND)
        answer = client.post(reverse("pick-person"), {"q": "試験"})
        assert answer.status_code == (200 if who in {"administrator", "chief"} else 403), who
    assert browse("administrator").get(reverse("pick-person"), {"q": "試験"}).status_code == 405
    client.logout()
    assert client.post(reverse("pick-person"), {"q": "試験"}).url.startswith(reverse("login"))
    assert client.get(reverse("pick-unit"), {"q": "税務"}).url.startswith(reverse("login"))


def test_a_question_after_the_idle_end_gets_no_answer_and_leaves_the_form_its_end(browse, cast):
    client = browse("administrator")
    page = reverse("units:succeed", args=[Appointment.objects.get(person=cast.manager).pk])
    session = client.session
    session[idle.LAST_SEEN] = int(time.time()) - 3 * 3600
    session.save()
    assert client.post(reverse("pick-person"), {"q": "試験"}).status_code == 401
    client.post(page, {"person": "試験", "reason": "異動"}, headers={"referer": f"http://testserver{page}"})
    assert ["reason", "異動"] in [list(pair) for pair in client.session[keeping.KEY][0]["fields"]]


def transfer(client, cast, unit):
    facts = {"unit": unit, "valid_from": today().isoformat(), "reason": "試験のため"}
    return client.post(reverse("units:transfer", args=[cast.clerk.pk]), facts)


@pytest.mark.parametrize("typed", ["9001", "９００１", "豊玉小学校", "9001　豊玉小学校", "9001 豊玉小学校"])
def test_the_form_takes_a_code_a_whole_name_or_what_the_picker_wrote(browse, cast, typed):
    assert transfer(browse("administrator"), cast, typed).status_code == 302
    assert Posting.objects.filter(person=cast.clerk, unit=cast.school).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("小学校", "「小学校」だけでは決まりません。近いもの：9001　豊玉小学校、9002　田柄小学校。候補から選ぶか"),
        ("豊玉小学枝", "「豊玉小学枝」にあてはまる、いまある組織はありません。近いもの：9001　豊玉小学校。候補から"),
        ("9001 田柄小学校", "「9001 田柄小学校」にあてはまる、いまある組織はありません。"),
        ("9003", "「9003」にあてはまる、いまある組織はありません。"),
        ("水道局", "「水道局」にあてはまる、いまある組織はありません。候補から選ぶか"),
        ("", "異動先を書いてください。"),
    ],
)
def test_what_names_no_unit_is_said_at_the_field_with_what_is_near_and_stays_there(browse, cast, typed, sentence):
    response = transfer(browse("administrator"), cast, typed)
    assert response.status_code == 422
    assert sentence in response.text
    if typed:
        assert f'value="{typed}"' in response.text
    assert not Entry.objects.exists()


def test_a_name_that_two_have_is_not_guessed(browse, cast):
    Unit.objects.create(
        code="0610", name="管理課", organ=cast.mayor, parent=cast.citizens, is_section=True, valid_from=today()
    )
    client = browse("administrator")
    text = transfer(client, cast, "管理課").text
    assert "「管理課」は1つに決まりません。近いもの：0410　福祉部 管理課、0610　区民部 管理課。" in text
    assert not Entry.objects.exists()
    assert transfer(client, cast, "区民部 管理課").status_code == 302


@pytest.mark.parametrize("typed", ["H001", "石神井花子", "石神井 花子", "しゃくじい はなこ", "H001　石神井　花子"])
def test_a_successor_is_named_by_number_name_or_kana(browse, cast, hanako, typed):
    seat = Appointment.objects.get(person=cast.manager)
    facts = {"person": typed, "valid_from": today().isoformat(), "basis": "ex_officio", "reason": "異動"}
    assert browse("administrator").post(reverse("units:succeed", args=[seat.pk]), facts).status_code == 302
    assert Appointment.objects.get(person=hanako).unit == cast.tax


def test_who_was_understood_is_written_out_when_something_else_is_missing(browse, cast, hanako):
    seat = Appointment.objects.get(person=cast.manager)
    page = browse("administrator").post(reverse("units:succeed", args=[seat.pk]), {"person": "ｈ００１"}).text
    assert 'value="H001　石神井　花子"' in page
