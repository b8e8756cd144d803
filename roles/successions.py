"""Which units took over from those that have ended, read all at once: a handful of rows in a ward."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from nerima_privacy.web.together import Reading, Rows, reading
from roles.models import Unit


def successions() -> Reading:
    """(ended unit, unit that took over, the last day of that one)."""
    return reading(Unit.successors.through.objects.all(), "from_unit", "to_unit", "to_unit__valid_to")


def living_by(rows: Rows, on: date) -> Callable[[Unit], set[int]]:
    """What `holdings.living_units` says of a unit, out of the rows of `successions`."""
    took_over: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    for ended, successor, last in rows:
        took_over[ended].append((successor, last))

    def living(unit: Unit) -> set[int]:
        found: set[int] = set()
        frontier, seen = [(unit.pk, unit.valid_to)], set[int]()
        while frontier:
            pk, last = frontier.pop()
            if pk in seen:
                continue
            seen.add(pk)
            if last is None or last >= on:
                found.add(pk)
            else:
                frontier += took_over[pk]
        return found

    return living
