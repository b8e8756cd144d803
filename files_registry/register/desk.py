"""What waits for 情報公開課: files nobody judged, and a book behind its files."""

from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from files_registry.register.duties import outdated
from files_registry.register.policies import DECIDERS
from files_registry.register.queries import undecided
from nerima_privacy.duties.desk import WorkItem, register_work
from roles.holdings import Holdings
from roles.models import Person
from roles.seats import Seat


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Two lines at most: the queue of judgements for 課長 and staff, the next edition for 課長."""
    items = []
    if holdings.has(*DECIDERS):
        waiting = undecided().aggregate(count=Count("pk"), since=Min("waiting_since"))
        if waiting["count"]:
            items.append(
                WorkItem(
                    title=f"ファイル簿に載せるかどうかの判断（{waiting['count']:,}件）",
                    url=reverse("editions:undecided"),
                    detail="新しく保有したか内容が変わり、判断を待っているファイルです。",
                    article="10-1",
                    due_on=None,
                    since=waiting["since"],
                    kind="turn",
                )
            )
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        count, since = outdated(on)
        if count and since:
            items.append(
                WorkItem(
                    title=f"個人情報ファイル簿のつぎの版の公表（{count:,}件）",
                    url=reverse("editions:preview"),
                    detail="いまの版より新しい判断・廃止があります。",
                    article="10-1",
                    due_on=None,
                    since=since,
                    kind="turn",
                )
            )
    return items
