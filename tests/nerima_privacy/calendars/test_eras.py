from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nerima_privacy.calendars.eras import parse_date, wareki, wareki_short, wareki_time

TODAY = date(2026, 11, 23)
SINCE_MEIJI = st.dates(date(1868, 1, 25), date(2076, 12, 31))


def said(text):
    """What `parse_date` answers to something it refuses."""
    try:
        return parse_date(text, today=TODAY)
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 23), "令和8年11月23日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1868, 1, 25), "明治元年1月25日"),
        (date(1868, 1, 24), "1868年1月24日"),
    ],
)
def test_a_day_is_written_in_its_era(day, written):
    assert wareki(day) == written


def test_weekday_short_form_and_time_of_day():
    assert wareki(date(2026, 11, 24), weekday=True) == "令和8年11月24日（火）"
    assert wareki_short(date(2026, 11, 23)) == "R8.11.23"
    assert wareki_time(datetime(2026, 11, 23, 15, 5, tzinfo=UTC)) == "令和8年11月24日 0時05分"
    assert wareki(datetime(2026, 11, 23, 15, 5, tzinfo=UTC)) == "令和8年11月24日"


@pytest.mark.parametrize(
    "text",
    [
        "令和8年11月23日",
        "令和８年１１月２３日",
        "　令和 8 年 11 月 23 日　",
        "㋿8年11月23日",
        "R8.11.23",
        "r8/11/23",
        "Ｒ８－１１－２３",
        "R081123",
        "令和8.11.23",
        "令和8・11・23",
        "2026-11-23",
        "2026/11/23",
        "2026ー11ー23",
        "2026.11.23",
        "20261123",
        "２０２６１１２３",
        "2026年11月23日",
        "西暦2026年11月23日",
        "2026-11-23 00:00:00",
        "2026/11/23 0:00",
        "令和8年11月23日（月）",
        "令和8年11月23日(月曜日)",
    ],
)
def test_the_many_ways_of_typing_a_day(text):
    assert parse_date(text, today=TODAY) == date(2026, 11, 23)


def test_first_years_and_days_of_change():
    assert parse_date("令和元年5月1日") == parse_date("令和1年5月1日") == date(2019, 5, 1)
    assert parse_date("大正15年12月25日") == parse_date("昭和元年12月25日") == date(1926, 12, 25)
    assert parse_date("明治45年7月30日") == parse_date("大正元年7月30日") == date(1912, 7, 30)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("令和8年2月30日", "令和8年2月30日という日付はありません。"),
        ("2026-02-30", "2026年2月30日という日付はありません。"),
        ("R8.13.1", "令和8年13月1日という日付はありません。"),
        ("令和99年1月1日", "令和99年は先の年すぎます（西暦2117年）。年を確かめてください。"),
        ("9999-12-31", "9999年は先の年すぎます。年を確かめてください。"),
        ("0001-01-01", "1年は古すぎます。明治より前の日付は入力できません。"),
        ("令和0年1月1日", "令和0年という年はありません。最初の年は元年です。"),
        ("平成32年4月1日", "平成は31年4月30日までです。令和2年4月1日ではありませんか。"),
        ("令和元年4月1日", "令和は元年5月1日からです。平成31年4月1日ではありませんか。"),
        ("昭和64年1月8日", "昭和は64年1月7日までです。平成元年1月8日ではありませんか。"),
        ("令和8年11月23日（火）", "令和8年11月23日は月曜日です。日付か曜日を確かめてください。"),
        ("", "日付を書いてください。"),
        ("　 ", "日付を書いてください。"),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_what_is_wrong(text, answer):
    assert said(text) == answer


@pytest.mark.parametrize("text", ["令和8年11月", "令和8年", "2026", "2026-11", "R8.11"])
def test_a_day_without_its_day_asks_for_all_three(text):
    assert "年月日をすべて書いてください。" in said(text)


@pytest.mark.parametrize(
    "text", ["あした", "8.11.23", "26/11/23", "2026-11/23", "45000", "😀", "\x00", "-1", "R8.11.23.1", "٢٠٢٦-١١-٢٣"]
)
def test_what_cannot_be_read_is_answered_with_an_example(text):
    assert "日付として読めません。" in said(text)


@given(SINCE_MEIJI)
def test_what_is_shown_can_be_typed_back(day):
    for text in (wareki(day), wareki(day, weekday=True), wareki_short(day), day.isoformat()):
        assert parse_date(text, today=TODAY) == day


@given(st.text(max_size=60) | st.from_regex(r"(令和|平成|R|H)?\d{1,5}[年./-]\d{1,3}[月./-]\d{1,3}日?", fullmatch=True))
def test_nothing_typed_is_worse_than_a_sentence(text):
    answer = said(text)
    if isinstance(answer, date):
        assert date(1868, 1, 1) <= answer <= date(2076, 12, 31)
    else:
        assert answer.endswith(("。", "か。"))
