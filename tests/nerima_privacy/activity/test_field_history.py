"""The field history reads as plain Japanese, in a fixed number of queries, and in the administration pages."""

from datetime import date

import pytest
from django.urls import reverse

from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.models import Entry
from nerima_privacy.activity.presenters import history
from roles.models import Unit
from roles.seats import Seat

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.nerima_privacy.activity.admin_urls")]


@pytest.fixture
def unit(cast):
    made = Unit(code="0330", name="戸籍住民課", organ=cast.mayor, parent=cast.citizens, valid_from=date(2026, 4, 1))
    attribute(made, actor=cast.administrator, reason="新設").save()
    return made


def _changes(item):
    return {change.label: (change.before, change.after) for change in item.changes}


def test_each_version_says_who_when_why_and_what_from_what_to_what(cast, unit):
    unit.is_section, unit.parent, unit.valid_to = True, cast.welfare, date(2027, 3, 31)
    attribute(unit, actor=cast.chief, reason="組織改正").save()
    newest, first = history(unit).items
    assert (newest.who, newest.what, newest.reason) == (cast.chief.name, "変更しました", "組織改正")
    assert _changes(newest) == {
        "課": ("いいえ", "はい"),
        "上位の部": ("区民部", "福祉部"),
        "廃止日（この日まで）": ("（空）", "令和9年3月31日"),
    }
    assert first.what == "登録しました"
    assert _changes(first)["設置日"] == ("", "令和8年4月1日")


def test_choices_and_sets_are_shown_by_name(cast, unit):
    attribute(unit, actor=cast.chief, reason="統合").successors.add(cast.tax, cast.collection)
    assert _changes(history(unit).items[0]) == {"後継の組織": ("（空）", "収納課、税務課")}
    cast.clerk.engagement = "dispatched"
    cast.clerk.save()
    cast.clerk.engagement = "contractor"
    cast.clerk.save()
    assert _changes(history(cast.clerk).items[0]) == {"区分": ("派遣", "委託先")}


def test_a_row_written_before_history_began_shows_no_invented_difference(cast):
    cast.tax.save()
    assert history(cast.tax).items[0].changes == []


def test_a_page_of_history_is_two_queries_however_long_it_is(cast, unit, django_assert_num_queries):
    for number in range(25):
        unit.address = f"練馬区{number}"
        attribute(unit, actor=cast.chief, reason=str(number)).save()
    with django_assert_num_queries(2):
        page = history(unit)
    assert len(page.items) == 20
    assert page.has_next
    assert [item.reason for item in history(unit, page=2).items] == ["4", "3", "2", "1", "0", "新設"]
    assert _changes(page.items[-1]) == {"所在地": ("練馬区4", "練馬区5")}


def _post(client, unit, **changed):
    data = {
        "code": unit.code,
        "name": unit.name,
        "organ": unit.organ_id,
        "valid_from": "2026-04-01",
        "address": unit.address,
        **changed,
    }
    return client.post(reverse("trial:roles_unit_change", args=[unit.pk]), data)


def test_a_change_in_the_administration_needs_its_reason(cast, unit, client):
    client.force_login(cast.superuser)
    response = _post(client, unit, address="練馬区豊玉")
    assert response.status_code == 200
    assert "変更の理由を書いてください。" in response.content.decode()
    assert not Entry.objects.exists()


def test_a_change_in_the_administration_leaves_one_entry_and_its_reason(cast, unit, client):
    client.force_login(cast.superuser)
    assert _post(client, unit, address="練馬区豊玉", change_reason="移転").status_code == 302
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == ("admin.changed", cast.superuser, "移転")
    assert entry.changed == ["address"]
    assert history(unit).items[0].reason == "移転"
    assert history(unit).items[0].who == cast.superuser.name


def test_a_set_changed_in_the_administration_keeps_the_reason(cast, unit, client):
    client.force_login(cast.superuser)
    _post(client, unit, successors=[cast.tax.pk], change_reason="統合")
    assert [item.reason for item in history(unit).items[:2]] == ["統合", "統合"]
    assert Entry.objects.count() == 1


def test_a_registration_in_the_administration_leaves_one_entry(cast, unit, client):
    client.force_login(cast.superuser)
    unit.code, unit.name = "0340", "新課"
    data = {"code": "0340", "name": "新課", "organ": unit.organ_id, "valid_from": "2026-04-01"}
    assert client.post(reverse("trial:roles_unit_add"), data).status_code == 302
    assert Entry.objects.get().verb == "admin.added"


def test_nothing_is_deleted_in_the_administration(cast, unit, client):
    client.force_login(cast.superuser)
    assert client.post(reverse("trial:roles_unit_delete", args=[unit.pk]), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [unit.pk], "post": "yes"}
    client.post(reverse("trial:roles_unit_changelist"), action)
    assert Unit.objects.filter(pk=unit.pk).exists()
    assert not Entry.objects.exists()


def test_the_administration_shows_the_history_in_japanese(cast, unit, client):
    client.force_login(cast.superuser)
    _post(client, unit, address="練馬区豊玉", change_reason="移転")
    shown = client.get(reverse("trial:roles_unit_history", args=[unit.pk])).content.decode()
    for words in ("変更の履歴", "理由　移転", "所在地", "練馬区豊玉", "登録しました", cast.superuser.name):
        assert words in shown
    assert Seat.PROTECTION_MANAGER not in shown
