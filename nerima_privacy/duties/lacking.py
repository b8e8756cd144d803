"""What falls short of a duty: each subject worded, or where a board wants numbers only, counted in the database.

A board of the whole ward counts a hundred thousand of them; wording each would take seconds. Both ways ask the same
rows, so that what a number leads to is what was counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, DateTimeField, F, Min, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone

from nerima_privacy.calendars.periods import midnight
from nerima_privacy.duties.registry import Finding, Outcome, Scope, Tally
from nerima_privacy.web.together import Reading, Row

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """Until when a subject has time: `after` later than `of`, a field or expression of a day or moment, or one day.

    `undated`: there is no last day, it is late at once, and counted from `of`.
    """

    of: str | Combinable | date
    after: timedelta = timedelta()
    undated: bool = False


def lacking(scope: Scope, read: Reading, word: Callable[[Any], Finding], *, due: Due, unit: str = "unit") -> Reading:
    """What falls short, one row a subject: the Finding that `word` makes of what is read of each, or Tallies."""
    if scope.counting:
        return tallied(scope, read.rows, due=due, unit=unit)
    make = read.make
    return Reading(read.rows, read.columns, word if make is None else lambda row: word(make(row)))


def tallied(scope: Scope, rows: QuerySet[Any], *, due: Due, unit: str = "unit", of: str = "pk") -> Reading:
    """A Tally of each unit. `of` is what is counted where several rows stand for one subject: it is due as the
    earliest of its rows is."""
    dated = rows.order_by().annotate(counted_from=_expression(due.of))
    moment = isinstance(dated.query.annotations["counted_from"].output_field, DateTimeField)
    distinct = of != "pk"

    def until(day: date) -> Count:
        """How many are due before a day."""
        cut = day - due.after
        return Count(of, distinct=distinct, filter=Q(counted_from__lt=midnight(cut) if moment else cut))

    counts = dated.values(unit).annotate(
        how_many=Count(of, distinct=distinct),
        due_by_now=until(scope.on),
        due_soon=until(last_soon(scope) + DAY),
        first=Min("counted_from"),
    )

    def make(row: Row) -> Tally:
        unit_id, many, late, until_soon, first = row
        day = timezone.localdate(first) if moment else first
        if due.undated:
            return Tally(unit_id, many, 0, 0, day)
        return Tally(unit_id, late, until_soon - late, many - until_soon, day + due.after)

    return Reading(counts, (unit, "how_many", "due_by_now", "due_soon", "first"), make)


def _expression(of: str | Combinable | date) -> Combinable:
    if isinstance(of, str):
        return F(of)
    return Value(of, DateField()) if isinstance(of, date) else of


def last_soon(scope: Scope) -> date:
    """The last of the days the ward calls soon."""
    return scope.on + timedelta(days=int(scope.parameter("board.soon_days")))


def in_order(found: Iterable[Any]) -> list[Any]:
    """Findings, the longest late first; Tallies as they come."""
    found = list(found)
    return found if any(isinstance(one, Tally) for one in found) else sorted(found, key=rank)


def rank(finding: Finding) -> tuple[date, str, str]:
    """The order findings stand in: the longest late first, then by what they are called."""
    return finding.late_since, finding.subject, finding.key


def short_by_unit(found: Iterable[Finding | Tally]) -> Counter[int | None]:
    """How many fall short in each unit."""
    counts = Counter[int | None]()
    for one in found:
        counts[one.unit_id] += one.many
    return counts


def tallies_of(outcome: Outcome, on: date, last: date) -> list[Tally]:
    """One Tally of each unit that falls short, counted or worded by the duty; `last` is the last day called soon."""
    found: dict[int | None, Tally] = {}
    for one in (*outcome.tallies, *(_tally(finding, on, last) for finding in outcome.findings)):
        if one.many:
            known = found.get(one.unit_id)
            found[one.unit_id] = one if known is None else _sum(known, one)
    return list(found.values())


def _tally(finding: Finding, on: date, last: date) -> Tally:
    late, day = finding.late(on), finding.late_since
    return Tally(finding.unit_id, int(late), int(not late and day <= last), int(not late and day > last), day)


def _sum(one: Tally, other: Tally) -> Tally:
    late, soon, later = one.late + other.late, one.soon + other.soon, one.later + other.later
    return Tally(one.unit_id, late, soon, later, min(one.first, other.first))
