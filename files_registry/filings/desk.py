"""What waits for a person among notifications, and what they sent (第10条)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus, Result
from files_registry.filings.turn_queries import my_turn
from files_registry.filings.turns import seat_all, who_has_it
from nerima_privacy.duties.desk import WorkItem, register_work
from nerima_privacy.law.parameters import parameter
from roles.holdings import Holdings
from roles.models import Appointment, Person
from roles.seats import Seat

S = FilingStatus
LIMIT = 50
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
WITH_DISCLOSURE = [S.FILED, S.PROPOSED, S.DECIDED]


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Turns of the unit's seats, of 情報公開課, of seats that stand in for them, and what the person sent."""
    turns = {item.url: item for item in _turns(person, holdings, on)}
    return [*turns.values(), *(item for item in _sent(person) if item.url not in turns)]


def _open() -> QuerySet[Filing]:
    filings = Filing.objects.filter(status__in=OPEN_STATUSES)
    return filings.select_related("file", "unit__parent", "drafted_by").only(*COLUMNS)


def _turns(person: Person, holdings: Holdings, on: date) -> Iterable[WorkItem]:
    """What the list shows under 「わたしの番」, the longest waiting first."""
    if not holdings.appointments:
        return []
    filings = list(_open().filter(my_turn(person, holdings)).order_by("status_since")[:LIMIT])
    considered = any(filing.status in WITH_DISCLOSURE for filing in filings)
    days = int(parameter("filing.review_days", on)) if considered else 0
    return [_item(filing, _post(holdings, filing), days) for filing in filings]


def _post(holdings: Holdings, filing: Filing) -> Appointment | None:
    """The post in which the turn is taken: the usual seat, else the one above that stands in."""
    department = filing.unit.department
    above = department and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=department.pk)
    usual = (
        holdings.post(Seat.DISCLOSURE_MANAGER) or holdings.post(Seat.DISCLOSURE_STAFF)
        if filing.status in WITH_DISCLOSURE
        else holdings.post(
            *((Seat.PROTECTION_MANAGER,) if filing.status == S.SUBMITTED else UNIT_SEATS), unit_id=filing.unit_id
        )
    )
    return usual or above or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)


def _sent(person: Person) -> Iterable[WorkItem]:
    mine = Q(drafted_by=person) | Q(submitted_by=person) | Q(filed_by=person)
    filings = list(_open().filter(mine).exclude(status=S.DRAFT).order_by("status_since")[:LIMIT])
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
        due_on=_due(filing, days),
        since=filing.status_since,
        kind="turn",
        post_id=post.pk if post else None,
    )


def _due(filing: Filing, days: int) -> date | None:
    """For 情報公開課 the day it aims to answer; for the unit the day before it begins."""
    if filing.status in WITH_DISCLOSURE and filing.filed_at:
        return timezone.localdate(filing.filed_at) + timedelta(days=days)
    if filing.planned_on is None or filing.already_done or filing.filed_at:
        return filing.planned_on if filing.status == S.NOTIFIED else None
    return filing.planned_on - timedelta(days=1) if filing.kind != FilingKind.CEASE else None
