"""What 第12–14条 ask: decided in time, brought back in time, corrected in time, checked by two before it is sent."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone

from files_registry.handling.models import (
    CheckStatus,
    Correction,
    CorrectionStatus,
    HandlingRequest,
    HandlingStatus,
    SendingCheck,
)
from nerima_privacy.calendars import fiscal
from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.seats import Seat

H, C = HandlingStatus, CorrectionStatus


def end_of(day: date) -> datetime:
    """The first moment after a day in Tokyo."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _in(scope: Scope, rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    return rows if scope.units is None else rows.filter(unit__in=scope.units)


def _this_year(scope: Scope, rows: QuerySet[HandlingRequest]) -> QuerySet[HandlingRequest]:
    """Those submitted in the fiscal year up to the day."""
    first = end_of(fiscal.start(fiscal.fiscal_year(scope.on)) - timedelta(days=1))
    return _in(scope, rows).filter(submitted_at__gte=first, submitted_at__lt=end_of(scope.on))


def _by_unit(rows: QuerySet[HandlingRequest]) -> Counter[int | None]:
    counted = rows.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n")
    return Counter(dict(counted))


def _plus(counts: Counter[int | None], findings: Iterable[Finding]) -> Counter[int | None]:
    """The subjects, with those that fall short among them at least."""
    short = Counter(finding.unit_id for finding in findings)
    return Counter({unit: max(counts[unit], short[unit]) for unit in counts.keys() | short.keys()})


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
def decided(scope: Scope) -> Outcome:
    """Each request is decided by 保護責任者, or the next seat up, within the ward's own aim (第12条)."""
    days = timedelta(days=int(scope.parameter("handling.decide_days")))
    later = end_of(scope.on)
    undecided = Q(decided_at=None) | Q(decided_at__gte=later)
    asked = Q(submitted_at__lt=later, status_since__lt=later) & undecided
    waiting = _in(scope, HandlingRequest.objects.filter(asked, status__in=[H.SUBMITTED, H.ALLOWED, H.REFUSED]))
    findings = []
    for request in waiting.select_related("file").order_by("submitted_at"):
        since = timezone.localdate(request.submitted_at)
        clears = "保護責任者が許可する、不許可とする、または確認を求めると消えます。"
        findings.append(_finding(request, request.unit_id, since, since + days, clears))
    counts = _by_unit(_this_year(scope, HandlingRequest.objects.filter(basis__in=["", "decided"])))
    return Outcome.counted(_plus(counts, findings), findings)


@duty("handling.returned", article="12-1", title="複製・持出ししたものの返却・消去", seat=Seat.PROTECTION_MANAGER)
def returned(scope: Scope) -> Outcome:
    """What was copied, sent out or taken out is back or erased by its day (第12条)."""
    later = end_of(scope.on)
    out = Q(done_at__lt=later, return_due_on__lt=scope.on) & (Q(returned_on=None) | Q(returned_on__gt=scope.on))
    out &= Q(closed_at=None) | Q(closed_at__gte=later)
    late = _in(scope, HandlingRequest.objects.filter(out)).select_related("file").order_by("return_due_on")
    findings = [
        _finding(
            request,
            request.unit_id,
            request.done_on or scope.on,
            request.return_due_on or scope.on,
            "申請者が返却・消去を記録すると消えます。なくしたときは、直ちに事故の報告をしてください（第22条）。",
        )
        for request in late
    ]
    done = HandlingRequest.objects.filter(done_at__isnull=False, return_due_on__isnull=False)
    return Outcome.counted(_plus(_by_unit(_this_year(scope, done)), findings), findings)


@duty("handling.corrected", article="13-1", title="指示した訂正の実施", seat=Seat.PROTECTION_MANAGER)
def corrected(scope: Scope) -> Outcome:
    """What 保護責任者 ordered to be corrected is corrected by its day (第13条)."""
    rows = Correction.objects.filter(instructed_at__lt=end_of(scope.on)).exclude(status=C.NOT_NEEDED)
    rows = rows if scope.units is None else rows.filter(unit__in=scope.units)
    undone = rows.filter(Q(done_on=None) | Q(done_on__gt=scope.on) | Q(status=C.INSTRUCTED), due_on__lt=scope.on)
    findings = [
        _finding(
            row,
            row.unit_id,
            row.found_on,
            row.due_on or scope.on,
            "指示を受けた職員等が訂正を記録すると消えます。",
        )
        for row in undone.select_related("file").order_by("due_on")
    ]
    first = fiscal.start(fiscal.fiscal_year(scope.on))
    year = rows.filter(found_on__gte=first).order_by().values("unit").annotate(n=Count("pk"))
    return Outcome.counted(_plus(Counter(dict(year.values_list("unit", "n"))), findings), findings)


@duty("sending.checked_by_two", article="14-1", title="送る前の二人での確認", seat=Seat.PROTECTION_MANAGER)
def checked_by_two(scope: Scope) -> Outcome:
    """Before anything is sent two people check it (第14条).

    Findings: checked by one, and nobody came second; the period of a sending over without a second check.
    """
    later = end_of(scope.on)
    days = timedelta(days=int(scope.parameter("sending.confirm_days")))
    half = SendingCheck.objects.filter(filled_at__lt=later).filter(
        Q(status=CheckStatus.FILLED) | Q(confirmed_at__gte=later), request__status=H.ALLOWED
    )
    half = half if scope.units is None else half.filter(request__unit__in=scope.units)
    findings = []
    for check in half.select_related("request__file").order_by("filled_at"):
        since = timezone.localdate(check.filled_at)
        clears = "頼まれた人が二人目の確認をすると消えます。"
        findings.append(_finding(check, check.request.unit_id, since, since + days, clears))
    over = Q(status=H.ALLOWED, ends_on__lt=scope.on, confirmed_check=None) & ~Q(channel="")
    unchecked = _in(scope, HandlingRequest.objects.filter(over)).select_related("file").order_by("ends_on")
    findings += [
        _finding(
            request,
            request.unit_id,
            request.begins_on or scope.on,
            request.ends_on or scope.on,
            "送らなかったときは申請者が取り下げると、送ったときは保護責任者が理由を書いて終えると消えます。",
        )
        for request in unchecked
    ]
    sent = _this_year(scope, HandlingRequest.objects.filter(decided_at__isnull=False).exclude(channel=""))
    return Outcome.counted(_plus(_by_unit(sent), findings), findings)
