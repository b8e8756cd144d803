"""Notification numbers: 「R8-0412」, the 412th notification of 令和8年度. One after the other, without gaps."""

from datetime import date

from files_registry.catalogue.numbers import take
from nerima_privacy.calendars.eras import era_of
from nerima_privacy.calendars.fiscal import fiscal_year


def series(on: date) -> str:
    """「R8」 for a day of 令和8年度; a fiscal year is named by the era it ends its calendar year in (令和元年度)."""
    last_day = date(fiscal_year(on), 12, 31)
    era = era_of(last_day)
    if era is None:
        return str(last_day.year)
    return f"{era.letter}{last_day.year - era.first.year + 1}"


def take_number(on: date) -> str:
    """The next number of the fiscal year of `on`, given when the notification is filed."""
    key = series(on)
    return f"{key}-{take(key):04}"
