"""What 第12–14条 ask: decided in time, brought back in time, corrected in time, checked by two before it is sent."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Min, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    Extension,
    ExtensionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
)
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import end_of, midnight
from nerima_privacy.duties.lacking import Due, in_order, lacking, short_by_unit
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, Tally, duty
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import counted
from roles.seats import Seat

H, C = HandlingStatus, CorrectionStatus
REQUEST = ("act", "unit", "file__name", "submitted_at", "done_on", "return_due_on", "begins_on", "ends_on")
EXTENSION = ("asked_at", "request__act", "request__unit", "request__file__name")
CHECK = ("filled_at", "confirmed_at", "channel", "unit", "file__name")
CORRECTION = ("unit", "file__name", "found_on", "due_on")


def _in(scope: Scope, rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    return rows if scope.units is None else rows.filter(unit__in=scope.units)


def _this_year(scope: Scope, rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    """Those submitted in the fiscal year up to the day."""
    first = midnight(fiscal.start(fiscal.fiscal_year(scope.on)))
    return _in(scope, rows).filter(submitted_at__gte=first, submitted_at__lt=end_of(scope.on))


def _plus(
    subjects: Mapping[int | None, int] | Iterable[tuple[int | None, int]], found: Iterable[Finding | Tally]
) -> Mapping[int | None, int]:
    """The subjects of each unit, with those that fall short among them at least."""
    counts, short = Counter(dict(subjects)), short_by_unit(found)
    return {unit: max(counts[unit], short[unit]) for unit in counts.keys() | short.keys()}


def _finding(row: Model, unit_id: int, since: date, due_on: date, clears: str) -> Finding:
    return Finding(
        subject=str(row),
        url=row.get_absolute_url(),  # type: ignore[attr-defined]  # each of these records has a page
        unit_id=unit_id,
        since=since,
        due_on=due_on,
        clears=clears,
        key=f"{row._meta.model_name}:{row.pk}",
    )


@duty("handling.decided", article="12-1", title="複製・持出し等の申請の判断", seat=Seat.PROTECTION_MANAGER)
def decided(scope: Scope) -> Asked:
    """Each request, and each later return asked for, is decided within the ward's own aim (第12条)."""
    days = timedelta(days=int(scope.parameter("handling.decide_days")))
    later = end_of(scope.on)
    undecided = Q(decided_at=None) | Q(decided_at__gte=later)
    asked = Q(submitted_at__lt=later, status_since__lt=later) & undecided
    waiting = _in(scope, HandlingRequest.objects.filter(asked, status__in=[H.SUBMITTED, H.ALLOWED, H.REFUSED]))
    year = _this_year(scope, HandlingRequest.objects.filter(basis__in=["", "decided"]))
    open_then = Extension.objects.filter(Q(ended_at=None) | Q(ended_at__gte=later), asked_at__lt=later)
    open_then = open_then if scope.units is None else open_then.filter(request__unit__in=scope.units)

    def request_of(request: HandlingRequest) -> Finding:
        since = timezone.localdate(request.submitted_at)
        clears = "保護責任者が許可する、許可しない、または確認を求めると消えます。"
        return _finding(request, request.unit_id, since, since + days, clears)

    def extension_of(extension: Extension) -> Finding:
        since = timezone.localdate(extension.asked_at)
        clears = "保護責任者が期限の延長を許可する、または許可しないと消えます。"
        return _finding(extension, extension.request.unit_id, since, since + days, clears)

    asked_again, unit = objects(open_then, *EXTENSION), "request__unit"
    requests, subjects, extensions = yield [
        lacking(scope, objects(waiting, *REQUEST), request_of, due=Due("submitted_at", days)),
        counted(year, "unit"),
        lacking(scope, asked_again, extension_of, due=Due("asked_at", days), unit=unit),
    ]
    found = [*in_order(requests), *in_order(extensions)]
    return Outcome.counted(_plus(subjects, found), found)


def with_due_then(on: date) -> QuerySet[HandlingRequest]:
    """Requests with `due_then`, the day of return as it was on a day: a later one counts from when it was granted."""
    granted = Extension.objects.filter(
        request=OuterRef("pk"), status=ExtensionStatus.GRANTED, decided_at__gte=end_of(on)
    )
    first = granted.order_by().values("request").annotate(day=Min("due_before")).values("day")
    return HandlingRequest.objects.annotate(due_then=Coalesce(Subquery(first), "return_due_on"))


def _untold(on: date) -> QuerySet[HandlingRequest]:
    """What was allowed, whose period was over on a day, and of which nobody had said by then what became of it."""
    later = end_of(on)
    still = (Q(done_at=None) | Q(done_at__gte=later)) & (Q(closed_at=None) | Q(closed_at__gte=later))
    checked = Q(channel="") | Q(confirmed_check__isnull=False)
    return HandlingRequest.objects.filter(still, checked, ends_on__lt=on, decided_at__lt=later).exclude(basis="")


