"""Fiscal years: 4月1日 to 3月31日 (地方自治法第208条), named by the Western year of their April."""

from datetime import date

from nerima_privacy.calendars.eras import wareki_year


def fiscal_year(day: date) -> int:
    """2026 for 2026-04-01 to 2027-03-31."""
    return day.year if day.month >= 4 else day.year - 1


def start(year: int) -> date:
    """4月1日 of the fiscal year."""
    return date(year, 4, 1)


def end(year: int) -> date:
    """3月31日 that closes the fiscal year."""
    return date(year + 1, 3, 31)


def label(year: int) -> str:
    """「令和8年度」. 2019 is 令和元年度 as a whole, although its April was still 平成31年."""
    named_by = date(2019, 5, 1) if year == 2019 else start(year)
    return f"{wareki_year(named_by)}度"


def retention_start(completed_on: date) -> date:
    """保存年限 is counted from the 4月1日 after the fiscal year in which a matter was completed."""
    return start(fiscal_year(completed_on) + 1)
