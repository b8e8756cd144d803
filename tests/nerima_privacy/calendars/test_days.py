from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.deadlines import add_open_days, days_left, deadline, last_day, months_later, window
from nerima_privacy.calendars.holidays import Closures, is_closed, next_open_day, open_days_between, why_closed

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "label"),
    [
        (date(2026, 4, 1), 2026, "令和8年度"),
        (date(2027, 3, 31), 2026, "令和8年度"),
        (date(2019, 4, 1), 2019, "令和元年度"),
        (date(2019, 3, 31), 2018, "平成30年度"),
        (date(1989, 4, 1), 1989, "平成元年度"),
        (date(1989, 3, 31), 1988, "昭和63年度"),
    ],
)
def test_a_fiscal_year_runs_from_april(day, year, label):
    assert fiscal.fiscal_year(day) == year
    assert fiscal.label(year) == label
    assert fiscal.start(year) <= day <= fiscal.end(year)


@given(DAYS)
def test_fiscal_years_leave_no_day_out(day):
    year = fiscal.fiscal_year(day)
    assert fiscal.start(year) <= day <= fiscal.end(year)
    assert fiscal.end(year) + timedelta(days=1) == fiscal.start(year + 1)
    assert fiscal.retention_start(day) == fiscal.start(year + 1)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 23), "勤労感謝の日"),
        (date(2026, 11, 24), None),
        (date(2026, 11, 21), "土曜日"),
        (date(2026, 11, 22), "日曜日"),
        (date(2026, 12, 28), None),
        (date(2026, 12, 29), "年末年始の閉庁日"),
        (date(2027, 1, 1), "元日"),
        (date(2027, 1, 3), "年末年始の閉庁日"),
        (date(2027, 1, 4), None),
        (date(2026, 9, 22), "国民の休日"),
    ],
)
def test_why_the_office_is_closed(day, why):
    assert why_closed(day) == why
    assert is_closed(day) is (why is not None)


def test_closing_days_are_given_not_fixed():
    none = Closures(yearly=frozenset())
    assert not is_closed(date(2026, 12, 29), none)
    changed = Closures(closed={date(2027, 5, 10): "臨時の祝日"}, opened=frozenset({date(2027, 5, 3)}))
    assert why_closed(date(2027, 5, 10), changed) == "臨時の祝日"
    assert not is_closed(date(2027, 5, 3), changed)


@pytest.mark.parametrize(
    ("known_on", "days", "raw", "due"),
    [
        (date(2026, 4, 1), 30, date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 4, 4), 30, date(2026, 5, 3), date(2026, 5, 7)),
        (date(2026, 12, 1), 30, date(2026, 12, 30), date(2027, 1, 4)),
        (date(2026, 11, 2), 60, date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_the_final_report_is_due_on_the_last_day_or_the_next_open_one(known_on, days, raw, due):
    assert last_day(known_on, days) == raw
    assert deadline(known_on, days) == due


def test_the_first_report_has_a_target_and_an_outer_day_and_never_rolls_over():
    assert window(date(2026, 4, 3), (3, 5)) == (date(2026, 4, 5), date(2026, 4, 7))


@pytest.mark.parametrize(
    ("known_on", "days", "due"),
    [
        (date(2026, 4, 1), 30, date(2026, 5, 1)),
        (date(2026, 4, 4), 30, date(2026, 5, 7)),
        (date(2026, 12, 1), 30, date(2027, 1, 4)),
        (date(2026, 11, 2), 60, date(2027, 1, 4)),
    ],
)
def test_without_counting_the_first_day_everything_moves_by_one(known_on, days, due):
    assert last_day(known_on, days, count_first_day=False) == last_day(known_on, days) + timedelta(days=1)
    assert deadline(known_on, days, count_first_day=False) == due
    assert window(date(2026, 4, 3), (3, 5), count_first_day=False) == (date(2026, 4, 6), date(2026, 4, 8))


def test_a_period_shorter_than_a_day_is_refused():
    with pytest.raises(ValueError, match="1以上"):
        last_day(date(2026, 4, 1), 0)


@given(DAYS, st.integers(1, 120))
def test_a_deadline_falls_on_an_open_day_never_early_and_at_most_eleven_days_late(known_on, days):
    due = deadline(known_on, days)
    assert not is_closed(due)
    assert timedelta(0) <= due - last_day(known_on, days) <= timedelta(days=11)
    assert due <= deadline(known_on, days, count_first_day=False)


@given(DAYS, st.integers(1, 40))
def test_open_days_added_are_open_days_counted(day, count):
    later = add_open_days(day, count)
    assert open_days_between(day, later) == count
    assert open_days_between(later, day) == -count
    assert add_open_days(later, -count) <= next_open_day(day)
    assert add_open_days(day, 0) == next_open_day(day)


def test_days_left_turn_negative_when_late():
    assert [days_left(date(2026, 12, 1), date(2026, 11, n)) for n in (30, 24)] == [1, 7]
    assert days_left(date(2026, 12, 1), date(2026, 12, 2)) == -1


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 27), 12, date(2027, 11, 27)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, later):
    assert months_later(day, months) == later
