"""What waits for a person among notifications, and what they sent (第10条)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.filings.models import OPEN_STATUSES, Filing, FilingKind, FilingStatus, Result
from nerima_privacy.calendars.periods import valid_on
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
    *("unit__name", "unit__is_department", "unit__parent__name"),
]
WITH_DISCLOSURE = [S.FILED, S.PROPOSED, S.DECIDED]


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """Turns of the unit's seats, of 情報公開課, of seats that stand in for them, and what the person sent."""
    turns = {item.url: item for item in [*_unit_turns(person, holdings, on), *_disclosure_turns(person, holdings, on)]}
    return [*turns.values(), *(item for item in _sent(person) if item.url not in turns)]


def _open() -> QuerySet[Filing]:
    filings = Filing.objects.filter(status__in=OPEN_STATUSES)
    return filings.select_related("file", "unit__parent", "drafted_by").only(*COLUMNS)


def _unit_turns(person: Person, holdings: Holdings, on: date) -> Iterable[WorkItem]:
    own = holdings.unit_ids(*UNIT_SEATS)
    manages = holdings.unit_ids(Seat.PROTECTION_MANAGER)
    wanted: list[Q] = []
    if own:
        writes = [S.RETURNED, S.CORRECTING, S.NOTIFIED]
        wanted += [Q(unit__in=own, status__in=writes), Q(unit__in=own, status=S.DRAFT, drafted_by=person)]
    if manages:
        wanted += [Q(unit__in=manages, status=S.SUBMITTED)]
    wanted += _stands_in(holdings, on)
    if not wanted:
        return []
    return [
        _item(filing, _post(holdings, filing))
        for filing in _open().filter(reduce(or_, wanted)).order_by("status_since")[:LIMIT]
    ]


def _stands_in(holdings: Holdings, on: date) -> list[Q]:
    """Submitted ones of units whose 保護責任者 is vacant: they step up to the 部, then to 総括保護管理者."""
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    chief = holdings.has(Seat.GENERAL_PROTECTION_MANAGER)
    if not departments and not chief:
        return []
    taken = Appointment.objects.filter(valid_on(on), person__is_active=True)
    headed = taken.filter(seat=Seat.DEPARTMENT_PROTECTION_MANAGER)
    vacant = Q(
        ~Exists(taken.filter(seat=Seat.PROTECTION_MANAGER, unit=OuterRef("unit"))),
        Q(unit__valid_to=None) | Q(unit__valid_to__gte=on),
        status=S.SUBMITTED,
    )
    wanted: list[Q] = []
    if departments:
        wanted.append(vacant & (Q(unit__in=departments) | Q(unit__parent__in=departments)))
    if chief:
        by_department = Q(Exists(headed.filter(unit=OuterRef("unit__parent")))) | Q(
            Exists(headed.filter(unit=OuterRef("unit")))
        )
        wanted.append(vacant & ~by_department)
    return wanted


def _post(holdings: Holdings, filing: Filing) -> Appointment | None:
    seats = (Seat.PROTECTION_MANAGER,) if filing.status == S.SUBMITTED else UNIT_SEATS
    return (
        holdings.post(*seats, unit_id=filing.unit_id)
        or holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER)
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )


def _disclosure_turns(person: Person, holdings: Holdings, on: date) -> Iterable[WorkItem]:
    """The queue of 情報公開課, without what that person or the own unit filed; and those, for who stands above."""
    seats = (Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
    above = (Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.GENERAL_PROTECTION_MANAGER)
    if not holdings.has(*seats, *above):
        return []
    chief, own = _chief(person, holdings, on)
    mine = Q(filed_by=person) | Q(submitted_by=person) | Q(drafted_by=person)
    waiting = _open().filter(status__in=WITH_DISCLOSURE).exclude(mine).order_by("filed_at")
    bound = Q(unit__in=own) | Q(filed_by=chief) | Q(submitted_by=chief) | Q(drafted_by=chief) if chief else Q()
    days = int(parameter("filing.review_days", on))
    found: list[WorkItem] = []
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        found += _queue(waiting.exclude(bound), [S.FILED, S.DECIDED], holdings.post(Seat.DISCLOSURE_MANAGER), days)
    if holdings.has(Seat.DISCLOSURE_STAFF):
        found += _queue(waiting, [S.FILED, S.PROPOSED], holdings.post(Seat.DISCLOSURE_STAFF), days)
    if holdings.has(*above):
        stepped = [f for f in waiting.filter(bound)[:LIMIT] if f.status != S.PROPOSED]
        found += [_item(f, post, days) for f, post in _above(stepped, holdings, on, by_unit=chief is not None)]
    return found


def _chief(person: Person, holdings: Holdings, on: date) -> tuple[int | None, set[int]]:
    """Who is 情報公開課長, and the units that person holds a seat of."""
    if holdings.has(Seat.DISCLOSURE_MANAGER):
        return person.pk, holdings.unit_ids(*UNIT_SEATS)
    valid = Appointment.objects.filter(valid_on(on), person__is_active=True)
    sitting = valid.filter(seat=Seat.DISCLOSURE_MANAGER).values("person")
    rows = list(valid.filter(person__in=sitting).values_list("person", "seat", "unit"))
    return (rows[0][0] if rows else None), {unit for _, seat, unit in rows if unit and seat in UNIT_SEATS}


def _queue(
    waiting: QuerySet[Filing], statuses: list[FilingStatus], post: Appointment | None, days: int
) -> list[WorkItem]:
    return [_item(filing, post, days) for filing in waiting.filter(status__in=statuses)[:LIMIT]]


def _above(
    filings: list[Filing], holdings: Holdings, on: date, *, by_unit: bool
) -> Iterable[tuple[Filing, Appointment]]:
    """Those that 情報公開課長 must not decide, with the post by which this person does."""
    departments = {filing.unit.department.pk for filing in filings if by_unit and filing.unit.department}
    heads: dict[int, int] = {}
    if departments:
        rows = Appointment.objects.filter(
            valid_on(on), seat=Seat.DEPARTMENT_PROTECTION_MANAGER, unit__in=departments, person__is_active=True
        )
        heads = {unit: person for unit, person in rows.values_list("unit", "person") if unit}
    for filing in filings:
        department = filing.unit.department.pk if by_unit and filing.unit.department else 0
        head = heads.get(department)
        if head in {filing.filed_by_id, filing.submitted_by_id, filing.drafted_by_id}:
            head = None
        seat = Seat.GENERAL_PROTECTION_MANAGER if head is None else Seat.DEPARTMENT_PROTECTION_MANAGER
        post = holdings.post(seat, unit_id=department if head else None)
        if post:
            yield filing, post


def _sent(person: Person) -> Iterable[WorkItem]:
    mine = Q(drafted_by=person) | Q(submitted_by=person) | Q(filed_by=person)
    for filing in _open().filter(mine).exclude(status=S.DRAFT).order_by("status_since")[:LIMIT]:
        yield WorkItem(
            title=str(filing),
            url=filing.get_absolute_url(),
            detail=filing.get_status_display(),
            article=_article(filing),
            due_on=None,
            since=filing.status_since,
            kind="sent",
            now_with=now_with(filing),
        )


def now_with(filing: Filing) -> str:
    """The seat that usually has a notification in its state; the page of one says more (turns.who_has_it)."""
    if filing.status == S.SUBMITTED:
        return f"{filing.unit.name}　{Seat.PROTECTION_MANAGER.label}"
    if filing.status in WITH_DISCLOSURE:
        return str(Seat.DISCLOSURE_MANAGER.label)
    return f"{filing.unit.name}　{Seat.PROTECTION_OFFICER.label}"


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
