"""What waits for a person among requests, checks and corrections, and what they sent (第12–14条)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from files_registry.catalogue.policies import UNIT_SEATS, units_of
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
)
from files_registry.handling.turn_queries import my_corrections, my_requests, my_standing, with_second
from files_registry.handling.turns import seat_all, who_has_it
from nerima_privacy.duties.desk import WorkItem, register_work
from nerima_privacy.law.parameters import parameters
from roles.holdings import Holdings
from roles.models import Person, Unit
from roles.seats import Seat

H = HandlingStatus
LIMIT = 50
TASKS = {
    H.DRAFT: "申請の下書きの続き",
    H.SUBMITTED: "申請の許可の判断",
    H.ASKED: "申請への確認に答える",
    H.ALLOWED: "許可された行為の実施と記録",
    H.DONE: "返却・消去",
    H.RETURNED: "返却・消去の確認",
}
MANAGED = (H.SUBMITTED, H.RETURNED)
OVER = (Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.GENERAL_PROTECTION_MANAGER)


@register_work
def work(person: Person, holdings: Holdings, on: date) -> list[WorkItem]:
    """The person's own turns, what to decide in each seat, returns that are late, second checks, and what was sent."""
    days = parameters(["handling.decide_days", "handling.step_up_days", "sending.confirm_days"], on)
    turns = [*_requests(person, holdings, on, int(days["handling.decide_days"]))]
    turns += _late_returns(person, holdings, on, int(days["handling.step_up_days"]))
    turns += _checks(person, int(days["sending.confirm_days"]))
    turns += _corrections(person, holdings)
    turns += _standing(person, holdings) if holdings.appointments else []
    found = {item.url: item for item in reversed(turns)}
    return [*found.values(), *(item for item in _sent(person) if item.url not in found)]


def _rows(condition: Q) -> list[HandlingRequest]:
    rows = with_second(HandlingRequest.objects.filter(condition)).select_related(
        "file", "unit__parent", "applicant", "applicant_unit", "prepared_by"
    )
    return list(rows.defer("file__search_text", "items", "return_evidence").order_by("status_since")[:LIMIT])


def _post(holdings: Holdings, unit: Unit) -> int | None:
    """The post in which something of the unit is decided: the usual seat, else the one above that stands in."""
    above = unit.department
    post = (
        holdings.post(Seat.PROTECTION_MANAGER, unit_id=unit.pk)
        or (above and holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=above.pk))
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )
    return post.pk if post else None


def _requests(person: Person, holdings: Holdings, on: date, days: int) -> Iterable[WorkItem]:
    for request in _rows(my_requests(person, holdings)):
        decides = request.status in MANAGED
        due = request.return_due_on if request.status == H.DONE else None
        if request.status == H.ALLOWED:
            due = request.ends_on
        elif decides:
            due = request.status_since.date() + timedelta(days=days)
        who = f"　{request.applicant_unit.name}　{request.applicant.name}から" if decides else ""
        yield WorkItem(
            title=str(request),
            url=request.get_absolute_url(),
            detail=f"{TASKS[H(request.status)]}{who}",
            article="12-1",
            due_on=due,
            since=request.status_since,
            kind="turn",
            post_id=_post(holdings, request.unit) if decides else None,
        )


def _late_returns(person: Person, holdings: Holdings, on: date, step_up: int) -> Iterable[WorkItem]:
    """What should be back: for 保護責任者 from the first day late, some days later for the seat above too."""
    if not holdings.has(*OVER):
        return
    late = Q(status=H.DONE, return_due_on__lt=on) & ~Q(applicant=person)
    managed = holdings.unit_ids(Seat.PROTECTION_MANAGER)
    shown = Q(unit__in=managed)
    very = Q(return_due_on__lt=on - timedelta(days=step_up))
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        shown |= very & Q(unit__in=units_of(departments))
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        shown |= very & Q(unit__is_school=True) | Q(unit__parent=None, unit__is_department=False) & very
    for request in _rows(late & shown):
        yield WorkItem(
            title=str(request),
            url=request.get_absolute_url(),
            detail=f"返却・消去のおくれ　{request.applicant_unit.name}　{request.applicant.name}",
            article="12-1",
            due_on=request.return_due_on,
            since=request.status_since,
            kind="turn",
            post_id=_post(holdings, request.unit),
        )


def _checks(person: Person, days: int) -> Iterable[WorkItem]:
    checks = SendingCheck.objects.filter(status=CheckStatus.FILLED, asked_of=person).select_related(
        "request__file", "filled_by"
    )
    for check in checks.order_by("filled_at")[:LIMIT]:
        yield WorkItem(
            title=str(check.request),
            url=check.get_absolute_url(),
            detail=f"送る前の確認（二人目）　{check.filled_by.name}から",
            article="14-1",
            due_on=check.filled_at.date() + timedelta(days=days),
            since=check.filled_at,
            kind="turn",
        )


def _corrections(person: Person, holdings: Holdings) -> Iterable[WorkItem]:
    """To order; to check, for the unit's seats; and to correct, for who found it."""
    mine = Q(status=CorrectionStatus.INSTRUCTED, found_by=person)
    own = holdings.unit_ids(*UNIT_SEATS)
    if holdings.appointments:
        mine |= my_corrections(person, holdings)
    if own:
        mine |= Q(status=CorrectionStatus.DONE, unit__in=own) & ~Q(done_by=person)
    tasks = {
        CorrectionStatus.FOUND: "誤りの訂正の指示",
        CorrectionStatus.INSTRUCTED: "指示された訂正",
        CorrectionStatus.DONE: "訂正の確認",
    }
    rows = Correction.objects.filter(mine).select_related("file", "unit__parent").order_by("status_since")[:LIMIT]
    for correction in rows:
        status = CorrectionStatus(correction.status)
        post = None
        if status == CorrectionStatus.FOUND:
            post = _post(holdings, correction.unit)
        elif status == CorrectionStatus.DONE:
            post = getattr(holdings.post(*UNIT_SEATS, unit_id=correction.unit_id), "pk", None)
        yield WorkItem(
            title=str(correction),
            url=correction.get_absolute_url(),
            detail=tasks[status],
            article="13-1",
            due_on=correction.due_on if status == CorrectionStatus.INSTRUCTED else None,
            since=correction.status_since,
            kind="turn",
            post_id=post,
        )


def _standing(person: Person, holdings: Holdings) -> Iterable[WorkItem]:
    rows = StandingPermission.objects.filter(my_standing(person, holdings))
    for permission in rows.select_related("file", "unit__parent", "applicant").order_by("status_since")[:LIMIT]:
        yield WorkItem(
            title=str(permission),
            url=permission.get_absolute_url(),
            detail=f"包括許可の判断　{permission.applicant.name}から",
            article="12-1",
            due_on=None,
            since=permission.status_since,
            kind="turn",
            post_id=_post(holdings, permission.unit),
        )


def _sent(person: Person) -> Iterable[WorkItem]:
    """What the person asked for and others have now."""
    mine = Q(applicant=person) | Q(prepared_by=person)
    requests = _rows(mine & Q(status__in=[H.SUBMITTED, H.ASKED, H.ALLOWED, H.DONE, H.RETURNED]))
    seat_all(request for request in requests if request.status in MANAGED)
    for request in requests:
        waiting = who_has_it(request)
        yield WorkItem(
            title=str(request),
            url=request.get_absolute_url(),
            detail=request.get_status_display(),
            article="12-1",
            due_on=None,
            since=request.status_since,
            kind="sent",
            now_with=waiting.seat if waiting else "",
        )
