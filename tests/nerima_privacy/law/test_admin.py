from datetime import date

import pytest
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.law.parameters import parameter

pytestmark = pytest.mark.django_db
LIST = reverse("admin:law_legalparameter_changelist")
ADD = reverse("admin:law_legalparameter_add")


def facts(**changes):
    return {
        "key": "breach.final_days",
        "value": "45",
        "valid_from": "令和9年4月1日",
        "valid_to": "",
        "source": "改正規則第44条第2項",
        "established": "on",
        "note": "",
        "change_reason": "規則の改正による",
    } | changes


@pytest.fixture
def administrator(cast, client):
    client.force_login(cast.administrator)
    return client


def page_of(key):
    return reverse("admin:law_legalparameter_change", args=[LegalParameter.objects.get(key=key).pk])


def text(response):
    return response.content.decode()


def test_values_are_listed_in_words_with_their_dates(administrator):
    shown = text(administrator.get(LIST))
    assert "個人情報ファイル簿に載せる本人の数" in shown
    assert "1,000人" in shown
    assert "令和5年4月1日から" in shown
    assert "<h1>法令等の値の一覧</h1>" in shown
    assert "まだ" in shown
    assert 'alt="True"' not in shown


@pytest.mark.parametrize(("term", "found"), [("確報", True), ("breach", True), ("保存年限", False)])
def test_a_value_is_found_by_its_japanese_name_and_by_its_key(administrator, term, found):
    assert ("不正の目的によるおそれ" in text(administrator.get(LIST, {"q": term}))) is found


def test_a_new_value_ends_the_one_before_on_the_day_before(administrator, cast):
    assert administrator.post(ADD, facts()).status_code == 302
    assert parameter("breach.final_days", date(2027, 3, 31)) == 30
    assert parameter("breach.final_days", date(2027, 4, 1)) == 45
    before = LegalParameter.objects.get(key="breach.final_days", valid_to=date(2027, 3, 31))
    last = before.history.first()
    assert (last.history_user, last.history_change_reason) == (cast.administrator, "規則の改正による")
    entry = Entry.objects.get()
    assert (entry.verb, entry.reason) == ("admin.added", "規則の改正による")


def test_the_page_of_a_new_value_explains_the_key_it_was_opened_for(administrator):
    shown = text(administrator.get(ADD, {"key": "breach.prompt_days"}))
    assert "例　[3, 5]" in shown


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"value": "すぐ"}, "値として読めません。"),
        ({"value": "[30"}, "値として読めません。"),
        ({"value": ""}, "値として読めません。"),
        ({"value": "true"}, "整数を一つ書いてください。"),
        ({"value": "0"}, "1から3660までの整数にしてください。"),
        ({"valid_from": "令和9年2月30日"}, "令和9年2月30日という日付はありません。"),
        ({"valid_from": "令和2年4月1日"}, "期間が重なります。"),
        ({"valid_from": "令和5年4月1日"}, "期間が重なります。"),
        ({"valid_to": "令和8年4月1日"}, "適用終了日は適用開始日以後の日付にしてください。"),
        ({"source": ""}, "このフィールドは必須です。"),
        ({"key": "no.such"}, "no.such"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_written(administrator, changes, answer):
    response = administrator.post(ADD, facts(**changes))
    assert response.status_code == 200
    assert answer in text(response)
    assert LegalParameter.objects.filter(key="breach.final_days").count() == 1
    assert not Entry.objects.exists()


def test_a_value_that_cannot_be_read_is_told_once(administrator):
    assert "整数を一つ書いてください。" not in text(administrator.post(ADD, facts(value="すぐ")))


def test_what_was_typed_is_kept_when_refused(administrator):
    assert "[1, 2," in text(administrator.post(ADD, facts(value="[1, 2,")))


def test_full_width_digits_and_commas_are_read(administrator):
    administrator.post(ADD, facts(key="register.min_persons", value="１，５００"))
    assert parameter("register.min_persons", date(2027, 4, 1)) == 1500


def test_an_empty_list_is_a_value(administrator):
    administrator.post(ADD, facts(key="calendar.closing_days", value="[]"))
    assert parameter("calendar.closing_days", date(2027, 4, 1)) == []


def test_confirming_a_value_needs_a_reason_and_keeps_the_key(administrator):
    page = page_of("filing.review_days")
    confirmed = facts(key="breach.final_days", value="21", valid_from="2023-04-01", source="区の要領")
    assert "変更の理由を書いてください。" in text(administrator.post(page, confirmed | {"change_reason": ""}))
    assert administrator.post(page, confirmed).status_code == 302
    row = LegalParameter.objects.get(key="filing.review_days")
    assert (row.value, row.established) == (21, True)
    assert LegalParameter.objects.get(key="breach.final_days").value == 30
    entry = Entry.objects.get()
    assert entry.verb == "admin.changed"
    assert "21" not in str(entry.changed)


def test_the_history_of_a_value_is_shown(administrator):
    page = reverse("admin:law_legalparameter_history", args=[LegalParameter.objects.get(key="filing.review_days").pk])
    assert "最初の値" in text(administrator.get(page))


def test_nothing_legal_is_deleted(administrator):
    row = LegalParameter.objects.get(key="filing.review_days")
    assert administrator.get(reverse("admin:law_legalparameter_delete", args=[row.pk])).status_code == 403
    administrator.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert LegalParameter.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("who", ["manager", "disclosure_manager", "clerk", "audit_officer"])
def test_others_change_nothing(cast, client, who):
    client.force_login(getattr(cast, who))
    assert client.post(ADD, facts()).status_code in {302, 403}
    assert LegalParameter.objects.filter(key="breach.final_days").count() == 1
    assert not Entry.objects.exists()
