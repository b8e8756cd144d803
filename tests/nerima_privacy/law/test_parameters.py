from datetime import date

import pytest
from django.core.exceptions import ValidationError

from nerima_privacy.law import choices, presenters
from nerima_privacy.law.catalogue import KEYS, offer, offer_parts, problem, shown
from nerima_privacy.law.closures import closures
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.law.parameters import parameter, parameters, read_once, values_on
from nerima_privacy.law.seeds import IN_FORCE, SEEDS, fill

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", KEYS)
def test_each_key_has_a_value_with_a_source_since_the_guideline_came_into_force(key):
    row = LegalParameter.objects.get(key=key)
    assert row.valid_from == IN_FORCE == date(2023, 4, 1)
    assert row.valid_to is None
    assert row.source
    assert row.established or row.note, "a value nobody confirmed says why it is what it is"
    row.full_clean()
    assert parameter(key, IN_FORCE) == parameter(key) == row.value
    assert row.history.get().history_change_reason == "最初の値"


def test_no_seed_is_without_a_key():
    assert [seed.key for seed in SEEDS] == list(KEYS)


def test_a_value_is_the_one_in_force_on_the_day():
    LegalParameter.objects.filter(key="breach.many_persons").update(valid_to=date(2027, 3, 31))
    LegalParameter.objects.create(
        key="breach.many_persons", value=50, valid_from=date(2027, 4, 1), source="改正後の規則", established=True
    )
    assert parameter("breach.many_persons", date(2027, 3, 31)) == 100
    assert parameter("breach.many_persons", date(2027, 4, 1)) == 50


def test_before_the_guideline_there_is_no_value():
    with pytest.raises(LookupError, match=r"register\.min_persons on 2023-03-31"):
        parameter("register.min_persons", date(2023, 3, 31))


def test_many_keys_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        values = parameters(["breach.final_days", "breach.wrongful_final_days", "reminder.offsets"])
    assert values == {"breach.final_days": 30, "breach.wrongful_final_days": 60, "reminder.offsets": [-7, -3, -1, 0]}


def test_an_unconfirmed_value_says_so_and_a_confirmed_one_says_nothing():
    assert presenters.note("register.min_persons") == ""
    assert presenters.note("filing.review_days").startswith(
        "区の値が未確認のため、仮の値です（根拠　指針第10条第2項）。"
    )


def test_choices_are_read_from_the_data():
    assert choices.confidentiality()[0] == ("3a", "自治体機密性3A")
    assert choices.retention()[-1] == ("asneeded", "随時廃棄")
    assert choices.label("retention.classes", "10") == "10年"
    assert choices.label("retention.classes", "gone") == "gone"
    assert ("75-3", "掲載により事務の適正な遂行に著しい支障が生ずるファイル") in choices.exemptions()


def test_closing_days_follow_the_data(django_assert_num_queries):
    change = [{"date": "2027-05-10", "name": "臨時の祝日", "closed": True}]
    LegalParameter.objects.filter(key="calendar.day_changes").update(value=change)
    LegalParameter.objects.filter(key="calendar.closing_days").update(value=["12-28"])
    with django_assert_num_queries(1):
        ours = closures()
    assert ours.yearly == {(12, 28)}
    assert ours.closed == {date(2027, 5, 10): "臨時の祝日"}


def test_a_flush_or_a_new_key_leaves_no_key_without_a_value():
    LegalParameter.objects.filter(key="reminder.offsets").delete()
    assert fill(LegalParameter, LegalParameter.history.model) == ["reminder.offsets"]
    assert fill(LegalParameter, LegalParameter.history.model) == []


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("register.min_persons", 1000, "1,000人"),
        ("breach.prompt_days", [3, 5], "3～5日"),
        ("reminder.offsets", [-7, 0, 1], "7日前、当日、1日後"),
        ("breach.count_first_day", False, "翌日から数える"),
        ("calendar.closing_days", ["12-29", "01-01"], "12月29日、1月1日"),
        ("calendar.day_changes", [], "なし"),
        ("retention.classes", [{"code": "1", "label": "1年"}], "1年"),
    ],
)
def test_a_value_is_shown_in_words(key, value, words):
    assert shown(key, value) == words