@duty("handling.returned", article="12-1", title="複製・持出ししたものの返却・消去", seat=Seat.PROTECTION_MANAGER)
def returned(scope: Scope) -> Asked:
    """What was copied, sent out or taken out is back or erased by its day, or by the later one granted (第12条).

    Findings besides: the period of an act is over, and nobody says whether it was done; so nobody knows what is out. A
    sending nobody checked is found by `checked_by_two`.
    """
    later = end_of(scope.on)
    out = Q(done_at__lt=later, due_then__lt=scope.on) & (Q(returned_on=None) | Q(returned_on__gt=scope.on))
    out &= Q(closed_at=None) | Q(closed_at__gte=later)
    done = HandlingRequest.objects.filter(done_at__isnull=False, return_due_on__isnull=False)

    def untold_of(request: HandlingRequest) -> Finding:
        over = request.ends_on or scope.on
        clears = "申請者が実施、または取下げを記録すると消えます。保護責任者は、理由を書いて終えることができます。"
        return _finding(request, request.unit_id, over, over, clears)

    def late_of(request: HandlingRequest) -> Finding:
        return _finding(
            request,
            request.unit_id,
            request.done_on or scope.on,
            request.return_due_on or scope.on,
            "申請者が返却・消去を記録すると消えます。なくしたときは、直ちに事故の報告をしてください（第22条）。",
        )

    still_out = objects(_in(scope, with_due_then(scope.on).filter(out)), *REQUEST)
    untold, late, subjects = yield [
        lacking(scope, objects(_in(scope, _untold(scope.on)), *REQUEST), untold_of, due=Due("ends_on")),
        lacking(scope, still_out, late_of, due=Due(Coalesce("return_due_on", Value(scope.on)))),
        counted(_this_year(scope, done), "unit"),
    ]
    found = [*in_order(untold), *in_order(late)]
    return Outcome.counted(_plus(subjects, found), found)


@duty("handling.corrected", article="13-1", title="指示した訂正の実施", seat=Seat.PROTECTION_MANAGER)
def corrected(scope: Scope) -> Asked:
    """What 保護責任者 ordered to be corrected is corrected by its day (第13条)."""
    rows = Correction.objects.filter(instructed_at__lt=end_of(scope.on)).exclude(status=C.NOT_NEEDED)
    rows = rows if scope.units is None else rows.filter(unit__in=scope.units)
    undone = rows.filter(Q(done_on=None) | Q(done_on__gt=scope.on) | Q(status=C.INSTRUCTED), due_on__lt=scope.on)
    first = fiscal.start(fiscal.fiscal_year(scope.on))
    late, subjects = yield [objects(undone, *CORRECTION), counted(rows.filter(found_on__gte=first), "unit")]
    findings = [
        _finding(
            row,
            row.unit_id,
            row.found_on,
            row.due_on or scope.on,
            "指示を受けた職員等が訂正を記録すると消えます。",
        )
        for row in sorted(late, key=lambda row: (row.due_on, row.pk))
    ]
    return Outcome.counted(_plus(subjects, findings), findings)


def _half(later: datetime) -> QuerySet[SendingCheck]:
    """What one person had checked at a moment and no other."""
    alone = Q(confirmed_at=None) | Q(confirmed_at__gte=later)
    still = Q(status=CheckStatus.FILLED) | Q(status_since__gte=later)
    return SendingCheck.objects.filter(
        alone, still, Q(request=None) | Q(request__status=H.ALLOWED), filled_at__lt=later
    )


def _unsent(later: datetime) -> QuerySet[SendingCheck]:
    """What two people had checked at a moment, where no request says whether it was sent."""
    still = Q(status=CheckStatus.CONFIRMED) | Q(status_since__gte=later)
    return SendingCheck.objects.filter(still, request=None, confirmed_at__lt=later)


@duty("sending.checked_by_two", article="14-1", title="送る前の二人での確認", seat=Seat.PROTECTION_MANAGER)
def checked_by_two(scope: Scope) -> Asked:
    """Before anything is sent two people check it, and what both checked is sent in time or called off (第14条).

    Findings: checked by one, and nobody came second; checked by two, and nobody says whether it was sent; the period of
    a sending over without a second check.
    """
    later = end_of(scope.on)
    confirm = timedelta(days=int(scope.parameter("sending.confirm_days")))
    send = timedelta(days=int(scope.parameter("sending.send_days")))
    first = midnight(fiscal.start(fiscal.fiscal_year(scope.on)))
    stands = [CheckStatus.FILLED, CheckStatus.CONFIRMED, CheckStatus.SENT]
    alone = SendingCheck.objects.filter(request=None, status__in=stands, filled_at__gte=first, filled_at__lt=later)
    half, whole = _half(later), _unsent(later)
    if scope.units is not None:
        half, whole, alone = (rows.filter(unit__in=scope.units) for rows in (half, whole, alone))
    over = Q(status=H.ALLOWED, ends_on__lt=scope.on, confirmed_check=None) & ~Q(channel="")
    sent = _this_year(scope, HandlingRequest.objects.filter(decided_at__isnull=False).exclude(channel=""))

    def half_of(check: SendingCheck) -> Finding:
        since = timezone.localdate(check.filled_at)
        clears = "頼まれた人が二人目の確認をする、または一人目が送付を取りやめると消えます。"
        return _finding(check, check.unit_id, since, since + confirm, clears)

    def unsent_of(check: SendingCheck) -> Finding:
        since = timezone.localdate(check.confirmed_at)
        clears = "送ったことを記録する、または送付を取りやめると消えます。"
        return _finding(check, check.unit_id, since, since + send, clears)

    def request_of(request: HandlingRequest) -> Finding:
        clears = "送らなかったときは申請者が取り下げると、送ったときは保護責任者が理由を書いて終えると消えます。"
        return _finding(request, request.unit_id, request.begins_on or scope.on, request.ends_on or scope.on, clears)

    unchecked = objects(_in(scope, HandlingRequest.objects.filter(over)), *REQUEST)
    checks, unsent, requests, subjects, others = yield [
        lacking(scope, objects(half, *CHECK), half_of, due=Due("filled_at", confirm)),
        lacking(scope, objects(whole, *CHECK), unsent_of, due=Due("confirmed_at", send)),
        lacking(scope, unchecked, request_of, due=Due("ends_on")),
        counted(sent, "unit"),
        counted(alone, "unit"),
    ]
    found = [*in_order(checks), *in_order(unsent), *in_order(requests)]
    return Outcome.counted(_plus(Counter(dict(subjects)) + Counter(dict(others)), found), found)
