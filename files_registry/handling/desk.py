"""What waits for a person in this area, its requests among it, and what the person asked for (第12–14条)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from files_registry.catalogue.turn_queries import DECIDES, deciding
from files_registry.catalogue.turns import Seating
from files_registry.handling import desk_others
from files_registry.handling.desk_lines import UNIT, group, post_of
from files_registry.handling.models import (
    CheckStatus,
    Extension,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
)
from files_registry.handling.turn_queries import HANDS, above_late, my_extensions, my_requests
from files_registry.handling.turns import seat_all, who_has_it
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.duties.desk import Work, WorkItem, register_work
from nerima_privacy.law.parameters import parameters
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import Reading, reading
from roles.holdings import Holdings
from roles.models import Person
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
DAYS = ("handling.decide_days", "handling.step_up_days", "sending.confirm_days", "sending.send_days")
MANAGED = (H.SUBMITTED, H.RETURNED)
REQUEST = (
    *("act", "status", "status_since", "return_due_on", "ends_on", "file__name", *UNIT),
    *("applicant__name", "applicant_unit__name", "prepared_by__name"),
)


@register_work
def work(person: Person, holdings: Holdings, on: date) -> Work:
    """The person's own turns, what to decide in each seat, returns that are late, second checks, and what was sent."""
    days = {key: int(value) for key, value in parameters(DAYS, on).items()}
    confirm, send = days["sending.confirm_days"], days["sending.send_days"]
    late = _late(person, holdings, on - timedelta(days=days["handling.step_up_days"]), on)
    requests, overdue, extensions, checks, errors, standing, sent, seconds, took_over = yield [
        _requests(my_requests(person, holdings)),
        _requests(late),
        _extensions(person, holdings),
        desk_others.checks(person, holdings, on, confirm, send),
        desk_others.corrections(person, holdings),
        desk_others.standing(person, holdings),
        _requests(_sent_by(person)),
        _seconds(person),
        successions(),
    ]
    turns = [*_to_do(_longest(requests), holdings, days["handling.decide_days"])]
    turns += group([_extension(row, holdings, days) for row in _first_asked(extensions)], "handling:list", "12-1")
    turns += group([_overdue(request, holdings) for request in _longest(overdue)], "handling:list", "12-1")
    turns += desk_others.check_items(checks, confirm, send)
    found = [desk_others.correction_item(row, holdings) for row in _longest(errors)]
    turns += group(found, "handling:corrections", "13-1")
    asked = [desk_others.permission_item(row, holdings) for row in _longest(standing)]
    turns += group(asked, "handling:standing-list", "12-1")
    urls = {item.url: item for item in reversed(turns)}
    others = [request for request in _longest(sent) if request.get_absolute_url() not in urls]
    waiting = [request for request in others if request.status in MANAGED]
    if waiting:
        seated = Seating((request.unit for request in waiting), living_by(took_over, on))
        (seats,) = yield [seated.reading]
        seat_all(waiting, seated.take(seats))
    items = [_sent(request, dict(seconds)) for request in others]
    return [*urls.values(), *group(items, "handling:list", "12-1", "?tab=open", kind="sent")]


def _requests(condition: Q) -> Reading:
    return objects(HandlingRequest.objects.filter(condition), *REQUEST)


def _longest(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.status_since, row.pk))


def _to_do(requests: list[HandlingRequest], holdings: Holdings, days: int) -> Iterable[WorkItem]:
    return group([_request(request, holdings, days) for request in requests], "handling:list", "12-1")


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
        post_id=post_of(holdings, request.unit) if decides else None,
    )


def _late(person: Person, holdings: Holdings, very: date, on: date) -> Q:
    """What should be back: for 保護責任者 from the first day late, some days later for the seat above too.

    Where 保護責任者 is missing, or had a hand in it, whoever decides instead sees it from the first day.
    """
    if not holdings.has(*DECIDES):
        return Q(pk__in=[])
    shown = Q(unit__in=holdings.unit_ids(Seat.PROTECTION_MANAGER)) | deciding(person, holdings, hands=HANDS["request"])
    shown |= Q(return_due_on__lt=very) & above_late(person, holdings)
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
        post_id=post_of(holdings, request.unit),
    )


def _extensions(person: Person, holdings: Holdings) -> Reading:
    rows = Extension.objects.filter(my_extensions(person, holdings) if holdings.appointments else Q(pk__in=[]))
    return objects(rows, "asked_at", "due_on", *(f"request__{name}" for name in REQUEST))


def _first_asked(extensions: Iterable[Extension]) -> list[Extension]:
    return sorted(extensions, key=lambda extension: (extension.asked_at, extension.pk))


def _extension(extension: Extension, holdings: Holdings, days: Mapping[str, int]) -> WorkItem:
    request = extension.request
    who = f"{request.applicant_unit.name}　{request.applicant.name}から"
    return WorkItem(
        title=str(request),
        url=request.get_absolute_url(),
        detail=f"返却・消去の期限の延長（{wareki(extension.due_on)}まで）の判断　{who}",
        article="12-1",
        due_on=timezone.localdate(extension.asked_at) + timedelta(days=days["handling.decide_days"]),
        since=extension.asked_at,
        kind="turn",
        post_id=post_of(holdings, request.unit),
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
