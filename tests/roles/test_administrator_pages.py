"""システム管理者 let seats change hands, move people and merge units on pages of the site."""

import pytest
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from roles.holdings import holdings_of
from roles.models import Appointment
from roles.seats import Seat

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def seat(cast):
    return Appointment.objects.get(person=cast.manager)


def urls(cast, seat):
    return {
        "succeed": ([seat.pk], {"person": cast.outsider.staff_number, "valid_from": "today", "basis": "ex_officio"}),
        "appoint-acting": (
            [seat.pk],
            {"person": cast.outsider.staff_number, "valid_from": "today", "valid_to": "R99.1.1"},
        ),
        "end-appointment": ([seat.pk], {"last_day": "today"}),
        "transfer": ([cast.clerk.pk], {"unit": "9001", "title": "主事", "valid_from": "today"}),
        "merge": (["9001"], {"into": "9002", "last_day": "today"}),
    }


def filled(facts, **more):
    said = {key: today().isoformat() if value == "today" else value for key, value in facts.items()}
    return {**said, "reason": "試験のため", **more}


@pytest.mark.parametrize("name", ["succeed", "appoint-acting", "end-appointment", "transfer", "merge"])
def test_nobody_but_an_administrator_opens_or_sends_the_form(client, cast, seat, name):
    args, facts = urls(cast, seat)[name]
    url = reverse(f"units:{name}", args=args)
    for who, person in cast.people.items():
        if who == "administrator" or not person.is_active:
            continue
        client.force_login(person, backend=BACKEND)
        assert client.get(url).status_code == 403, who
        assert client.post(url, filled(facts)).status_code == 403, who
    assert not Entry.objects.exists()


@pytest.mark.parametrize("name", ["succeed", "appoint-acting", "end-appointment", "transfer", "merge"])
def test_a_form_without_its_reason_comes_back_with_what_was_typed(client, cast, seat, name):
    args, facts = urls(cast, seat)[name]
    client.force_login(cast.administrator, backend=BACKEND)
    url = reverse(f"units:{name}", args=args)
    assert client.get(url).status_code == 200
    response = client.post(url, filled(facts, reason=""))
    assert response.status_code == 422
    assert "理由を書いてください" in response.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("succeed", "appointment.made"),
        ("appoint-acting", "appointment.acting_made"),
        ("end-appointment", "appointment.ended"),
        ("transfer", "person.transferred"),
        ("merge", "unit.merged"),
    ],
)
def test_each_form_does_its_verb_once(client, cast, seat, name, verb):
    args, facts = urls(cast, seat)[name]
    client.force_login(cast.administrator, backend=BACKEND)
    said = filled(facts, **({"valid_to": today().isoformat()} if name == "appoint-acting" else {}))
    response = client.post(reverse(f"units:{name}", args=args), said)
    assert response.status_code == 302, response.content.decode()[-3000:]
    entry = Entry.objects.get()
    assert (entry.verb, entry.reason, entry.actor) == (verb, "試験のため", cast.administrator)


def test_a_successor_already_busy_or_unknown_is_told_at_the_field(client, cast, seat):
    client.force_login(cast.administrator, backend=BACKEND)
    url = reverse("units:succeed", args=[seat.pk])
    _, facts = urls(cast, seat)["succeed"]
    text = client.post(url, filled(facts, person="NOBODY")).content.decode()
    assert "「NOBODY」にあてはまる在籍中の人はいません" in text
    assert 'value="NOBODY"' in text
    text = client.post(url, filled(facts, valid_from="令和5年4月1日")).content.decode()
    assert cast.manager.name in text
    assert holdings_of(cast.manager).has(Seat.PROTECTION_MANAGER)


def test_the_page_of_a_unit_leads_administrators_to_the_verbs(client, cast, seat):
    client.force_login(cast.administrator, backend=BACKEND)
    text = client.get(reverse("units:detail", args=["0310"])).content.decode()
    for name in ("succeed", "appoint-acting", "end-appointment"):
        assert reverse(f"units:{name}", args=[seat.pk]) in text
    client.force_login(cast.manager, backend=BACKEND)
    assert "/succeed/" not in client.get(reverse("units:detail", args=["0310"])).content.decode()
