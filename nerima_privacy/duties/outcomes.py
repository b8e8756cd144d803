"""How all duties stand, asked once for each change: desks and boards share the answer until something happens.

The answer is kept under the number of the latest entry of the activity record, which every verb adds to, and for a
minute at most, for what changes without a verb. Reminders, the command and tests ask the duties themselves.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import structlog
from django.core.cache import cache

from nerima_privacy.activity.models import Entry
from nerima_privacy.duties.registry import Duty, Outcome, Scope

KEPT_SECONDS = 60
log = structlog.get_logger(__name__)


def outcomes(duties: Sequence[Duty], on: date, units: frozenset[int] | None) -> list[tuple[Duty, Outcome]]:
    """The outcome of each duty for a day and units; one query when it is known already."""
    if not duties:
        return []
    key = _key(duties, on, units)
    known = _cache("get", key)
    if known is None:
        scope = Scope(on, units)
        known = [duty.check(scope) for duty in duties]
        _cache("set", key, known, KEPT_SECONDS)
    return list(zip(duties, known, strict=True))


def _key(duties: Sequence[Duty], on: date, units: frozenset[int] | None) -> str:
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    asked = (on.isoformat(), sorted(units) if units is not None else "ward", [duty.id for duty in duties], last)
    return f"duties:{sha256(repr(asked).encode()).hexdigest()}"


def _cache(name: str, *arguments: Any) -> Any:
    """A cache that is down costs time, not the page."""
    try:
        return getattr(cache, name)(*arguments)
    except Exception as error:
        log.warning("cache_not_reached", error=type(error).__name__)
        return None
