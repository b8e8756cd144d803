"""The ward's closing days as the calendar functions take them."""

from datetime import date

from nerima_privacy.calendars.holidays import Closures
from nerima_privacy.law.parameters import parameters


def closures(on: date | None = None) -> Closures:
    """In force on `on` (today). One query: fetch once and hand it on."""
    values = parameters(["calendar.closing_days", "calendar.day_changes"], on)
    changes = [(date.fromisoformat(row["date"]), row) for row in values["calendar.day_changes"]]
    return Closures(
        yearly=frozenset((int(text[:2]), int(text[3:])) for text in values["calendar.closing_days"]),
        closed={day: row["name"] for day, row in changes if row["closed"]},
        opened=frozenset(day for day, row in changes if not row["closed"]),
    )
