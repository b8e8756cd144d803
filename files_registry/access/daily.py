"""What ends or stops by itself, each night as the system (第11条第1項)."""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from django.db.models import QuerySet

from files_registry.access.ending import end, run_out, suspend
from files_registry.access.models import Grant
from files_registry.access.rounds import round_on, unconfirmed
from nerima_privacy.duties.daily import register_daily
from nerima_privacy.refusals import MoveRefused
from roles.models import Person

AT_ONCE, READ = 500, 20_000  # in one transaction; read ahead, for each reading goes through every grant in force


@register_daily
def end_what_ran_out(on: date, actor: Person) -> int:
    """Close what has ended by itself. The rights were over before: this only brings the rows in step."""
    return sum(_done(end, keys, actor) for keys in _chunks(run_out()))


@register_daily
def suspend_unanswered(on: date, actor: Person) -> int:
    """Stop what nobody confirmed, once the days to answer and those after them are over."""
    current = round_on(on)
    if on < current.suspends_on:
        return 0
    return sum(_done(suspend, keys, actor) for keys in _chunks(unconfirmed(current)))


def _done(verb: Callable[..., int], keys: Collection[int], actor: Person) -> int:
    """To how many it was done; none where somebody else was quicker with all of them."""
    try:
        return verb(keys, actor=actor)
    except MoveRefused:
        return 0


def _chunks(rows: QuerySet[Grant]) -> Iterator[list[int]]:
    """The keys of the rows, some at a time; what is killed between two of them is found again the next night."""
    last, keys = 0, [0]
    while keys:
        keys = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:READ])
        last = keys[-1] if keys else last
        yield from (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
        if len(keys) < READ:
            return
