"""Periods written as first day and last day, both inclusive; no last day means until further notice."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone


def today() -> date:
    """The date in Tokyo."""
    return timezone.localdate()


def midnight(day: date) -> datetime:
    """The first moment of a day in Tokyo; compared with a moment it can use an index, a date of a moment cannot."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The first moment after a day in Tokyo."""
    return midnight(day + timedelta(days=1))


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose `valid_from`..`valid_to` holds `day`; `prefix` walks a relation, for example `unit__`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    )