@pytest.mark.parametrize(
    ("key", "value", "answer"),
    [
        ("no.such", 1, "「no.such」という項目はありません。"),
        ("register.min_persons", "1000", "整数を一つ書いてください。引用符は要りません。"),
        ("register.min_persons", True, "整数を一つ書いてください。引用符は要りません。"),
        ("register.min_persons", 0, "1から1000000までの整数にしてください。"),
        ("breach.prompt_days", [5, 3], "1以上の整数を、小さい方から順に書いてください。"),
        ("breach.prompt_days", [3], "二つの整数を [3, 5] のように書いてください。"),
        (
            "breach.count_first_day",
            1,
            "true（1日目と数える）または false（翌日から数える）を書いてください。",
        ),
        ("reminder.offsets", [0, -7], "小さい順に、同じ数を繰り返さずに書いてください。"),
        ("reminder.offsets", [], "整数の並びを [-7, -3, -1, 0] のように書いてください。"),
        ("retention.classes", [], "{ } で囲んだ行を [ ] の中に一つ以上並べてください。"),
        ("retention.classes", [{"code": "1"}], "1行目の「label」がありません。"),
        ("retention.classes", [{"code": "1", "label": "a", "x": "b"}], "1行目の「x」は使えない名前です。"),
        ("retention.classes", [{"code": "1", "label": "a"}] * 2, "「code」の「1」が二度あります。"),
        (
            "calendar.closing_days",
            ["13-01"],
            "「13-01」という月日はありません。12-29 のように書いてください。",
        ),
        (
            "calendar.day_changes",
            [{"date": "来年", "name": "x", "closed": True}],
            "1行目の「date」は 2030-05-10 のように書いてください。",
        ),
        ("filing.change_cells", ["name", "name"], "同じ名前が二度あります。"),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused_in_japanese(key, value, answer):
    assert problem(key, value) == answer


def test_names_an_area_owns_are_checked_once_it_hands_them_in():
    shape = KEYS["filing.change_cells"].shape
    before = dict(shape.known)
    try:
        offer("filing.change_cells", {"name": "名称"})
        assert problem("filing.change_cells", ["nmae"]) == "「nmae」という欄はありません。使えるのは name です。"
        assert shown("filing.change_cells", ["name"]) == "名称"
    finally:
        offer("filing.change_cells", before)


def test_a_page_that_says_so_reads_the_values_of_a_day_once(django_assert_num_queries):
    with read_once():
        with django_assert_num_queries(1):
            assert parameter("filing.review_days") == values_on(date.today())["filing.review_days"]
            closures()
        with django_assert_num_queries(1), pytest.raises(LookupError, match=r"no\.such"):
            parameters(["filing.review_days", "no.such"], IN_FORCE)
        LegalParameter.objects.filter(key="filing.review_days").update(value=7)
        assert parameter("filing.review_days") != 7
    assert parameter("filing.review_days") == 7, "outside, nothing is kept"


def _new(**facts):
    return LegalParameter(
        **{"key": "breach.final_days", "value": 31, "valid_from": date(2027, 4, 1), "source": "改正"} | facts
    )


def test_periods_of_one_key_may_not_overlap():
    LegalParameter.objects.filter(key="breach.final_days").update(valid_to=date(2027, 3, 31))
    _new().full_clean()
    with pytest.raises(ValidationError) as refusal:
        _new(valid_from=date(2027, 3, 31)).full_clean()
    assert refusal.value.message_dict["valid_from"] == [
        "令和5年4月1日から（令和9年3月31日まで）の値と期間が重なります。"
        "先にその値の適用終了日を令和9年3月30日以前にしてください。"
    ]
    with pytest.raises(ValidationError) as refusal:
        _new(valid_from=date(2020, 4, 1)).full_clean()
    assert "この値の適用終了日を令和5年3月31日以前にしてください。" in str(refusal.value)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError) as refusal:
        _new(valid_to=date(2027, 3, 1)).full_clean()
    assert refusal.value.message_dict["valid_to"] == ["適用終了日は適用開始日以後の日付にしてください。"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": ""}, "「code」は20字まで"),
        ({"silent_days": -1}, "0から3660まで"),
        ({"silent_days": True}, "0から3660まで"),
        ({"kinds": "used"}, "名前の並び"),
        ({"kinds": ["sold"]}, "「sold」は使えません"),
        ({"colour": "red"}, "これだけにしてください"),
    ],
)
def test_what_a_class_asks_names_only_what_there_is(change, said):
    row = {"code": "3a", "kinds": ["used"], "fields": ["place"], "silent_days": 31}
    assert problem("ledger.classes", [row]) is None
    assert said in str(problem("ledger.classes", [row | change]))
    assert "二度" in str(problem("ledger.classes", [row, row]))
    assert "一つ以上" in str(problem("ledger.classes", []))
    assert shown("ledger.classes", [row]) == "3a（取扱い　利用　欄　場所　途切れてよい日数　31日）"


def test_only_a_key_of_that_shape_takes_parts():
    with pytest.raises(TypeError, match=r"filing\.review_days"):
        offer_parts("filing.review_days", {})
