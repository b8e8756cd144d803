"""What waits for a person: each area's `desk.py` registers a provider, the desk page only collects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from roles.holdings import Holdings
from roles.models import Person


@dataclass(frozen=True)
class WorkItem:
    """One line of a desk.

    `turn` means that this person acts next; `sent` that it is in progress, with `now_with` saying who has it.
    `article` is written article-paragraph ("10-1"). `post_id` is the appointment it is the turn of, so that somebody
    with two posts sees them apart; None when it concerns the person in any post. Title and detail are Japanese and
    hold no personal data of a file's persons.
    """

    title: str
    url: str
    detail: str
    article: str
    due_on: date | None
    since: datetime | date
    kind: Literal["turn", "sent"]
    now_with: str = ""
    post_id: int | None = None


Provider = Callable[[Person, Holdings, date], list[WorkItem]]
_providers: list[Provider] = []


def register_work(provider: Provider) -> Provider:
    """Register `fn(person, holdings, on) -> list[WorkItem]`; usable as a decorator. A fixed number of queries each."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def work_of(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Everything the areas know for this person on a day: what is late first, what has no date last."""
    items = [item for provider in _providers for item in provider(person, holdings, on)]
    return sorted(items, key=lambda item: (item.due_on or date.max, _day(item.since)))


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
