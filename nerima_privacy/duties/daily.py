"""Work of the areas that the daily sweep does: what ends by itself, what is counted anew each day."""

from collections.abc import Callable
from datetime import date

from roles.models import Person

Job = Callable[[date, Person], int]
_jobs: list[Job] = []


def register_daily(job: Job) -> Job:
    """Register `fn(on, actor) -> how many it did`; usable as a decorator.

    `actor` is the system person, to be handed to the verbs. A job runs in transactions of its own and may run twice
    for one day, also at the same time: it must find nothing left to do the second time.
    """
    if job not in _jobs:
        _jobs.append(job)
    return job


def daily_jobs() -> list[Job]:
    """Every registered job, in the order of registration."""
    return list(_jobs)
