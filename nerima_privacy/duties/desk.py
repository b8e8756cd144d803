"""What waits for a person: each area's `desk.py` registers a provider, the desk page only collects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from nerima_privacy.duties.memory import Memory
from nerima_privacy.duties.registry import Finding
from nerima_privacy.duties.standing import Standing, standings_of
from nerima_privacy.web.together import Asking, ask, together
from roles.holdings import Holdings
from roles.models import Appointment, Person


@dataclass(frozen=True)
class WorkItem:
    """One line of a desk.

    `turn` means that this person acts next; `sent` that it is in progress, with `now_with` saying who has it.
    `article` is written article-paragraph ("10-1"). `post_id` is the appointment it is the turn of, so that somebody
    with two posts sees them apart; None when it concerns the person in any post. Title and detail are Japanese and
    hold no personal data of a file's persons. A line that leads to a list stands for `count` pieces; `covers` are the
    addresses of those the desk would otherwise show; `rest` marks the line that says how many more there are.
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
    count: int = 1
    covers: frozenset[str] = frozenset()
    rest: bool = False

    @property
    def since_day(self) -> date:
        """The day in Tokyo it came to whoever has it."""
        if isinstance(self.since, datetime):
            return timezone.localtime(self.since).date() if timezone.is_aware(self.since) else self.since.date()
        return self.since


FEW = 5
MOST = 50
Work = Asking[list[WorkItem]]
Provider = Callable[[Person, Holdings, date], list[WorkItem] | Work]
_providers: list[Provider] = []


def register_work(provider: Provider) -> Callable[[Person, Holdings, date], list[WorkItem]]:
    """Register `fn(person, holdings, on)`, usable as a decorator: it yields the readings it wants, returns WorkItems.

    The readings of all areas are put to the database together. What is registered answers a list when it is called.
    """
    if provider not in _providers:
        _providers.append(provider)
    return lambda person, holdings, on: ask(_asked(provider, person, holdings, on))


def _asked(provider: Provider, person: Person, holdings: Holdings, on: date) -> Work:
    answer = provider(person, holdings, on)
    return answer if isinstance(answer, list) else (yield from answer)


def the_rest(covers: Iterable[str], **words: Any) -> WorkItem:
    """The line under the first MOST of a kind: 「ほか37件」, leading to the list of all. Nothing is cut without it."""
    addresses = frozenset(covers)
    return WorkItem(due_on=None, count=len(addresses), covers=addresses, rest=True, **words)


def pieces(items: Iterable[WorkItem]) -> int:
    """How many pieces of work the lines stand for."""
    return sum(item.count for item in items)


def work_of(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Everything the areas know for this person on a day: what is late first, what has no date last."""
    of_areas = together([_asked(provider, person, holdings, on) for provider in _providers])
    return _in_order([item for items in of_areas for item in items])


@dataclass(frozen=True)
class Desk:
    """A person's desk in the post the person acts in; `elsewhere` counts what waits in the other posts."""

    on: date
    acting: Appointment | None
    turn: list[WorkItem]
    sent: list[WorkItem]
    elsewhere: list[tuple[Appointment, int]] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)


def desk_of(person: Person, holdings: Holdings, acting: Appointment | None, on: date) -> Desk:
    """Collect the work of the areas and the findings of the duties whose seats the person holds."""
    memory = Memory()
    standings = standings_of(holdings, on, memory)
    posts = [a.pk for a in holdings.appointments]
    items = memory.once(("work", person.pk, posts, on.isoformat()), lambda: work_of(person, holdings, on))
    known = {(url, item.post_id) for item in items for url in (item.url, *item.covers)}
    items = items + _findings(standings, known)
    items = _in_order(items)
    here = {None, acting.pk if acting else None}
    turn = [item for item in items if item.kind == "turn"]
    waiting = {a.pk: pieces(item for item in turn if item.post_id == a.pk) for a in holdings.appointments}
    return Desk(
        on=on,
        acting=acting,
        turn=[item for item in turn if item.post_id in here],
        sent=[item for item in items if item.kind == "sent" and item.post_id in here],
        elsewhere=[(a, waiting[a.pk]) for a in holdings.appointments if a != acting],
        standings=[standing for standing in standings if acting and standing.post == acting],
    )


def _findings(standings: list[Standing], known: set[tuple[str, int | None]]) -> list[WorkItem]:
    """What the registry finds lacking, the person of the post can clear, and no area shows already."""
    items: list[WorkItem] = []
    for standing in standings:
        new = [f for f in standing.own_findings if not known & {(f.url, standing.post.pk), (f.url, None)}]
        if len(new) > FEW:
            items.append(_together(standing, new))
        else:
            items += [_one(standing, finding) for finding in new]
    return items


def _one(standing: Standing, finding: Finding) -> WorkItem:
    return WorkItem(
        title=f"{finding.subject}　{standing.duty.title}",
        url=finding.url,
        detail=finding.clears,
        article=standing.duty.article,
        due_on=finding.late_since,
        since=finding.since,
        kind="turn",
        post_id=standing.post.pk,
    )


def _together(standing: Standing, findings: list[Finding]) -> WorkItem:
    """Many of one duty are one line, which leads to the list of them."""
    first = min(findings, key=lambda finding: finding.late_since)
    query = {"duty": standing.duty.id} | ({"unit": standing.post.unit.code} if standing.post.unit else {})
    return WorkItem(
        title=f"{standing.duty.title}　{len(findings)}件",
        url=f"{reverse('board-findings')}?{urlencode(query)}",
        detail=first.clears,
        article=standing.duty.article,
        due_on=first.late_since,
        since=min(finding.since for finding in findings),
        kind="turn",
        post_id=standing.post.pk,
        count=len(findings),
    )


def _in_order(items: list[WorkItem]) -> list[WorkItem]:
    return sorted(items, key=lambda item: (item.rest, item.due_on or date.max, item.since_day))
