"""What 第10条 asks of notifications: result notified, notified beforehand, ceasing notified promptly."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from files_registry.filings.lateness import WITH_DISCLOSURE
from files_registry.filings.models import Filing, FilingKind, FilingStatus
from nerima_privacy.calendars import fiscal
from nerima_privacy.duties.registry import Finding, Outcome, Scope, duty
from roles.seats import Seat

S = FilingStatus
NOT_FILED = [S.DRAFT, S.SUBMITTED, S.RETURNED]


def end_of(day: date) -> datetime:
    """The first moment after a day in Tokyo."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _in(scope: Scope) -> QuerySet[Filing]:
    filings = Filing.objects.select_related("file")
    return filings if scope.units is None else filings.filter(unit__in=scope.units)


def _counts(filings: Iterable[Filing]) -> Counter[int | None]:
    return Counter(filing.unit_id for filing in filings)


def _filed_this_year(scope: Scope) -> QuerySet[Filing]:
    first = end_of(fiscal.start(fiscal.fiscal_year(scope.on)) - timedelta(days=1))
    return _in(scope).filter(filed_at__gte=first, filed_at__lt=end_of(scope.on))


def _unit_counts(filings: QuerySet[Filing]) -> Counter[int | None]:
    rows = filings.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n")
    return Counter(dict(rows))


def _waiting(scope: Scope) -> Q:
    """Filed, not withdrawn, and without a result notified on the day; not what waits for the unit's correction."""
    later = end_of(scope.on)
    undecided = Q(notified_at=None) | Q(notified_at__gte=later)
    moved_on = Q(status__in=[*WITH_DISCLOSURE, S.NOTIFIED, S.EFFECTED]) | Q(status=S.WITHDRAWN, closed_at__gte=later)
    return Q(filed_at__lt=later) & undecided & moved_on


@duty("filings.result_notified", article="10-2", title="届出の検討結果の通知", seat=Seat.DISCLOSURE_MANAGER)
def result_notified(scope: Scope) -> Outcome:
    """Every notification of a file to be held or changed gets its result, proposed or not (第10条第2項)."""
    days = timedelta(days=int(scope.parameter("filing.review_days")))
    asked = ~Q(kind=FilingKind.CEASE)
    waiting = list(_in(scope).filter(asked & _waiting(scope)).order_by("filed_at"))
    subjects = _unit_counts(_filed_this_year(scope).filter(asked).exclude(pk__in=[f.pk for f in waiting]))
    findings = []
    for filing in waiting:
        filed_on = timezone.localdate(filing.filed_at)
        findings.append(
            Finding(
                subject=str(filing),
                url=filing.get_absolute_url(),
                unit_id=filing.unit_id,
                since=filed_on,
                due_on=filed_on + days,
                clears="情報公開課長が個人情報保護運営委員会への発議を検討し、結果を通知すると消えます。",
                key=f"filing:{filing.pk}",
            )
        )
    return Outcome.counted(subjects + _counts(waiting), findings)


def _late_finding(filing: Filing, since: date, due_on: date, clears: str) -> Finding:
    return Finding(
        subject=str(filing),
        url=filing.get_absolute_url(),
        unit_id=filing.unit_id,
        since=since,
        due_on=due_on,
        clears=clears,
        key=f"filing:{filing.pk}",
        seat=Seat.DISCLOSURE_MANAGER if filing.status in WITH_DISCLOSURE else None,
    )


@duty("filings.notified_beforehand", article="10-1", title="あらかじめの届出", seat=Seat.PROTECTION_MANAGER)
def notified_beforehand(scope: Scope) -> Outcome:
    """New files and changes are filed before they happen (第10条第1項).

    Findings: filed late this fiscal year, until its result is notified; and drafts whose day is near or has passed.
    """
    later, asked = end_of(scope.on), ~Q(kind=FilingKind.CEASE)
    near = scope.on + timedelta(days=int(scope.parameter("filing.look_ahead_days")))
    year = _filed_this_year(scope).filter(asked)
    open_result = (Q(notified_at=None) | Q(notified_at__gte=later)) & ~Q(status=S.WITHDRAWN)
    late = list(year.filter(open_result, late=True).order_by("filed_at"))
    unfiled = list(
        _in(scope).filter(asked, status__in=NOT_FILED, filed_at=None, planned_on__lte=near).order_by("planned_on")
    )
    findings = [
        _late_finding(
            filing,
            filing.planned_on or timezone.localdate(filing.filed_at),
            filing.planned_on or timezone.localdate(filing.filed_at),
            "おくれた理由が記録されています。情報公開課長が結果を通知すると消えます。",
        )
        for filing in late
    ]
    findings += [
        _late_finding(
            filing,
            timezone.localdate(filing.drafted_at),
            (filing.planned_on or scope.on) - timedelta(days=int(not filing.already_done)),
            "保護責任者が情報公開課長に届け出ると消えます。やめるときは取り下げてください。",
        )
        for filing in unfiled
    ]
    return Outcome.counted(_unit_counts(year) + _counts(unfiled), findings)


@duty("filings.cease_notified_promptly", article="10-3", title="廃止の速やかな届出", seat=Seat.PROTECTION_MANAGER)
def cease_notified_promptly(scope: Scope) -> Outcome:
    """A file no longer held is notified promptly (第10条第3項).

    Findings: filed late this fiscal year, until it is received; and drafts not filed yet.
    """
    days = timedelta(days=int(scope.parameter("filing.cease_prompt_days")))
    asked = Q(kind=FilingKind.CEASE)
    year = _filed_this_year(scope).filter(asked)
    not_received = ~Q(status__in=[S.RECEIVED, S.WITHDRAWN]) | Q(closed_at__gte=end_of(scope.on))
    late = list(year.filter(not_received, late=True).order_by("filed_at"))
    unfiled = list(
        _in(scope).filter(asked, status__in=NOT_FILED, filed_at=None, planned_on__lte=scope.on).order_by("planned_on")
    )
    words = {
        True: "おくれた理由が記録されています。情報公開課長が受理すると消えます。",
        False: "保護責任者が情報公開課長に届け出ると消えます。",
    }
    findings = []
    for filing in [*late, *unfiled]:
        ceased = filing.planned_on or scope.on
        findings.append(_late_finding(filing, ceased, ceased + days, words[filing.filed_at is not None]))
    return Outcome.counted(_unit_counts(year) + _counts(unfiled), findings)
