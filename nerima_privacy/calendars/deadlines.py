"""Deadline arithmetic (規則第44条, 番号法漏えい規則; worked examples in the tests)."""

from calendar import monthrange
from datetime import date, timedelta

from nerima_privacy.calendars.holidays import USUAL, Closures, is_closed, next_open_day


def last_day(known_on: date, days: int, *, count_first_day: bool = True) -> date:
    """The `days`-th day counted from the day of knowing, before any roll-over; the day itself is day 1 by default."""
    if days < 1:
        raise ValueError("日数は1以上で指定してください。")
    return known_on + timedelta(days=days - 1 if count_first_day else days)


def deadline(known_on: date, days: int, *, count_first_day: bool = True, closures: Closures = USUAL) -> date:
    """The last day, moved to the next open day when the office is closed on it."""
    return next_open_day(last_day(known_on, days, count_first_day=count_first_day), closures)


def window(known_on: date, days: tuple[int, int], *, count_first_day: bool = True) -> tuple[date, date]:
    """Target and outer day of 概ね3～5日以内. Closed days count and nothing rolls over."""
    near, far = days
    return (
        last_day(known_on, near, count_first_day=count_first_day),
        last_day(known_on, far, count_first_day=count_first_day),
    )


def add_open_days(day: date, count: int, closures: Closures = USUAL) -> date:
    """The `count`-th open day after `day` (before it when negative); with 0 the next open day from `day` on."""
    if count == 0:
        return next_open_day(day, closures)
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while is_closed(day, closures):
            day += step
    return day


def days_left(due_on: date, today: date) -> int:
    """Calendar days to go; 0 on the day itself, negative when late."""
    return (due_on - today).days


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
