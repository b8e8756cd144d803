"""Periods written as first day and last day, both inclusive; no last day means until further notice."""

from datetime import date

from django.db.models import Q
from django.utils import timezone


def today() -> date:
    """The date in Tokyo."""
    return timezone.localdate()


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose `valid_from`..`valid_to` holds `day`; `prefix` walks a relation, for example `unit__`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    )
