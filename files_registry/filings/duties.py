"""What 第10条 asks of notifications: result notified, notified beforehand, ceasing notified promptly."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from files_registry.filings.lateness import WITH_DISCLOSURE
from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import end_of, midnight
from nerima_privacy.duties.lacking import Due, in_order, lacking, short_by_unit
from nerima_privacy.duties.registry import Asked, Finding, Outcome, Scope, duty
from nerima_privacy.web.together import Reading, Row, Rows, counted, reading
from roles.seats import Seat

S = FilingStatus
NOT_FILED = [S.DRAFT, S.SUBMITTED, S.RETURNED]


class Line(NamedTuple):
    """What the words of a finding need of a notification."""

    pk: int
    kind: str
    name: str
    unit_id: int
    status: str
    already_done: bool
    planned_on: date | None
    drafted_at: datetime
    filed_at: datetime | None

    def finding(self, since: date, due_on: date, clears: str, seat: Seat | None = None) -> Finding:
        return Finding(
            subject=f"{FilingKind(self.kind).label}　{self.name}",
            url=reverse("filings:detail", args=[self.pk]),
            unit_id=self.unit_id,
            since=since,
            due_on=due_on,
            clears=clears,
            key=f"filing:{self.pk}",
            seat=seat,
            draft=self.filed_at is None,
        )

    def late_finding(self, since: date, due_on: date, clears: str) -> Finding:
        """Filed too late, it already waits for 情報公開課長."""
        waits = self.status in WITH_DISCLOSURE
        return self.finding(since, due_on, clears, Seat.DISCLOSURE_MANAGER if waits else None)


def _read(filings: QuerySet[Filing]) -> Reading:
    """The columns of `Line`."""
    told = ("status", "already_done", "planned_on", "drafted_at", "filed_at")
    return reading(filings, "pk", "kind", "file__name", "unit", *told)


def _lines(rows: Rows, order: str) -> list[Line]:
    lines = [Line(*row) for row in rows]
    return sorted(lines, key=lambda line: (getattr(line, order), line.pk))


def _in(scope: Scope) -> QuerySet[Filing]:
    filings = Filing.objects.all()
    return filings if scope.units is None else filings.filter(unit__in=scope.units)


def _counts(lines: Iterable[Line]) -> Counter[int | None]:
    return Counter(line.unit_id for line in lines)


def _this_year(scope: Scope) -> Q:
    """Filed in the fiscal year, up to the day."""
    first = midnight(fiscal.start(fiscal.fiscal_year(scope.on)))
    return Q(filed_at__gte=first, filed_at__lt=end_of(scope.on))


def _waiting(scope: Scope) -> Q:
    """Filed, not withdrawn, and without a result notified on the day; not what waits for the unit's correction."""
    later = end_of(scope.on)
    undecided = Q(notified_at=None) | Q(notified_at__gte=later)
    moved_on = Q(status__in=[*WITH_DISCLOSURE, S.NOTIFIED, S.EFFECTED]) | Q(status=S.WITHDRAWN, closed_at__gte=later)
    return Q(filed_at__lt=later) & undecided & moved_on


@duty("filings.result_notified", article="10-2", title="届出の検討結果の通知", seat=Seat.DISCLOSURE_MANAGER)
def result_notified(scope: Scope) -> Asked:
    """Every notification of a file to be held or changed gets its result, proposed or not (第10条第2項)."""
    days = timedelta(days=int(scope.parameter("filing.review_days")))
    filings, waiting = _in(scope).exclude(kind=FilingKind.CEASE), _waiting(scope)
    answered = filings.filter(_this_year(scope)).exclude(waiting)

    def word(row: Row) -> Finding:
        line = Line(*row)
        filed_on = timezone.localdate(line.filed_at)
        clears = "情報公開課長が個人情報保護運営委員会への発議を検討し、結果を通知すると消えます。"
        return line.finding(filed_on, filed_on + days, clears)

    open_ones = lacking(scope, _read(filings.filter(waiting)), word, due=Due("filed_at", days))
    found, by_unit = yield [open_ones, counted(answered, "unit")]
    return Outcome.counted(Counter(dict(by_unit)) + short_by_unit(found), in_order(found))


@duty("filings.notified_beforehand", article="10-1", title="あらかじめの届出", seat=Seat.PROTECTION_MANAGER)
def notified_beforehand(scope: Scope) -> Asked:
    """New files and changes are filed before they happen (第10条第1項).

    Findings: filed late this fiscal year, until its result is notified; and drafts whose day is near or has passed.
    """
    near = scope.on + timedelta(days=int(scope.parameter("filing.look_ahead_days")))
    filings = _in(scope).exclude(kind=FilingKind.CEASE)
    year = filings.filter(_this_year(scope))
    open_result = (Q(notified_at=None) | Q(notified_at__gte=end_of(scope.on))) & ~Q(status=S.WITHDRAWN)
    drafts = filings.filter(status__in=NOT_FILED, filed_at=None, planned_on__lte=near)
    late, unfiled, by_unit = yield [
        _read(year.filter(open_result, late=True)),
        _read(drafts),
        counted(year, "unit"),
    ]
    findings, open_drafts = [], _lines(unfiled, "planned_on")
    for line in _lines(late, "filed_at"):
        began = line.planned_on or timezone.localdate(line.filed_at)
        clears = "おくれた理由が記録されています。情報公開課長が結果を通知すると消えます。"
        findings.append(line.late_finding(began, began, clears))
    for line in open_drafts:
        due_on = (line.planned_on or scope.on) - timedelta(days=int(not line.already_done))
        clears = "保護責任者が情報公開課長に届け出ると消えます。やめるときは取り下げてください。"
        findings.append(line.late_finding(timezone.localdate(line.drafted_at), due_on, clears))
    return Outcome.counted(Counter(dict(by_unit)) + _counts(open_drafts), findings)


@duty("filings.cease_notified_promptly", article="10-3", title="廃止の速やかな届出", seat=Seat.PROTECTION_MANAGER)
def cease_notified_promptly(scope: Scope) -> Asked:
    """A file no longer held is notified promptly (第10条第3項).

    Findings: filed late this fiscal year, until it is received; and drafts not filed yet.
    """
    days = timedelta(days=int(scope.parameter("filing.cease_prompt_days")))
    filings = _in(scope).filter(kind=FilingKind.CEASE)
    year = filings.filter(_this_year(scope))
    not_received = ~Q(status__in=[S.RECEIVED, S.WITHDRAWN]) | Q(closed_at__gte=end_of(scope.on))
    drafts = filings.filter(status__in=NOT_FILED, filed_at=None, planned_on__lte=scope.on)
    late, unfiled, by_unit = yield [
        _read(year.filter(not_received, late=True)),
        _read(drafts),
        counted(year, "unit"),
    ]
    words = {
        True: "おくれた理由が記録されています。情報公開課長が受理すると消えます。",
        False: "保護責任者が情報公開課長に届け出ると消えます。",
    }
    findings, open_drafts = [], _lines(unfiled, "planned_on")
    for line in [*_lines(late, "filed_at"), *open_drafts]:
        ceased = line.planned_on or scope.on
        findings.append(line.late_finding(ceased, ceased + days, words[line.filed_at is not None]))
    return Outcome.counted(Counter(dict(by_unit)) + _counts(open_drafts), findings)
