"""What waits for 情報公開課: files nobody judged, and a book behind its files."""

from datetime import date, timedelta

from django.urls import reverse

from files_registry.register.duties import outdated
from files_registry.register.policies import DECIDERS
from files_registry.register.queries import undecided
from nerima_privacy.duties.desk import Work, WorkItem, register_work
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.together import reading
from roles.holdings import Holdings
from roles.models import Person
from roles.seats import Seat


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """Two lines at most: the queue of judgements for 課長 and staff, the next edition for 課長."""
    items = []
    if holdings.has(*DECIDERS):
        (waiting,) = yield [reading(undecided(), "pk", "waiting_since")]
        items += _judgements(dict(waiting), on)
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        items += yield from _next_edition(on)
    return items


def _next_edition(on: date) -> Work:
    count, since = yield from outdated(on)
    if not count or since is None:
        return []
    return [
        WorkItem(
            title=f"個人情報ファイル簿のつぎの版の公表（{count:,}件）",
            url=reverse("editions:preview"),
            detail="いまの版より新しい判断・廃止があります。",
            article="10-1",
            due_on=None,
            since=since,
            kind="turn",
        )
    ]


def _judgements(waiting: dict[int, date], on: date) -> list[WorkItem]:
    """One line for all that wait, as late as the first of them."""
    if not waiting:
        return []
    since = min(waiting.values())
    return [
        WorkItem(
            title=f"ファイル簿に載せるかどうかの判断（{len(waiting):,}件）",
            url=reverse("editions:undecided"),
            detail="新しく保有したか内容が変わり、判断を待っているファイルです。",
            article="10-1",
            due_on=since + timedelta(days=int(parameter("register.prompt_days", on))),
            since=since,
            kind="turn",
            count=len(waiting),
            covers=frozenset(reverse("editions:decide", args=[pk]) for pk in waiting),
        )
    ]
