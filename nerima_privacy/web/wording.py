"""How dates and deadlines are said on a page."""

from datetime import date

from nerima_privacy.calendars import eras

SOON = 7


def era(day: date) -> str:
    """令和8年11月23日."""
    return eras.wareki(day)


def weekday(day: date) -> str:
    """月, 火 …"""
    return eras.WEEKDAYS[day.weekday()]


def deadline_words(due: date, today: date) -> str:
    """「2日おくれ」「きょうまで」「あと3日」; further away the day itself, with the year where it differs."""
    days = (due - today).days
    if days < 0:
        return f"{-days}日おくれ"
    if days == 0:
        return "きょうまで"
    if days <= SOON:
        return f"あと{days}日"
    return f"{due.month}月{due.day}日" if due.year == today.year else era(due)


def deadline_kind(due: date, today: date) -> str:
    """late, today, soon (a week) or calm."""
    days = (due - today).days
    if days < 0:
        return "late"
    if days == 0:
        return "today"
    return "soon" if days <= SOON else "calm"
