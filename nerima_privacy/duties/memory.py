"""What desks and boards read is asked once for each change, and shared until something happens.

An answer about a person or about units is kept under the number of the latest entry of the activity record, which every
verb adds to; after one's own click a page is never behind. One about the whole ward, where somebody is always doing
something, is counted anew once a minute. Nothing is kept longer than that minute. Reminders, `manage.py duties` and
Excel ask the duties themselves.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from nerima_privacy.activity.models import Entry
from nerima_privacy.duties.registry import Duty, Outcome, Scope, outcomes
from nerima_privacy.web.remembering import remembered

KEPT_SECONDS = 60
T = TypeVar("T")


class Memory:
    """The memory of one page."""

    def once(self, what: Sequence[Any], read: Callable[[], T], *, ward: bool = False) -> T:
        """What `read` answers, or answered when nothing had happened since. `what` names it, in plain values."""
        named = repr((*what, None if ward else self._latest))
        key = f"duties:{sha256(named.encode()).hexdigest()}"
        return remembered(key, read, KEPT_SECONDS)

    def outcomes(self, duties: Sequence[Duty], on: date, units: frozenset[int] | None) -> list[tuple[Duty, Outcome]]:
        """How each duty stands for a day and units."""
        if not duties:
            return []
        asked = ("outcomes", on.isoformat(), None if units is None else sorted(units), [duty.id for duty in duties])

        def ask() -> list[Outcome]:
            return outcomes(duties, Scope(on, units))

        return list(zip(duties, self.once(asked, ask, ward=units is None), strict=True))

    @cached_property
    def _latest(self) -> int | None:
        return Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
