"""Everybody has an inbox, and sees only the own one. Reading a page never writes."""

import pytest
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice
from nerima_privacy.notices.outbox import queue


@pytest.fixture
def told(cast):
    """One notice for the manager, one for the neighbour."""
    for person in (cast.manager, cast.neighbour):
        queue("test.told", to=[person], subject=person, title=f"{person.staff_number}へのお知らせ", url=reverse("desk"))
    return Notice.objects.get(to=cast.manager)


def test_the_list_shows_the_own_notices_and_marks_nothing_read(client, cast, told):
    client.force_login(cast.manager)
    page = client.get(reverse("inbox:list")).content.decode()
    assert told.title in page
    assert f"{cast.neighbour.staff_number}へのお知らせ" not in page
    assert Notice.objects.filter(read_at=None).count() == 2


def test_unread_stand_first_and_can_be_picked_out(client, cast, told):
    queue("test.told", to=[cast.manager], subject=cast.manager, title="読んだもの", url="/")
    client.force_login(cast.manager)
    client.post(reverse("inbox:open", args=[Notice.objects.get(title="読んだもの").pk]))
    page = client.get(reverse("inbox:list")).content.decode()
    assert page.index(told.title) < page.index("読んだもの")
    assert "読んだもの" not in client.get(reverse("inbox:list"), {"unread": "1"}).content.decode()


def test_opening_marks_as_read_and_leads_to_the_page(client, cast, told):
    client.force_login(cast.manager)
    response = client.post(reverse("inbox:open", args=[told.pk]))
    assert response.url == reverse("desk")
    told.refresh_from_db()
    first = told.read_at
    client.post(reverse("inbox:open", args=[told.pk]))
    told.refresh_from_db()
    assert told.read_at == first, "the first reading counts"
    assert not Entry.objects.exists()


def test_a_get_never_opens(client, cast, told):
    client.force_login(cast.manager)
    assert client.get(reverse("inbox:open", args=[told.pk])).status_code == 405
    assert client.get(reverse("inbox:read-all")).status_code == 405
    assert Notice.objects.filter(read_at=None).count() == 2


def test_an_address_outside_is_not_followed(client, cast, told):
    Notice.objects.filter(pk=told.pk).update(url="https://example.com/")
    client.force_login(cast.manager)
    assert client.post(reverse("inbox:open", args=[told.pk])).url == reverse("inbox:list")


@pytest.mark.parametrize("who", ["neighbour", "chief", "superuser", "administrator", "outsider"])
def test_somebody_elses_notice_does_not_exist(client, cast, told, who):
    client.force_login(cast.people[who])
    assert client.post(reverse("inbox:open", args=[told.pk])).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_all_own_notices_are_marked_read_at_once(client, cast, told):
    client.force_login(cast.manager)
    client.post(reverse("inbox:read-all"))
    assert [n.to for n in Notice.objects.filter(read_at=None)] == [cast.neighbour]


def test_fifty_notices_a_page_in_a_fixed_number_of_queries(client, cast, django_assert_max_num_queries):
    for number in range(60):
        queue("test.told", to=[cast.manager], subject=cast.manager, title=f"{number}番目", url="/")
    client.force_login(cast.manager)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("inbox:list"))
    assert page.content.decode().count("番目") == 50
    assert client.get(reverse("inbox:list"), {"page": "2"}).content.decode().count("番目") == 10


def test_a_notice_on_the_desk_is_opened_from_there_and_leaves_it(client, cast, told):
    Notice.objects.filter(pk=told.pk).update(url=reverse("units:me"))
    client.force_login(cast.manager)
    desk = client.get(reverse("desk")).content.decode()
    opening = reverse("inbox:open", args=[told.pk])
    assert f'action="{opening}"' in desk
    assert told.title in desk
    assert client.post(opening).url == reverse("units:me")
    assert told.title not in client.get(reverse("desk")).content.decode()
