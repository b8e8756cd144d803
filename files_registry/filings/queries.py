"""What pages read of notifications, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from files_registry.catalogue.searching import normalise
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingStatus
from files_registry.filings.policies import visible_to
from nerima_privacy.calendars.holidays import open_days_between
from roles.models import Person

S = FilingStatus


@dataclass(frozen=True)
class Tab:
    """One tab of the list: the states it gathers. Only open states are counted."""

    key: str
    label: str
    statuses: tuple[FilingStatus, ...]
    counted: bool = True


TABS = [
    Tab("open", "手続中", tuple(OPEN_STATUSES)),
    Tab("unit", "課・学校で作成中", (S.DRAFT, S.SUBMITTED, S.RETURNED, S.CORRECTING)),
    Tab("review", "情報公開課で検討中", (S.FILED,)),
    Tab("council", "運営委員会に発議中", (S.PROPOSED,)),
    Tab("result", "結果の通知待ち", (S.DECIDED,)),
    Tab("notified", "実施待ち", (S.NOTIFIED,)),
    Tab("ended", "終わったもの", (S.EFFECTED, S.RECEIVED, S.WITHDRAWN), counted=False),
]


def tab_counts(user: Person) -> dict[str, int]:
    """Tab key → how many the user sees, in one query over what is open."""
    rows = visible_to(user).filter(status__in=OPEN_STATUSES).order_by().values("status").annotate(n=Count("pk"))
    by_status = {row["status"]: row["n"] for row in rows}
    return {tab.key: sum(by_status.get(status, 0) for status in tab.statuses) for tab in TABS if tab.counted}


def filing_list(
    user: Person,
    *,
    tab: str = "open",
    q: str = "",
    unit: int | None = None,
    kind: str = "",
    late: bool | None = None,
) -> QuerySet[Filing]:
    """The notifications of a tab the user sees, those waiting longest first; ended ones newest first."""
    chosen = next((t for t in TABS if t.key == tab), TABS[0])
    filings = visible_to(user).filter(status__in=chosen.statuses)
    for word in normalise(q).split():
        filings = filings.filter(Q(file__search_text__contains=word) | Q(number__iexact=word))
    if unit is not None:
        filings = filings.filter(unit=unit)
    if kind:
        filings = filings.filter(kind=kind)
    if late is not None:
        filings = filings.filter(late=late)
    first = F("filed_at").asc(nulls_last=True)
    order = [first, F("status_since").asc(), F("pk").asc()] if chosen.counted else [F("pk").desc()]
    return for_list(filings).order_by(*order)


def for_list(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """What a line of the list shows, no more."""
    return filings.select_related("file", "unit__parent").only(
        "kind",
        "status",
        "status_since",
        "number",
        "late",
        "planned_on",
        "filed_at",
        "result",
        "file__name",
        "file__number",
        "unit__name",
        "unit__is_department",
        "unit__parent__name",
    )


def for_page(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """What the page of one notification shows, in one query."""
    return filings.select_related(
        "file__unit__parent",
        "unit__parent",
        "version__organ",
        "version__unit__parent",
        "version__parent_file",
        "base_version__organ",
        "base_version__unit__parent",
        "base_version__parent_file",
        "drafted_by",
        "submitted_by",
        "filed_by",
        "considered_by",
        "notified_by",
    )


def open_days_waiting(filing: Filing, on: date) -> int:
    """How many working days it has been in its state."""
    return max(open_days_between(timezone.localdate(filing.status_since), on), 0)
