"""`parameter()` and `parameters()`: what is in force on a day. One query each, nothing kept between calls but in a page
that says so (`read_once`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
    return {key: row.value for key, row in _in_force(on).items()}


@contextmanager
def read_once() -> Iterator[None]:
    """Within it, or in a view decorated with it, the values of a day are read once; for pages that ask many times."""
    token = _days.set({})
    try:
        yield
    finally:
        _days.reset(token)


def rows(keys: Iterable[str], on: date | None = None) -> dict[str, LegalParameter]:
    """The rows in force, with source, dates and whether they are established."""
    wanted, day = list(keys), on or today()
    found = _in_force(day, wanted)
    if missing := [key for key in wanted if key not in found]:
        raise LookupError(f"no legal parameter {', '.join(missing)} on {day}")
    return {key: found[key] for key in wanted}


_days: ContextVar[dict[date, dict[str, LegalParameter]] | None] = ContextVar("legal parameters of a page", default=None)


def _in_force(day: date, keys: list[str] | None = None) -> dict[str, LegalParameter]:
    """The rows of a day by key: those of `keys`, or all; all at once where they are kept."""
    kept = _days.get()
    if kept is not None and day in kept:
        return kept[day]
    found = LegalParameter.objects.filter(valid_on(day)).order_by("valid_from")
    if keys is not None and kept is None:
        found = found.filter(key__in=keys)
    by_key = {row.key: row for row in found}
    if kept is not None:
        kept[day] = by_key
    return by_key
