"""What ends or stops by itself, each night as the system (第11条第1項)."""

from datetime import date

from django.db.models import F

from files_registry.access.reviewing import end, run_out, suspend
from files_registry.access.rounds import round_on, unconfirmed
from nerima_privacy.duties.daily import register_daily
from roles.models import Person


@register_daily
def end_what_ran_out(on: date, actor: Person) -> int:
    """Close what has ended by itself. The rights were over before: this only brings the rows in step."""
    return sum(end(pk, actor=actor) for pk in run_out().values_list("pk", flat=True).iterator())


@register_daily
def suspend_unanswered(on: date, actor: Person) -> int:
    """Stop what nobody confirmed, once the days to answer and those after them are over."""
    current = round_on(on)
    if on < current.suspends_on:
        return 0
    waiting = unconfirmed(current).order_by("pk").values_list(F("pk"), flat=True)
    return sum(suspend(pk, actor=actor) for pk in list(waiting))
