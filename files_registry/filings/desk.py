"""What waits for a person among notifications, and what they sent (第10条)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.turns import Seating
from files_registry.filings.lateness import WITH_DISCLOSURE, due_on
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus, Result
from files_registry.filings.turn_queries import my_turn
from files_registry.filings.turns import seat_all, who_has_it
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.law.parameters import parameter
from nerima_privacy.web.objects import objects
from roles.holdings import Holdings
from roles.models import Appointment, Person
from roles.seats import Seat
from roles.successions import living_by, successions

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
SLIM = [
    *("kind", "status", "status_since", "filed_at", "planned_on", "already_done", "unit__is_department"),
    *("unit__valid_to", "unit__parent__is_department", "unit__parent__valid_to"),
]
COLUMNS = [
    *SLIM,
    *("result", "filed_by_id", "submitted_by_id", "drafted_by_id", "drafted_by__name", "file__name"),
    *("unit__name", "unit__parent__name"),
]


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """Turns of the unit's seats, of 情報公開課, of seats that stand in for them, and what the person sent.

    Whole queues are read slim, so that nothing is hidden; what is shown of them is read in a second step.
    """
    opened = Filing.objects.filter(status__in=OPEN_STATUSES)
    mine = Q(drafted_by=person) | Q(submitted_by=person) | Q(filed_by=person)
    turns, sent, took_over = yield [
        objects(opened.filter(my_turn(person, holdings)), *SLIM),
        objects(opened.filter(mine).exclude(status=S.DRAFT), *SLIM),
        successions(),
    ]
    known = {filing.pk for filing in turns}
    others = _longest_first(filing for filing in sent if filing.pk not in known)
    days = int(parameter("filing.review_days", on)) if turns else 0
    pressing, rest = _most_pressing(_longest_first(turns), holdings, days)
    shown = [*pressing, *others[:MOST]]
    if not shown:
        return []
    seated = Seating((filing.unit for filing in others[:MOST]), living_by(took_over, on))
    details, seats = yield [objects(Filing.objects.filter(pk__in=[f.pk for f in shown]), *COLUMNS), seated.reading]
    seat_all(details, seated.take(seats))
    whole = {filing.pk: filing for filing in details}
    items = [_item(whole[filing.pk], _post(holdings, filing), days) for filing in pressing if filing.pk in whole]
    return [*items, *rest, *_sent([whole[filing.pk] for filing in others[:MOST] if filing.pk in whole], others[MOST:])]


def _longest_first(filings: Iterable[Filing]) -> list[Filing]:
    return sorted(filings, key=lambda filing: (filing.status_since, filing.pk))


def _most_pressing(turns: list[Filing], holdings: Holdings, days: int) -> tuple[list[Filing], list[WorkItem]]:
    """What to show of a queue, MOST for each post, and the line of each post that says how many more wait."""
    if len(turns) <= MOST:
        return turns, []
    queues: dict[Appointment | None, list[Filing]] = {}
    for filing in turns:
        queues.setdefault(_post(holdings, filing), []).append(filing)
    shown: list[Filing] = []
    rest: list[WorkItem] = []
    for post, queue in queues.items():
        queue.sort(key=lambda filing: (due_on(filing, days) or date.max, filing.status_since))
        shown += queue[:MOST]
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


def _sent(filings: list[Filing], rest: list[Filing]) -> Iterable[WorkItem]:
    """What the person sent and somebody else has now, the longest waiting first."""
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
