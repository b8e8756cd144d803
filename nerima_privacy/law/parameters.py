"""`parameter()`: the value of a legal parameter on a day."""

from datetime import date
from typing import Any

from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law.models import LegalParameter


def parameter(key: str, on: date | None = None) -> Any:
    """The value in force on `on` (today). LookupError when the ward has none for that day."""
    row = LegalParameter.objects.filter(valid_on(on or today()), key=key).order_by("-valid_from").first()
    if row is None:
        raise LookupError(f"no legal parameter {key} on {on or today()}")
    return row.value
