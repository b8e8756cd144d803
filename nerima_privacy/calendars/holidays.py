"""Days the ward office is closed: Saturdays, Sundays, public holidays, and the closing days around New Year."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import jpholiday


@dataclass(frozen=True)
class Closures:
    """What closes the office besides weekends. The ward's own: `law.closures.closures()`.

    `yearly` holds (month, day). `closed` names extra days, `opened` days that would be closed but are not: both for
    changes of the holiday law that come between two releases.
    """

    yearly: frozenset[tuple[int, int]] = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
    closed: dict[date, str] = field(default_factory=dict, hash=False)
    opened: frozenset[date] = frozenset()


USUAL = Closures()


def why_closed(day: date, closures: Closures = USUAL) -> str | None:
    """「土曜日」, 「建国記念の日」, 「年末年始の閉庁日」; None when the office is open."""
    if day in closures.opened:
        return None
    if day in closures.closed:
        return closures.closed[day]
    if holiday := _holiday(day):
        return holiday
    if (day.month, day.day) in closures.yearly:
        return "年末年始の閉庁日"
    return {5: "土曜日", 6: "日曜日"}.get(day.weekday())


@lru_cache(maxsize=20_000)
def _holiday(day: date) -> str | None:
    """Kept, because a list asks for hundreds of days and the table never changes while running."""
    name = jpholiday.is_holiday_name(day)
    return str(name) if name else None


def is_closed(day: date, closures: Closures = USUAL) -> bool:
    """Whether the office is closed on `day`."""
    return why_closed(day, closures) is not None


def next_open_day(day: date, closures: Closures = USUAL) -> date:
    """`day` itself when the office is open, else the first open day after it."""
    while is_closed(day, closures):
        day += timedelta(days=1)
    return day


def open_days_between(first: date, last: date, closures: Closures = USUAL) -> int:
    """Open days after `first` up to and including `last`; negative when `last` comes before `first`."""
    if last < first:
        return -open_days_between(last, first, closures)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(not is_closed(day, closures) for day in days)
