"""What waits for a person among requests, checks and corrections, and what they sent (第12–14条)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from files_registry.catalogue.policies import UNIT_SEATS, units_of
from files_registry.catalogue.turns import Seating
from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    Extension,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
    StandingPermission,
)
from files_registry.handling.turn_queries import my_corrections, my_extensions, my_requests, my_standing
from files_registry.handling.turns import seat_all, who_has_it
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import midnight
from nerima_privacy.duties.desk import MOST, Work, WorkItem, register_work, the_rest
from nerima_privacy.law.parameters import parameters
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading, reading
from roles.holdings import Holdings
from roles.models import Person, Unit
from roles.seats import Seat
from roles.successions import living_by, successions

H = HandlingStatus
TASKS = {
    H.DRAFT: "申請の下書きの続き",
    H.SUBMITTED: "申請の許可の判断",
    H.ASKED: "申請への確認に答える",
    H.ALLOWED: "許可された行為の実施と記録",
    H.DONE: "返却・消去",
    H.RETURNED: "返却・消去の確認",
}
CORRECTING = {
    CorrectionStatus.FOUND: "誤りの訂正の指示",
    CorrectionStatus.INSTRUCTED: "指示された訂正",
    CorrectionStatus.DONE: "訂正の確認",
}
MANAGED = (H.SUBMITTED, H.RETURNED)
OVER = (Seat.PROTECTION_MANAGER, Seat.DEPARTMENT_PROTECTION_MANAGER, Seat.GENERAL_PROTECTION_MANAGER)
UNIT = (
    *("unit__name", "unit__is_department", "unit__valid_to", "unit__parent__name"),
    *("unit__parent__is_department", "unit__parent__valid_to"),
)
REQUEST = (
    *("act", "status", "status_since", "return_due_on", "ends_on", "file__name", *UNIT),
    *("applicant__name", "applicant_unit__name", "prepared_by__name"),
)


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """The person's own turns, what to decide in each seat, returns that are late, second checks, and what was sent."""
    days = parameters(["handling.decide_days", "handling.step_up_days", "sending.confirm_days"], on)
    late = _late(person, holdings, on - timedelta(days=int(days["handling.step_up_days"])), on)
    requests, overdue, extensions, checks, corrections, standing, sent, seconds, took_over = yield [
        _requests(my_requests(person, holdings)),
        _requests(late),
        _extensions(person, holdings),
        _checks(person, holdings, midnight(on - timedelta(days=int(days["sending.confirm_days"])))),
        _corrections(person, holdings),
        _standing(person, holdings),
        _requests(_sent_by(person)),
        _seconds(person),
        successions(),
    ]
    turns = [*_to_do(_longest(requests), holdings, int(days["handling.decide_days"]))]
    turns += _group([_extension(row, holdings, days) for row in _first_asked(extensions)], "handling:list", "12-1")
    turns += _group([_overdue(request, holdings) for request in _longest(overdue)], "handling:list", "12-1")
    turns += _second_checks(checks, int(days["sending.confirm_days"]))
    turns += _group([_correction(row, holdings) for row in _longest(corrections)], "handling:corrections", "13-1")
    turns += _group([_permission(row, holdings) for row in _longest(standing)], "handling:standing-list", "12-1")
    found = {item.url: item for item in reversed(turns)}
    others = [request for request in _longest(sent) if request.get_absolute_url() not in found]
    waiting = [request for request in others if request.status in MANAGED]
    if waiting:
        seated = Seating((request.unit for request in waiting), living_by(took_over, on))
        (seats,) = yield [seated.reading]
        seat_all(waiting, seated.take(seats))
    items = [_sent(request, dict(seconds)) for request in others]
    return [*found.values(), *_group(items, "handling:list", "12-1", "?tab=open", kind="sent")]


def _requests(condition: Q) -> Reading:
    return objects(HandlingRequest.objects.filter(condition), *REQUEST)


def _longest(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.status_since, row.pk))


