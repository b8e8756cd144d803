"""What ends or stops by itself, each night as the system (第11条第1項)."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import F

from files_registry.access.ending import end, run_out, suspend
from files_registry.access.models import Grant
from files_registry.access.rounds import round_on, unconfirmed
from nerima_privacy.duties.daily import register_daily
from nerima_privacy.refusals import MoveRefused
from roles.models import Person


@register_daily
def end_what_ran_out(on: date, actor: Person) -> int:
    """Close what has ended by itself. The rights were over before: this only brings the rows in step."""
    return _each(end, list(run_out().values_list("pk", flat=True)), actor)


@register_daily
def suspend_unanswered(on: date, actor: Person) -> int:
    """Stop what nobody confirmed, once the days to answer and those after them are over."""
    current = round_on(on)
    if on < current.suspends_on:
        return 0
    return _each(suspend, list(unconfirmed(current).order_by("pk").values_list(F("pk"), flat=True)), actor)


def _each(verb: Callable[..., Grant], keys: Iterable[int], actor: Person) -> int:
    """How many it was done to; one that somebody else was quicker with is passed over."""
    done = 0
    for pk in keys:
        try:
            verb(pk, actor=actor)
            done += 1
        except MoveRefused:
            continue
    return done
