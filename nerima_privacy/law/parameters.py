"""`parameter()` and `parameters()`: what is in force on a day. One query each, nothing kept between calls."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law.models import LegalParameter


def parameter(key: str, on: date | None = None) -> Any:
    """The value in force on `on` (today). LookupError when the ward has none for that day."""
    return parameters([key], on)[key]


def parameters(keys: Iterable[str], on: date | None = None) -> dict[str, Any]:
    """The values of several keys in one query. LookupError names the keys that have none on that day."""
    return {key: row.value for key, row in rows(keys, on).items()}


def values_on(on: date) -> dict[str, Any]:
    """Every value in force on a day, in one query."""
    found = LegalParameter.objects.filter(valid_on(on)).order_by("valid_from")
    return dict(found.values_list("key", "value"))


def rows(keys: Iterable[str], on: date | None = None) -> dict[str, LegalParameter]:
    """The rows in force, with source, dates and whether they are established."""
    wanted, day = list(keys), on or today()
    found = {
        row.key: row for row in LegalParameter.objects.filter(valid_on(day), key__in=wanted).order_by("valid_from")
    }
    if missing := [key for key in wanted if key not in found]:
        raise LookupError(f"no legal parameter {', '.join(missing)} on {day}")
    return found