def _group(
    items: Sequence[WorkItem], list_name: str, article: str, tab: str = "", kind: str = "turn"
) -> Iterable[WorkItem]:
    """The first MOST, and the line that leads to the list of all."""
    yield from items[:MOST]
    if items[MOST:]:
        yield the_rest(
            (item.url for item in items[MOST:]),
            title="一覧ですべて見る",
            url=f"{reverse(list_name)}{tab}",
            detail=f"ここには、はじめの{MOST}件を出しています。",
            article=article,
            since=items[MOST].since,
            kind=kind,
        )


def _post(holdings: Holdings, unit: Unit) -> int | None:
    """The post in which something of the unit is decided: the usual seat, else the one above that stands in."""
    above = unit.pk if unit.is_department else unit.parent_id
    post = (
        holdings.post(Seat.PROTECTION_MANAGER, unit_id=unit.pk)
        or (holdings.post(Seat.DEPARTMENT_PROTECTION_MANAGER, unit_id=above) if above else None)
        or holdings.post(Seat.GENERAL_PROTECTION_MANAGER)
    )
    return post.pk if post else None


def _to_do(requests: list[HandlingRequest], holdings: Holdings, days: int) -> Iterable[WorkItem]:
    return _group([_request(request, holdings, days) for request in requests], "handling:list", "12-1")


def _request(request: HandlingRequest, holdings: Holdings, days: int) -> WorkItem:
    decides = request.status in MANAGED
    due = request.return_due_on if request.status == H.DONE else None
    if request.status == H.ALLOWED:
        due = request.ends_on
    elif decides:
        due = timezone.localdate(request.status_since) + timedelta(days=days)
    who = f"　{request.applicant_unit.name}　{request.applicant.name}から" if decides else ""
    return WorkItem(
        title=str(request),
        url=request.get_absolute_url(),
        detail=f"{TASKS[H(request.status)]}{who}",
        article="12-1",
        due_on=due,
        since=request.status_since,
        kind="turn",
        post_id=_post(holdings, request.unit) if decides else None,
    )


def _late(person: Person, holdings: Holdings, very: date, on: date) -> Q:
    """What should be back: for 保護責任者 from the first day late, some days later for the seat above too."""
    if not holdings.has(*OVER):
        return Q(pk__in=[])
    long_late = Q(return_due_on__lt=very)
    shown = Q(unit__in=holdings.unit_ids(Seat.PROTECTION_MANAGER))
    departments = holdings.unit_ids(Seat.DEPARTMENT_PROTECTION_MANAGER)
    if departments:
        shown |= long_late & Q(unit__in=units_of(departments))
    if holdings.has(Seat.GENERAL_PROTECTION_MANAGER):
        shown |= long_late & (Q(unit__is_school=True) | Q(unit__parent=None, unit__is_department=False))
    return Q(status=H.DONE, return_due_on__lt=on) & ~Q(applicant=person) & shown


def _overdue(request: HandlingRequest, holdings: Holdings) -> WorkItem:
    return WorkItem(
        title=str(request),
        url=request.get_absolute_url(),
        detail=f"返却・消去のおくれ　{request.applicant_unit.name}　{request.applicant.name}",
        article="12-1",
        due_on=request.return_due_on,
        since=request.status_since,
        kind="turn",
        post_id=_post(holdings, request.unit),
    )


def _extensions(person: Person, holdings: Holdings) -> Reading:
    rows = Extension.objects.filter(my_extensions(person, holdings) if holdings.appointments else Q(pk__in=[]))
    return objects(rows, "asked_at", "due_on", *(f"request__{name}" for name in REQUEST))


def _first_asked(extensions: Iterable[Extension]) -> list[Extension]:
    return sorted(extensions, key=lambda extension: (extension.asked_at, extension.pk))


def _extension(extension: Extension, holdings: Holdings, days: Mapping[str, Any]) -> WorkItem:
    request = extension.request
    who = f"{request.applicant_unit.name}　{request.applicant.name}から"
    return WorkItem(
        title=str(request),
        url=request.get_absolute_url(),
        detail=f"返却・消去の期限の延長（{wareki(extension.due_on)}まで）の判断　{who}",
        article="12-1",
        due_on=timezone.localdate(extension.asked_at) + timedelta(days=int(days["handling.decide_days"])),
        since=extension.asked_at,
        kind="turn",
        post_id=_post(holdings, request.unit),
    )


