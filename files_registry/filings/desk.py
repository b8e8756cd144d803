"""What waits for a person among notifications, and what they sent (第10条)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.filings.lateness import WITH_DISCLOSURE, due_on
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus, Result
from files_registry.filings.turn_queries import my_turn
from files_registry.filings.turns import seat_all, who_has_it
from nerima_privacy.duties.desk import MOST, WorkItem, register_work, the_rest
from nerima_privacy.law.parameters import parameter
from roles.holdings import Holdings
from roles.models import Appointment, Person
from roles.seats import Seat

S = FilingStatus
TASKS = {
    S.DRAFT: "下書きの続き",
    S.SUBMITTED: "届出の確認",
    S.RETURNED: "差し戻された届出の手直し",
    S.CORRECTING: "届出の補正",
    S.FILED: "届出の検討",
    S.PROPOSED: "運営委員会の意見の記録",
    S.DECIDED: "結果の通知",
    S.NOTIFIED: "保有・変更の実施",
}
COLUMNS = [
    *("kind", "status", "status_since", "filed_at", "planned_on", "already_done", "result"),
    *("filed_by_id", "submitted_by_id", "drafted_by_id", "drafted_by__name", "file__name"),
    *("unit__name", "unit__is_department", "unit__valid_to"),
    *("unit__parent__name", "unit__parent__is_department", "unit__parent__valid_to"),
]
SLIM = [
    *("kind", "status", "status_since", "filed_at", "planned_on", "already_done"),
    *("unit__is_department", "unit__parent_id"),
]


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Turns of the unit's seats, of 情報公開課, of seats that stand in for them, and what the person sent."""
    turns = _turns(person, holdings, on)
    known = {url for item in turns for url in (item.url, *item.covers)}
    return [*turns, *_sent(person, known)]


def _open() -> QuerySet[Filing]:
    filings = Filing.objects.filter(status__in=OPEN_STATUSES)
    return filings.select_related("file", "unit__parent", "drafted_by").only(*COLUMNS)


def _turns(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """What the list shows under 「わたしの番」; of a long queue the most pressing of each post, and how many more."""
    if not holdings.appointments:
        return []
    turns = _open().filter(my_turn(person, holdings)).order_by("status_since", "pk")
    filings, rest = list(turns[: MOST + 1]), list[WorkItem]()
    if len(filings) > MOST:
        shown, rest = _most_pressing(turns, holdings, on)
        filings = list(_open().filter(pk__in=shown))
    days = int(parameter("filing.review_days", on)) if any(f.status in WITH_DISCLOSURE for f in filings) else 0
    return [*(_item(filing, _post(holdings, filing), days) for filing in filings), *rest]


def _most_pressing(turns: QuerySet[Filing], holdings: Holdings, on: date) -> tuple[list[int], list[WorkItem]]:
    """Of a long queue: the keys to show, MOST for each post, and the line of each post that says how many more wait."""
    days = int(parameter("filing.review_days", on))
    queues: dict[Appointment | None, list[Filing]] = {}
    for filing in turns.select_related(None).select_related("unit").only(*SLIM):
        queues.setdefault(_post(holdings, filing), []).append(filing)
    shown: list[int] = []
    rest: list[WorkItem] = []
    for post, queue in queues.items():
        queue.sort(key=lambda filing: (due_on(filing, days) or date.max, filing.status_since))
        shown += [filing.pk for filing in queue[:MOST]]
        if queue[MOST:]:
            rest.append(_further(queue[MOST:], "turn", "届出の一覧の「わたしの番」ですべて見る", post))
    return shown, rest


def _further(filings: list[Filing], tab: str, title: str, post: Appointment | None = None) -> WorkItem:
    return the_rest(
        (filing.get_absolute_url() for filing in filings),
        title=title,
        url=f"{reverse('filings:list')}?tab={tab}",
        detail=f"ここには、はじめの{MOST}件を出しています。",
        article="10-1",
        since=min(filing.status_since for filing in filings),
        kind="turn" if tab == "turn" else "sent",
        post_id=post.pk if post else None,
    )


def _post(holdings: Holdings, filing: Filing) -> Appointment | None:
    """The post in which the turn is taken: the usual seat, else the one above that stands in."""
    unit = filing.unit
    department = unit.pk if unit.is_department else unit.parent_id
    above = department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department)
    usual = (
        holdings.post(Seat.DISCLOSURE_MANAGER) or holdings.post(Seat.DISCLOSURE_STAFF)
        if filing.status in WITH_DISCLOSURE
        else holdings.post(
            *((Seat.PROTECTION_MANAGER,) if filing.status == S.SUBMITTED else UNIT_SEATS), unit_id=filing.unit_id
        )
    )
    return usual or above or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)


def _sent(person: Person, turns: set[str]) -> Iterable[WorkItem]:
    """What the person sent and somebody else has now, the longest waiting first; `turns` stand above already."""
    mine = Q(drafted_by=person) | Q(submitted_by=person) | Q(filed_by=person)
    sent = _open().filter(mine).exclude(status=S.DRAFT).order_by("status_since", "pk")
    found = list(sent[: MOST + 1])
    filings = [filing for filing in found[:MOST] if filing.get_absolute_url() not in turns]
    seat_all(filings)
    for filing in filings:
        waiting = who_has_it(filing)
        yield WorkItem(
            title=str(filing),
            url=filing.get_absolute_url(),
            detail=filing.get_status_display(),
            article=_article(filing),
            due_on=None,
            since=filing.status_since,
            kind="sent",
            now_with=waiting.seat if waiting else "",
        )
    later = sent.select_related(None).only("status_since")[MOST:] if len(found) > MOST else []
    rest = [filing for filing in later if filing.get_absolute_url() not in turns]
    if rest:
        yield _further(rest, "open", "届出の一覧の「手続中」ですべて見る")


def _article(filing: Filing) -> str:
    if filing.status in WITH_DISCLOSURE and filing.kind != FilingKind.CEASE:
        return "10-2"
    return "10-3" if filing.kind == FilingKind.CEASE else "10-1"


def _item(filing: Filing, post: Appointment | None, days: int = 0) -> WorkItem:
    task = TASKS[FilingStatus(filing.status)]
    if filing.status == S.NOTIFIED and filing.result == Result.RECONSIDER:
        task = "再検討を求められた届出の作り直し"
    elif filing.status == S.FILED and filing.kind == FilingKind.CEASE:
        task = "廃止の届出の受理"
    return WorkItem(
        title=str(filing),
        url=filing.get_absolute_url(),
        detail=f"{task}　{filing.unit.name}　{filing.drafted_by.name}から",
        article=_article(filing),
        due_on=due_on(filing, days),
        since=filing.status_since,
        kind="turn",
        post_id=post.pk if post else None,
    )