def _checks(person: Person, holdings: Holdings, late: datetime) -> Reading:
    """Those the person was asked for; and for the seats of the unit, what nobody confirmed in time."""
    own = holdings.unit_ids(*UNIT_SEATS)
    mine = Q(asked_of=person)
    if own:
        mine |= Q(filled_at__lt=late, unit__in=own) & ~Q(filled_by=person)
    rows = SendingCheck.objects.filter(mine, status=CheckStatus.FILLED)
    return objects(rows, "filled_at", "filled_by__name", "channel", "file__name")


def _second_checks(checks: Iterable[SendingCheck], days: int) -> Iterable[WorkItem]:
    items = [
        WorkItem(
            title=str(check),
            url=check.get_absolute_url(),
            detail=f"送る前の確認（二人目）　{check.filled_by.name}から",
            article="14-1",
            due_on=timezone.localdate(check.filled_at) + timedelta(days=days),
            since=check.filled_at,
            kind="turn",
        )
        for check in sorted(checks, key=lambda check: (check.filled_at, check.pk))
    ]
    return _group(items, "handling:checks", "14-1")


def _corrections(person: Person, holdings: Holdings) -> Reading:
    """To order; to check, for the unit's seats; and to correct, for who found it."""
    mine = Q(status=CorrectionStatus.INSTRUCTED, found_by=person)
    own = holdings.unit_ids(*UNIT_SEATS)
    if holdings.appointments:
        mine |= my_corrections(person, holdings)
    if own:
        mine |= Q(status=CorrectionStatus.DONE, unit__in=own) & ~Q(done_by=person)
    return objects(Correction.objects.filter(mine), "status", "status_since", "due_on", "file__name", *UNIT)


def _correction(correction: Correction, holdings: Holdings) -> WorkItem:
    status = CorrectionStatus(correction.status)
    post = None
    if status == CorrectionStatus.FOUND:
        post = _post(holdings, correction.unit)
    elif status == CorrectionStatus.DONE:
        post = getattr(holdings.post(*UNIT_SEATS, unit_id=correction.unit_id), "pk", None)
    return WorkItem(
        title=str(correction),
        url=correction.get_absolute_url(),
        detail=CORRECTING[status],
        article="13-1",
        due_on=correction.due_on if status == CorrectionStatus.INSTRUCTED else None,
        since=correction.status_since,
        kind="turn",
        post_id=post,
    )


def _standing(person: Person, holdings: Holdings) -> Reading:
    rows = StandingPermission.objects.filter(my_standing(person, holdings) if holdings.appointments else Q(pk__in=[]))
    return objects(rows, "status_since", "file__name", "applicant__name", *UNIT)


def _permission(permission: StandingPermission, holdings: Holdings) -> WorkItem:
    return WorkItem(
        title=str(permission),
        url=permission.get_absolute_url(),
        detail=f"包括許可の判断　{permission.applicant.name}から",
        article="12-1",
        due_on=None,
        since=permission.status_since,
        kind="turn",
        post_id=_post(holdings, permission.unit),
    )


def _sent_by(person: Person) -> Q:
    """What the person asked for and others have now."""
    mine = Q(applicant=person) | Q(prepared_by=person)
    return mine & Q(status__in=[H.SUBMITTED, H.ASKED, H.ALLOWED, H.DONE, H.RETURNED])


def _seconds(person: Person) -> Reading:
    """(request, name) of those asked for a second check of what the person sent."""
    mine = Q(request__applicant=person) | Q(request__prepared_by=person)
    return reading(SendingCheck.objects.filter(mine, status=CheckStatus.FILLED), "request", "asked_of__name")


def _sent(request: HandlingRequest, seconds: dict[int, str]) -> WorkItem:
    request.__dict__["second_name"] = seconds.get(request.pk, "")
    waiting = who_has_it(request)
    return WorkItem(
        title=str(request),
        url=request.get_absolute_url(),
        detail=request.get_status_display(),
        article="12-1",
        due_on=None,
        since=request.status_since,
        kind="sent",
        now_with=waiting.seat if waiting else "",
    )
